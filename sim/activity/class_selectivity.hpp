// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::sim {

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

/// Sums over neurons that these are made of: those of a layer's parts add up to the layer's.
struct SelectivitySums {
  double ccmas = 0;              ///< of the neurons that are not silent; NaN where they have none
  double class_selectivity = 0;  ///< likewise
  double heard = 0;              ///< neurons that are not silent
  double between = 0;            ///< sum of squares between classes; NaN without two of them
  double total = 0;              ///< over all inputs, about their mean
  double squares = 0;            ///< over all inputs, about 0

  SelectivitySums& operator+=(const SelectivitySums& other);
  /// NaN where no neuron, or no variance, is there to tell.
  ClassSelectivity mean() const;
};

SelectivitySums selectivity_sums(const ClassActivity& activity);

inline ClassSelectivity class_selectivity(const ClassActivity& activity) {
  return selectivity_sums(activity).mean();
}

}  // namespace wideproof::sim
