// SPDX-License-Identifier: MIT
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "mpi_jobs.hpp"

namespace wideproof::app {
namespace {

/// Jobs that last several times as long as a checkpoint takes to come.
class MpiStop : public MpiJobs {
 protected:
  static std::vector<std::string> long_run(const std::string& out,
                                           const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"validate",  "tiny.toml", "--out",  out,
                                          "--threads", "1",         "--quiet"};
    for (const auto* setting : {"simulation.widths=[64, 128]", "simulation.replicates=10000",
                                "simulation.checkpoint_seconds=0.25"}) {
      arguments.insert(arguments.end(), {"--set", setting});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  void wait_for(const std::string& name) const {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(10);
    while (!std::filesystem::exists(path(name)) && std::chrono::steady_clock::now() < give_up) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  /// The run in `out`, which was stopped, goes on with `count` ranks and ends like one process.
  void expect_resumed(const std::string& out, int count) {
    ASSERT_TRUE(std::filesystem::exists(path(out + "/checkpoint.h5")));
    ASSERT_FALSE(std::filesystem::exists(path(out + "/results.h5")));
    if (whole_ == "") {
      run_program(launch(long_run("whole")));
      whole_ = run_file("whole", "results.h5");
      ASSERT_NE(whole_, "");
    }
    run_program(job(count, long_run(out, {"--resume"})));
    EXPECT_TRUE(run_file(out, "results.h5") == whole_) << out;
    EXPECT_FALSE(std::filesystem::exists(path(out + "/checkpoint.h5")));
  }

 private:
  std::string whole_;
};

TEST_F(MpiStop, LeavesACheckpointForAnyNumberOfRanks) {
  // mpirun passes SIGUSR1 on to every rank.
  Process signalled(job(3, long_run("signalled")));
  wait_for("signalled/checkpoint.h5");
  signalled.signal(SIGUSR1);
  expect_failure(
      signalled.wait(), 130,
      "interrupted; signalled/checkpoint.h5 keeps what was done; to go on: mpirun -n 3 ");
  expect_resumed("signalled", 2);

  expect_failure(run_program(job(2, long_run("limited", {"--time-limit", "1s"}))), 130,
                 "interrupted; limited/checkpoint.h5 keeps what was done; to go on: mpirun -n 2 ");
  expect_resumed("limited", 4);

  // SIGTERM comes to the ranks after one such time, SIGKILL after two.
  ::setenv("OMPI_MCA_odls_base_sigkill_timeout", "1", 1);
  Process terminated(job(2, long_run("terminated")));
  wait_for("terminated/checkpoint.h5");
  terminated.signal(SIGTERM);
  EXPECT_NE(terminated.wait().status, 0);
  expect_resumed("terminated", 1);
}

TEST_F(MpiStop, AKilledRankEndsTheJobAndLeavesTheCheckpoint) {
  const auto arguments = long_run("killed");
  auto tells_its_id =
      ranks(1, {"-c", "echo $$ > id.new; mv id.new id; exec \"$0\" \"$@\"", WIDEPROOF_PROGRAM},
            "/bin/sh");
  tells_its_id.insert(tells_its_id.end(), arguments.begin(), arguments.end());
  Process process(mpirun(together(ranks(2, arguments), tells_its_id)));
  wait_for("killed/checkpoint.h5");
  ASSERT_EQ(::kill(std::stoi(contents(path("id"))), SIGKILL), 0);
  EXPECT_EQ(process.wait().status, 128 + SIGKILL);
  expect_resumed("killed", 2);
}

TEST_F(MpiStop, AFailingRankStopsAllWithItsMessage) {
  expect_failure(run_program(mpirun(ranks(4, {}, FAILING_RANK))), 70,
                 "rank 2 of 4: internal error: ");
}

}  // namespace
}  // namespace wideproof::app
