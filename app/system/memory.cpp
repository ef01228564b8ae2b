// SPDX-License-Identifier: MIT
#include <wideproof/app/system/memory.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

std::optional<double> number_in(const std::string& file) {
  double value = 0;
  if (std::ifstream(file) >> value) return value;
  return std::nullopt;  // "max", or no such file
}

/// The value behind a name in a file of names and numbers.
std::optional<double> entry_of(const std::string& file, const std::string& name) {
  std::ifstream stream(file);
  std::string line;
  while (std::getline(stream, line)) {
    std::istringstream words(line);
    std::string found;
    double value = 0;
    if (words >> found >> value && found == name) return value;
  }
  return std::nullopt;
}

/// What a control group's folder leaves free; its page cache can be given up.
std::optional<double> free_in(const std::string& folder, const char* limit_file,
                              const char* usage_file, const char* cache_name) {
  const auto limit = number_in(folder + limit_file);
  const auto used = number_in(folder + usage_file);
  if (!limit || !used) return std::nullopt;
  return *limit - *used + entry_of(folder + "memory.stat", cache_name).value_or(0.0);
}

void take_smaller(std::optional<double>& smallest, std::optional<double> other) {
  if (other) smallest = std::min(smallest.value_or(*other), *other);
}

/// What `ulimit -v` leaves to this many threads.
std::optional<double> free_address_space(int threads, const std::string& root) {
  // Its stack takes 8 MiB, OpenBLAS's buffer 128 MiB, and malloc 128 MiB to find an aligned arena.
  constexpr double reserved_by_a_thread = 272.0 * 1024 * 1024;
  std::ifstream limits(root + "proc/self/limits");
  const std::string name = "Max address space";
  for (std::string line; std::getline(limits, line);) {
    if (!line.starts_with(name)) continue;
    std::istringstream words(line.substr(name.size()));
    double limit = 0;
    const auto used = entry_of(root + "proc/self/status", "VmSize:");
    if (!(words >> limit) || !used) return std::nullopt;  // "unlimited"
    return std::max(0.0, limit - 1024 * *used - threads * reserved_by_a_thread);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> available_memory(int threads, const std::string& root) {
  auto available = entry_of(root + "proc/meminfo", "MemAvailable:");
  if (available) *available *= 1024;
  take_smaller(available, free_address_space(threads, root));
  // Lines such as "4:memory:/job/step" (version 1) and "0::/job/step" (version 2).
  std::ifstream groups(root + "proc/self/cgroup");
  std::string line;
  while (std::getline(groups, line)) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controller = line.substr(first + 1, second - first - 1);
    const bool version_1 = controller == "memory";
    if (!version_1 && !controller.empty()) continue;
    // A limit may stand in the group or in any above it.
    for (std::filesystem::path path = line.substr(second + 2);; path = path.parent_path()) {
      const auto folder =
          (std::filesystem::path(root) / "sys/fs/cgroup" / (version_1 ? "memory" : "") / path / "")
              .string();
      take_smaller(available,
                   version_1 ? free_in(folder, "memory.limit_in_bytes", "memory.usage_in_bytes",
                                       "total_inactive_file")
                             : free_in(folder, "memory.max", "memory.current", "inactive_file"));
      if (path.empty()) break;
    }
  }
  return available;
}

void require_memory(double needed, std::optional<double> limit_gib,
                    std::optional<double> available) {
  if (available && *available <= 0.0)
    throw model::InputError(
        "simulation.memory_gib", limit_gib ? fmt::format("{}", *limit_gib) : "\"auto\"",
        "nothing is free for so many --threads; where ulimit -v limits the address space, each "
        "takes 272 MiB of it");
  if (limit_gib) {
    if (needed <= *limit_gib * gib) return;
    throw model::InputError("simulation.memory_gib", *limit_gib,
                            fmt::format("the run needs {:.3g} GiB", needed / gib));
  }
  if (!available || needed <= *available) return;
  throw model::InputError(
      "simulation.memory_gib", "\"auto\"",
      fmt::format("the run needs {:.3g} GiB and {:.3g} GiB are free; fewer --threads, inputs or "
                  "smaller widths take less",
                  needed / gib, *available / gib));
}

}  // namespace wideproof::app
