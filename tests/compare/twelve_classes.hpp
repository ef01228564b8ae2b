// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <vector>

#include "invented.hpp"

namespace wideproof::compare::testing {

/// Three inputs of three cosines through three layers, twelve classes in all. `deviations`: how
/// many standard errors of the guard's limit, given all others, a difference of 0.005 is.
inline Invented twelve_classes(double common, double across, double deviations) {
  Invented invented;
  invented.layers = 3;
  invented.limit = (Eigen::MatrixXd(3, 3) << 1, 0.5, 0.2, 0.5, 1, 0.7, 0.2, 0.7, 1).finished();
  invented.common = common;
  invented.across = across;
  // A parabola's intercept has 1.40 times the standard error of the widest width's mean.
  invented.spread =
      0.005 * std::sqrt(4096.0 * 100.0) / (1.40 * std::sqrt(1.0 - common)) / deviations;
  return invented;
}

inline std::vector<PredictedLayer> wrong_by_one_percent(const Invented& invented,
                                                        bool two_classes) {
  auto predicted = truth(invented);
  predicted[1].gram(0, 1) = predicted[1].gram(1, 0) = 1.01 * invented.limit(0, 1);
  if (two_classes) predicted[2].gram(0, 2) = predicted[2].gram(2, 0) = 1.03 * invented.limit(0, 2);
  return predicted;
}

}  // namespace wideproof::compare::testing
