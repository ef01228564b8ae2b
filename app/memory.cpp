// SPDX-License-Identifier: MIT
#include <wideproof/app/memory.hpp>

#include <algorithm>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr double gib = 1024.0 * 1024.0 * 1024.0;

std::optional<double> number_in(const char* file) {
  double value = 0;
  if (std::ifstream(file) >> value) return value;
  return std::nullopt;  // "max", or no such file
}

std::optional<double> free_on_machine() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  double kib = 0;
  std::string unit;
  while (file >> name >> kib) {
    if (name == "MemAvailable:") return 1024 * kib;
    std::getline(file, unit);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> available_memory() {
  auto available = free_on_machine();
  const auto limit = number_in("/sys/fs/cgroup/memory.max");
  const auto used = number_in("/sys/fs/cgroup/memory.current");
  if (limit && used) available = std::min(available.value_or(*limit), *limit - *used);
  return available;
}

void require_memory(double needed, std::optional<double> limit_gib) {
  if (limit_gib) {
    if (needed <= *limit_gib * gib) return;
    throw model::InputError("simulation.memory_gib", *limit_gib,
                            fmt::format("the run needs {:.3g} GiB", needed / gib));
  }
  const auto available = available_memory();
  if (!available || needed <= *available) return;
  throw model::InputError(
      "simulation.memory_gib", "\"auto\"",
      fmt::format("the run needs {:.3g} GiB and {:.3g} GiB are free; fewer --threads, inputs or "
                  "smaller widths take less",
                  needed / gib, *available / gib));
}

}  // namespace wideproof::app
