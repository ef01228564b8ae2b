// SPDX-License-Identifier: MIT
#include <wideproof/app/memory.hpp>

#include <filesystem>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

constexpr double gib = 1024.0 * 1024.0 * 1024.0;

/// A machine as its /proc and /sys show it, below the test's folder.
class Memory : public model::InputFiles {
 protected:
  void show(const std::string& file, const std::string& content) const {
    std::filesystem::create_directories(std::filesystem::path(path(file)).parent_path());
    write(file, content);
  }
  std::optional<double> available() const { return available_memory(path("")); }
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
