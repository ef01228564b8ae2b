// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/compare/training/sweep_numbers.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::compare {

/// Sparsity and selectivity of trained networks at the last recorded step, with a draw for each
/// network, NaN where it has none: hoyer, treves_rolls, lifetime, silent, eta_squared, ccmas and
/// class_selectivity of the last hidden layer on the training inputs; the same on the test inputs,
/// "test hoyer" and so on, where there are some; and of the other layers, "hoyer, layer 1".
/// `measurement` may be null: before anything is measured.
std::vector<SweepNumber> activity_sweep_numbers(const model::TrainingMeasurement* measurement,
                                                const std::vector<std::int64_t>& widths,
                                                const TrainedSweepParts& parts);

/// Which of these numbers there are not, by name, and what they need.
std::map<std::string, std::string> missing_activity_numbers(const TrainedSweepParts& parts);

}  // namespace wideproof::compare
