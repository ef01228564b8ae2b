// SPDX-License-Identifier: MIT
#include <wideproof/app/system/memory.hpp>

#include <algorithm>
#include <filesystem>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

constexpr double gib = 1024.0 * 1024.0 * 1024.0;

using LimitedRuns = Runs;

/// A machine as its /proc and /sys show it, below the test's folder.
class Memory : public model::InputFiles {
 protected:
  void show(const std::string& file, const std::string& content) const {
    std::filesystem::create_directories(std::filesystem::path(path(file)).parent_path());
    write(file, content);
  }
  std::optional<double> available() const { return available_memory(2, path("")); }
};

TEST_F(Memory, IsUnknownWhereTheSystemDoesNotTell) {
  EXPECT_EQ(available(), std::nullopt);
  EXPECT_NO_THROW(require_memory(1e15, std::nullopt, std::nullopt));
}

TEST_F(Memory, IsWhatTheMachineHasAvailable) {
  show("proc/meminfo", "MemTotal: 4000 kB\nMemFree: 1000 kB\nMemAvailable:   3000 kB\n");
  EXPECT_EQ(available(), 3000 * 1024);
}

TEST_F(Memory, IsLessWhereAControlGroupOrOneAboveItAllowsLess) {
  show("proc/meminfo", "MemAvailable: 3000 kB\n");
  show("proc/self/cgroup", "0::/job/step\n");
  show("sys/fs/cgroup/job/step/memory.max", "max\n");
  show("sys/fs/cgroup/job/step/memory.current", "1000\n");
  EXPECT_EQ(available(), 3000 * 1024);
  show("sys/fs/cgroup/job/memory.max", "5000\n");
  show("sys/fs/cgroup/job/memory.current", "4000\n");
  show("sys/fs/cgroup/job/memory.stat", "anon 1\ninactive_file 500\n");
  EXPECT_EQ(available(), 1500);
}

TEST_F(Memory, ReadsControlGroupsOfTheFirstVersionToo) {
  show("proc/meminfo", "MemAvailable: 3000 kB\n");
  show("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/job\n");
  show("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "5000\n");
  show("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "4000\n");
  EXPECT_EQ(available(), 1000);
}

TEST_F(Memory, IsLessWhereTheAddressSpaceIsLimited) {
  show("proc/meminfo", "MemAvailable: 3000000 kB\n");
  show("proc/self/status", "VmPeak: 800000 kB\nVmSize: 500000 kB\n");
  show("proc/self/limits",
       "Limit                     Soft Limit           Hard Limit           Units\n"
       "Max address space         2048000000           unlimited            bytes\n");
  EXPECT_EQ(available(), 2048000000 - 500000 * 1024 - 2 * 272.0 * 1024 * 1024);
  show("proc/self/limits", "Max address space         unlimited            unlimited  bytes\n");
  EXPECT_EQ(available(), 3000000 * 1024.0);
}

/// Whatever the limit, the program ends, and says why in a line.
TEST_F(LimitedRuns, EndWithAReasonWhereTheAddressSpaceIsTooSmall) {
  for (const std::string settings :
       {"--threads 8", "--threads 8 --set simulation.memory_gib=50", "--threads 1"}) {
    for (const int kilobytes : {740'000, 760'000, 900'000, 940'000, 1'000'000, 1'080'000}) {
      const auto outcome = shell("ulimit -v " + std::to_string(kilobytes) +
                                 "; timeout -k 1 120 \"$0\" validate tiny.toml --out run --force "
                                 "--quiet " +
                                 settings);
      EXPECT_TRUE(outcome.status == 2 || outcome.status == 3 || outcome.status == 127)
          << kilobytes << " kB " << settings << ": " << outcome.status << " " << outcome.err;
      EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'),
                outcome.status == 3 ? 0 : 1)
          << outcome.err;
    }
  }
}

TEST_F(Memory, RefusesMoreThanIsFreeOrAskedFor) {
  EXPECT_NO_THROW(require_memory(2 * gib, 2.0, 1.0));
  EXPECT_NO_THROW(require_memory(2 * gib, std::nullopt, 2 * gib));
  EXPECT_EQ(model::refusal([] { require_memory(3 * gib, 2.0, 9 * gib); }),
            "simulation.memory_gib = 2: the run needs 3 GiB");
  EXPECT_EQ(model::refusal([] { require_memory(3 * gib, std::nullopt, 2 * gib); }),
            "simulation.memory_gib = \"auto\": the run needs 3 GiB and 2 GiB are free; fewer "
            "--threads, inputs or smaller widths take less");
}

}  // namespace
}  // namespace wideproof::app
