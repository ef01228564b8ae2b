// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <Eigen/Core>

#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

/// Pairs of networks whose class means are the same at all layers.
struct SameNetworks {
  std::int64_t pairs = 0;  ///< counting stops at a million
  bool are_all = false;    ///< every network of `width` is the same
  /// How many independent networks would show by chance.
  double expected = 0.0;
  double p_value = 1.0;  ///< of as many pairs or more, times two for two ways to look
  // The first of them: networks from 0.
  std::int64_t width = 0;
  std::int64_t network = 0;
  std::int64_t other_width = 0;
  std::int64_t other = 0;
};

/// Looks for pairs that agree within the relative `rounding`, and for pairs that agree to the last
/// digit, at one width or at two.
///
/// Chance makes such pairs too, of few inputs or of activations whose Grams are multiples of 1/n.
/// With C = n·Cov of one network's class means, pooled over the widths, and c_k the conditional
/// standard deviations along its pivoted Cholesky factor, two independent networks of widths n and
/// m agree within intervals of length q_k with a chance of at most about
///
///   Π_k min(1, 3 q_k / √(2π c_k² (1/n + 1/m))),
///
/// where 3 leaves room for laws that are more peaked than the normal, and q_k is twice the
/// tolerance or the spacing of a number that is a multiple of some spacing. The number of pairs is
/// then compared with Poisson's law of the expected number.
///
/// nullopt where there is no pair. Where no number varies at a width, all its networks are the
/// same; so too where none varies at any width, unless `may_be_constant`.
std::optional<SameNetworks> same_networks(const model::ClassSeries& series, double rounding,
                                          bool may_be_constant);

}  // namespace wideproof::compare
