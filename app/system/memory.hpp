// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace wideproof::app {

/// Bytes that this process can still take: what the machine has free, or less where one of its
/// control groups (version 1 or 2) or its limit of address space (ulimit -v) allows less. nullopt
/// where the system does not tell. Of address space `threads` reserve 272 MiB each that they do not
/// use: stack, malloc's arena, BLAS's buffer.
///
/// `root`: where /proc and /sys/fs/cgroup are looked for.
std::optional<double> available_memory(int threads, const std::string& root = "/");

/// Bytes in a GiB.
inline constexpr double gib = 1024.0 * 1024.0 * 1024.0;

/// Throws model::InputError naming simulation.memory_gib when a run that holds `needed` bytes would
/// exceed `limit_gib` or, without it, what is `available`.
void require_memory(double needed, std::optional<double> limit_gib,
                    std::optional<double> available);

}  // namespace wideproof::app
