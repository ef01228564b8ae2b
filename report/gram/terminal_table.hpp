// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::report {

/// The assessment in plain text, at most 80 columns wide and without colours: a row a layer, a row
/// a claim, then the verdict and its reasons.
///
/// `norm` is the mean of the gram's diagonal, in the limit n → ∞ or, with one width, at that width;
/// the mean of the entries' standard errors bounds its own however they depend on each other.
/// `worst z` is the largest |z| of the layer, `p` the smallest family-wise one, `spread ~ n^` the
/// fluctuation exponent, and the last column says whether equivalence holds. The row of a claim
/// shows the member that speaks loudest against it. What has no error is called exact in place of
/// its interval, and below the claims stands why. With `in_colour` the verdict's word is green,
/// red or yellow by an escape sequence.
std::string terminal_table(const compare::Assessment& assessment, bool in_colour = false);

}  // namespace wideproof::report
