// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>

namespace wideproof::train {

/// The loss of these rows (model::Loss): squared summed over rows and outputs, cross-entropy
/// averaged over rows. `outputs` and `targets` are N × C; NaN without rows.
double loss_of(model::Loss loss, const Eigen::MatrixXd& outputs, const Eigen::MatrixXd& targets,
               const std::vector<Eigen::Index>& rows);

/// The share of these rows whose class is found: of one output its sign, of several the first of
/// the largest. NaN without rows, or with outputs that are not finite.
double accuracy_of(const Eigen::MatrixXd& outputs, const Eigen::MatrixXd& targets,
                   const std::vector<Eigen::Index>& rows);

/// Losses and accuracies of a state whose outputs are N × C: of the training inputs, those of
/// validation left out, and of the test inputs.
void judge_outputs(const Eigen::MatrixXd& outputs, const model::TrainingData& data,
                   model::Loss loss, model::TrainedState& state);

/// (tr K)²/tr K² of a P × P Gram: between 1 and P. NaN where K is 0.
double effective_dimension(const Eigen::MatrixXd& gram);

/// ‖now − before‖/‖before‖, Frobenius.
double relative_change(const Eigen::MatrixXd& now, const Eigen::MatrixXd& before);

}  // namespace wideproof::train
