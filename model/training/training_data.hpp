// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// N inputs and their targets. Rows are the training inputs, those of validation among them, and
/// then the test inputs.
struct TrainingData {
  Eigen::MatrixXd inputs;                ///< N × dimension, of unit norm
  Eigen::MatrixXd targets;               ///< N × C
  std::vector<Eigen::Index> training;    ///< rows that train, rising
  std::vector<Eigen::Index> validation;  ///< rising; empty without a split
  std::vector<Eigen::Index> test;        ///< rising; may be empty
  /// Whether targets are classes, so that there is an accuracy: of one output its sign, of several
  /// the largest.
  bool are_classes = false;

  Eigen::Index points() const { return inputs.rows(); }
  Eigen::Index outputs() const { return targets.cols(); }
};

}  // namespace wideproof::model
