// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/statistics/paired_ratio.hpp>

namespace wideproof::compare {

/// What decides an open comparison of two errors: the margin on either side of δ = 0, the one-sided
/// level of agreement, and that of conviction, where the comparison can convict at all.
struct RatioTest {
  double margin = 0.0;
  double agreement_level = 0.0;
  std::optional<double> conviction_level;
};

/// How many draws of data would decide it in nine runs of ten, the present ones among them. With
/// F times as many, given the data and no other knowledge of the true difference,
///
///   δ' = δ ± √(1 − 1/F) s,   s' = s/√F
///
/// s being known from D draws only (averaged over χ²). Open is what lies between
/// |δ'| = margin − t s' and margin + t s', t each at its level; without a level of conviction all
/// beyond.
///
/// nullopt where a million draws are not enough: then the true difference may lie on the margin or
/// beyond it.
std::optional<double> draws_to_decide(const PairedRatio& ratio, const RatioTest& test);

}  // namespace wideproof::compare
