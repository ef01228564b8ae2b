// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "runs.hpp"

namespace wideproof::app {

/// Runs of the program under mpirun. The settings are Open MPI's; other MPIs pass them over.
class MpiJobs : public Runs {
 protected:
  MpiJobs() {
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    ::setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 1);
    ::setenv("OMPI_MCA_hwloc_base_binding_policy", "none", 1);
    ::setenv("OMPI_MCA_btl_vader_single_copy_mechanism", "none", 1);  // containers forbid it
    ::setenv("HWLOC_HIDE_ERRORS", "2", 1);  // that a chroot has no /sys is no error of ours
    ::setenv("OMPI_MCA_odls_base_sigkill_timeout", "0", 1);  // seconds it adds to each failure
  }

  /// `words` as the end of mpirun's command line.
  Launch mpirun(std::vector<std::string> words) const {
    auto job = launch(std::move(words));
    job.program = MPIEXEC;
    return job;
  }

  static std::vector<std::string> ranks(int count, std::vector<std::string> arguments,
                                        const std::string& program = WIDEPROOF_PROGRAM) {
    arguments.insert(arguments.begin(), {MPIEXEC_NUMPROC_FLAG, std::to_string(count), program});
    return arguments;
  }

  /// The program on `count` ranks.
  Launch job(int count, std::vector<std::string> arguments) const {
    return mpirun(ranks(count, std::move(arguments)));
  }

  /// `first` and then `second` as the ranks of one job.
  static std::vector<std::string> together(std::vector<std::string> first,
                                           const std::vector<std::string>& second) {
    first.emplace_back(":");
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }
};

inline int occurrences(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// The job ended with `status` and the program said nothing but one line, which holds `says`;
/// mpirun may have added lines of its own.
inline void expect_failure(const Outcome& outcome, int status, const std::string& says) {
  EXPECT_EQ(outcome.status, status);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(occurrences(outcome.err, "wideproof: "), 1) << outcome.err;
  EXPECT_THAT(outcome.err, testing::HasSubstr("wideproof: " + says));
}

}  // namespace wideproof::app
