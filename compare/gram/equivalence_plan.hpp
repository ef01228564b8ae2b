// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::compare {

/// What the differences d = mean − predicted at the largest width n are taken to be in truth.
///
///   law       what all widths say of μ if the prediction is right: b x, or b x + c x² where that
///             is the run's order, x = n/width, fitted through the origin with weights width·R. A
///             term too small to be seen may change it by any fraction up to a half (the bound of
///             fit_bias_exponent), so that 0.29 μ, the standard deviation of that, stands beside
///             its error in quadrature. Where the largest width by itself knows an entry better,
///             its estimate is taken
///   estimate  what the largest width alone says: d ± its standard error; at other widths d x
///   nothing   zero
enum class Supposed { law, estimate, nothing };

/// How much larger a run would have to be for equivalence to hold at its largest width in nine runs
/// of ten. With F times the replicates the first R networks stay, so that given the data, and given
/// what is supposed of μ, the true difference, with its error v,
///
///   d' = (d + (F − 1) μ)/F ± (F − 1)/F √(v + s²/(F − 1)),   s' = s/√F
///
/// At a width F times the largest all networks are new: d' = μ(1/F) ± √(v(1/F) + s²/F), s' = s/√F.
/// An entry fails where |d'| + t s' > margin·scale. s is known from R networks only (averaged over
/// χ²) and s' from the new ones. Every entry of every layer has to pass, so the sum of their
/// chances of failure is held to one in ten; where entries move together the chance is smaller. Of
/// more than a thousand entries some stand for others that are no nearer to failing.
///
/// nullopt where no size up to `most` times the present one is enough, and for replicates where
/// more than half of that chance would remain with `most` times as many: then it is the true
/// difference that may lie beyond the margin.
struct EquivalencePlan {
  static constexpr double failure = 0.1;
  static constexpr double most = 1e5;

  std::optional<double> replicates;  ///< times the present ones
  std::optional<double> width;       ///< times the largest
};

EquivalencePlan plan_equivalence(const Assessment& assessment, Supposed supposed);

}  // namespace wideproof::compare
