// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::train {

/// What n neurons showed of inputs of K classes.
struct ClassActivity {
  Eigen::ArrayXXd sums;    ///< n × K, Σ of z over a class's inputs
  Eigen::ArrayXd squares;  ///< n, Σ z² over all inputs
  Eigen::ArrayXd inputs;   ///< K, of each class
  bool is_signed = false;  ///< whether activities may be negative
};

/// The first three of model::SelectivityNumber.
struct ClassSelectivity {
  double ccmas;
  double class_selectivity;
  double eta_squared;
};

ClassSelectivity class_selectivity(const ClassActivity& activity);

}  // namespace wideproof::train
