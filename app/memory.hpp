// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

namespace wideproof::app {

/// Bytes that this process can still take: what the machine has free, or less where its control
/// group allows less. nullopt where the system does not tell.
std::optional<double> available_memory();

/// Throws model::InputError naming simulation.memory_gib when a run that holds `needed` bytes would
/// exceed `limit_gib` or, without it, available_memory().
void require_memory(double needed, std::optional<double> limit_gib);

}  // namespace wideproof::app
