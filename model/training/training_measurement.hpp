// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::model {

/// How sparse one network's hidden layers are on some inputs, and how they tell classes apart.
/// Empty where their neurons were not seen.
struct HiddenActivity {
  Eigen::MatrixXd sparsity;     ///< hidden layers × sparsity_numbers, see SparsityNumber
  Eigen::MatrixXd selectivity;  ///< hidden layers × selectivity_numbers, see SelectivityNumber
};

struct SeenActivity {
  HiddenActivity training;
  HiddenActivity test;  ///< empty without test inputs
};

/// What one network showed after a step of its training. NaN where something does not exist or was
/// not asked for.
struct TrainedState {
  /// f, C × N, or f − f_0 of centred networks; 0 × 0 where there are too many to keep.
  Eigen::MatrixXd outputs;
  double loss = std::numeric_limits<double>::quiet_NaN();  ///< squared: ½Σ over all training inputs
  double test_loss = std::numeric_limits<double>::quiet_NaN();  ///< likewise, over the test inputs
  double accuracy = std::numeric_limits<double>::quiet_NaN();   ///< of the training inputs
  double test_accuracy = std::numeric_limits<double>::quiet_NaN();
  double validation_loss = std::numeric_limits<double>::quiet_NaN();
  double validation_accuracy = std::numeric_limits<double>::quiet_NaN();
  /// R of the options' regulariser, without its strength, on the first inputs of a batch's number
  /// that train, at most 256.
  double regularizer = std::numeric_limits<double>::quiet_NaN();
  /// ‖Θ̂ − Θ̂_0‖/‖Θ̂_0‖, Frobenius, of the first output's tangent kernel on the training inputs.
  double tangent_drift = std::numeric_limits<double>::quiet_NaN();
  /// (tr K)²/tr K² of the last hidden layer's Gram on the training inputs.
  double effective_dimension = std::numeric_limits<double>::quiet_NaN();
  Eigen::VectorXd active_fractions;  ///< by hidden layer, over the training inputs
  SeenActivity activity;
  /// Of the network before its training; of the first recorded step alone.
  SeenActivity untrained;
  /// Likewise, of its hidden neurons and outputs on the first training inputs; NaN unless asked
  /// for.
  PersistenceNumbers persistence;
  /// By hidden layer that has a layer before it: of the weights that its neurons receive. Empty
  /// where no weights exist.
  Eigen::VectorXd degrees_of_correlation;
};

/// One network by recorded step.
using TrainedNetwork = std::vector<TrainedState>;

struct TrainedWidth {
  std::int64_t width = 0;
  std::vector<TrainedNetwork> networks;  ///< by replicate
};

/// What trained networks showed.
struct TrainingMeasurement {
  std::vector<std::int64_t> steps;   ///< recorded, rising
  Eigen::Index training_points = 0;  ///< the first of `points`, those of validation among them
  Eigen::Index points = 0;           ///< N
  Eigen::Index outputs = 0;          ///< C
  std::vector<TrainedWidth> widths;  ///< rising
};

}  // namespace wideproof::model
