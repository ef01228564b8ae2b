// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::report {

/// The assessment in plain text, at most 80 columns wide and without colours: two rows a layer, the
/// claims, then the verdict and its reasons.
///
/// A layer's first row is about its norm, the mean of the gram's diagonal, in the limit n → ∞ or,
/// with one width, at that width; the mean of the entries' standard errors bounds its own however
/// they depend on each other. `spread ~ n^` is the fluctuation exponent, and the last column says
/// whether equivalence holds. Its second row is about the entry that is farthest from its
/// prediction in standard errors: `z` counts them, `p` is family-wise. `norm_is` ends the sentence
/// that says what the norm is.
///
/// A claim shows the member that speaks loudest against it; below stand what it says, its p and
/// which member that is. What has no error is called exact in place of its interval, and below the
/// claims stands why. With `in_colour` the verdict's word is green, red or yellow by an escape
/// sequence.
std::string terminal_table(const compare::Assessment& assessment, bool in_colour = false,
                           std::string_view norm_is = "the mean of the Gram matrix's diagonal");

}  // namespace wideproof::report
