// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::compare {

/// What the differences d = mean − predicted at the largest width n are taken to be in truth.
///
///   law       of all widths, were the prediction right: b x, or b x + c x² where that is the run's
///             order, x = n/width, fitted through the origin with weights width·R. A term too
///             small to be seen moves it by up to a half (as BiasExponent has it), anywhere
///             between: the standard deviation 0.29 of μ stands beside its error in quadrature.
///             Of an entry that the largest width knows better by itself, that estimate
///   estimate  of the largest width alone, d ± its standard error; elsewhere d x
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
/// chances of failure is held to one in ten; entries that move together make it smaller. Of more
/// than a thousand entries some stand for others no nearer to failing.
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
