// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/sim/random/stream_name.hpp>

namespace wideproof::sim {

/// 0 … size−1 in a random order, every order equally likely to 2⁻³² size (Fisher and Yates): number
/// `number` of the orders of this size that the stream holds, each drawn without those before it.
std::vector<std::int64_t> random_order(const StreamName& name, std::int64_t number,
                                       std::int64_t size);

/// As many 1 as −1 in a random order; of an odd size, one 1 more.
std::vector<double> balanced_signs(const StreamName& name, std::int64_t size);

}  // namespace wideproof::sim
