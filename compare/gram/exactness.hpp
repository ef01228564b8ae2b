// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/matrices/entry.hpp>

namespace wideproof::compare {

/// Why an entry of a layer (from 0) is known without error, or nothing: where its standard error at
/// every width is within Options::rounding of its scale, an interval would show rounding only. With
/// control variates that is so where they take off all of its noise, as for the norms of ReLUs, of
/// which each layer's mean is known given the layer before; without, where every network shows the
/// same, as for an input and its double.
///
///   "exact by construction of the control variate", "the same in every network", and of a
///   correlation that varies within rounding "known to rounding"
std::string exactness(const Assessment& assessment, std::size_t layer, const Entry& entry);

/// The same of a layer's norms together.
std::string exactness_of_norms(const Assessment& assessment, std::size_t layer);

}  // namespace wideproof::compare
