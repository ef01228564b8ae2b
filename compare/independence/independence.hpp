// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/widths/open_claim.hpp>
#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

/// What the series of networks say of their independence, which every standard error rests on:
///
///   same     two networks, of one width or of two, show the same Gram matrices: a seed was used
///            twice, or a file copied. See same_networks();
///   serial   at a width successive networks resemble each other: Bartels' ratio of ranks (JASA 77,
///            1982), Σ (R_i − R_{i+1})²/Σ (R_i − R̄)², of each layer's norm, 30 networks or more;
///   across   networks of the same number at two widths resemble each other: Spearman's ρ of each
///            layer's norm, 30 networks or more. One seed for each number at every width does that:
///            narrow networks are then parts of the wide ones.
///
/// Bonferroni over the members of each and over the three: a claim "independence" with that p,
/// which names what speaks loudest. `rounding`: relative, of the numbers.
///
/// nullopt where nothing could be looked at: fewer than two networks at all widths.
std::optional<OpenClaim> independence_claim(const model::ClassSeries& series, double rounding);

}  // namespace wideproof::compare
