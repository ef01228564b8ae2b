// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::train {

/// The loss of these rows (model::Loss): squared summed over rows and outputs, cross-entropy
/// averaged over rows. `outputs` and `targets` are N × C; NaN without rows.
double loss_of(model::Loss loss, const Eigen::MatrixXd& outputs, const Eigen::MatrixXd& targets,
               const std::vector<Eigen::Index>& rows);

/// Of one output its sign, of several the first of the largest.
Eigen::Index class_of(const Eigen::Ref<const Eigen::RowVectorXd>& outputs);

/// The share of these rows whose class is found. NaN without rows, or with outputs that are not
/// finite.
double accuracy_of(const Eigen::MatrixXd& outputs, const Eigen::MatrixXd& targets,
                   const std::vector<Eigen::Index>& rows);

/// Losses and accuracies of a state whose outputs are N × C: of the training inputs, those of
/// validation left out, of these, and of the test inputs.
void judge_outputs(const Eigen::MatrixXd& outputs, const model::TrainingData& data,
                   model::Loss loss, model::TrainedState& state);

/// Throws model::InputError naming training.learning_rate: a network's numbers are no longer finite
/// after this step.
[[noreturn]] void refuse_divergence(const model::TrainingOptions& options,
                                    const sim::NetworkId& network, std::int64_t step);

/// (tr K)²/tr K² of a P × P Gram: between 1 and P. NaN where K is 0.
double effective_dimension(const Eigen::MatrixXd& gram);

/// ‖now − before‖/‖before‖, Frobenius.
double relative_change(const Eigen::MatrixXd& now, const Eigen::MatrixXd& before);

}  // namespace wideproof::train
