// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/widths/class_limit.hpp>
#include <wideproof/compare/widths/extrapolation.hpp>
#include <wideproof/compare/widths/fluctuation_comparison.hpp>

namespace wideproof::compare {

/// The limits that one joint test looks at, on the scale that it was made on: the class means
/// themselves, or the logarithms of their n·Var. It refers to what it was made from.
struct JointLimits {
  const ClassLimit& fit;
  const std::vector<ClassColumn>& columns;
  bool are_logarithms = false;

  Eigen::VectorXd predicted() const;
  /// The number farthest from its prediction in standard errors.
  Eigen::Index loudest() const;
  /// `layer 2, the norm`; of variances `layer 2, the diagonal G_aa`
  std::string name(Eigen::Index k) const;
  /// A number of this scale on the quantity's own.
  double on_own_scale(double number) const;
};

JointLimits joint_means(const Extrapolation& extrapolation);
JointLimits joint_variances(const FluctuationComparison& fluctuation);

}  // namespace wideproof::compare
