// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/limits/options.hpp>

namespace wideproof::compare {

/// What an assessment of a study of dimension takes for granted. What counts as equal is
/// |D̃/predicted − 1| ≤ margin, of NΣ see DimensionNumber. The power of the series is 1 for
/// uncorrelated synapses, 1/2 for correlated ones.
using DimensionOptions = LimitOptions;

}  // namespace wideproof::compare
