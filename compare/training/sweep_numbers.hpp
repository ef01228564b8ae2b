// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::compare {

/// Which numbers of trained networks exist beside the training loss.
struct TrainedSweepParts {
  bool has_test = false;                 ///< test inputs
  bool has_accuracy = false;             ///< targets are classes
  bool has_drift = false;                ///< of the tangent kernel
  bool has_dimension = false;            ///< of the last layer's Gram
  bool has_activity = false;             ///< active fraction of the last hidden layer
  bool has_correlation = false;          ///< degree of correlation of weights that it receives
  std::int64_t layers_with_neurons = 0;  ///< whose sparsity and selectivity are seen: all, or 0
  bool is_signed = false;                ///< activities can be negative
  bool has_regularizer = false;          ///< of a regulariser
  bool has_validation = false;           ///< a validation split
};

/// At the last recorded step, by quantity, then width, with a draw for each network: loss, test
/// loss, accuracy, test accuracy, those of a validation split, tangent drift, effective dimension,
/// active fraction, degree of correlation and regulariser; then activity_sweep_numbers(). Intervals
/// are Student's, in 95%.
std::vector<SweepNumber> trained_sweep_numbers(const model::TrainingMeasurement& measurement,
                                               const TrainedSweepParts& parts);

/// The same before anything is measured.
std::vector<SweepNumber> planned_trained_numbers(const std::vector<std::int64_t>& widths,
                                                 const TrainedSweepParts& parts);

}  // namespace wideproof::compare
