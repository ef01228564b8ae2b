// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <Eigen/Core>

#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// Least width at which one network may be trusted to follow the limit, and what decides it.
struct NeededWidth {
  std::int64_t width = 0;
  std::int64_t layer = 0;  ///< from 1: of the correlation that is likeliest to be off
  Eigen::Index a = 0;      ///< its pair of inputs, a ≤ b
  Eigen::Index b = 0;
  bool includes_bias = true;  ///< false: the 1/n bias is not derived and was taken as 0
};

/// The least n at which
/// P(|c_n − c_∞| ≤ margin for every pair of inputs at every layer) ≥ confidence
/// is assured for one network of width n, to first order in 1/n and for Gaussian fluctuations.
///
/// A correlation is off by β/n + N(0, v/n) (LayerFluctuation). With r = margin − |β|/n it stays
/// within the margin if the Gaussian part stays within r, and for such centred slabs
///
///   P(all) ≥ Π P(|N(0, v/n)| ≤ r)                            (Šidák 1967)
///
/// whatever the correlation of the entries. Entries of the diagonal count as well, which a
/// correlation has without any spread. The bound is safe, and by far too large for many inputs
/// that move together. nullopt where the fluctuation is not derived or there is no pair. Throws
/// InputError naming margin or confidence unless margin > 0 and 0 < confidence < 1, and margin when
/// it would take more than 2⁵³ neurons.
std::optional<NeededWidth> needed_width(const model::Fluctuation& fluctuation, double margin,
                                        double confidence);

}  // namespace wideproof::theory
