// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::compare {

/// A mean over R networks, its standard error and the deviation of one network from another. NaN
/// where a network's number is not finite, the last two with one network.
struct NetworkMean {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double standard_error = std::numeric_limits<double>::quiet_NaN();
  double deviation = std::numeric_limits<double>::quiet_NaN();
};

NetworkMean network_mean(const Eigen::VectorXd& networks);

/// What networks of one width showed after one recorded step, on average.
struct TrainedMeans {
  std::int64_t width = 0;
  std::int64_t step = 0;
  std::int64_t replicates = 0;
  /// C × N; 0 × 0 where outputs were not kept.
  Eigen::MatrixXd output_mean, output_standard_error, output_deviation;
  NetworkMean loss, test_loss, accuracy, test_accuracy;
  NetworkMean validation_loss, validation_accuracy;
  NetworkMean regularizer, tangent_drift, effective_dimension;
  NetworkMean active_fraction;        ///< of the last hidden layer
  NetworkMean degree_of_correlation;  ///< likewise
};

/// One number of a state.
using StateNumber = double (*)(const model::TrainedState&);

double loss_of(const model::TrainedState& state);
double test_loss_of(const model::TrainedState& state);
double accuracy_of(const model::TrainedState& state);
double test_accuracy_of(const model::TrainedState& state);
double validation_loss_of(const model::TrainedState& state);
double validation_accuracy_of(const model::TrainedState& state);
double regularizer_of(const model::TrainedState& state);
double tangent_drift_of(const model::TrainedState& state);
double effective_dimension_of(const model::TrainedState& state);
double last_active_fraction_of(const model::TrainedState& state);  ///< NaN where there is none
double last_degree_of_correlation_of(const model::TrainedState& state);

/// By network; `step` an index of the recorded ones.
Eigen::VectorXd numbers_of(const model::TrainedWidth& at, std::size_t step, StateNumber number);

/// By width, then step.
std::vector<TrainedMeans> means_of(const model::TrainingMeasurement& measurement);

}  // namespace wideproof::compare
