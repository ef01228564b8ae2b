// SPDX-License-Identifier: MIT
#include <wideproof/train/training_outcome.hpp>

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::train {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// −Σ_c y_c log softmax(f)_c
double cross_entropy(const Eigen::RowVectorXd& outputs, const Eigen::RowVectorXd& targets) {
  const double largest = outputs.maxCoeff();
  const double log_sum = largest + std::log((outputs.array() - largest).exp().sum());
  return targets.sum() * log_sum - targets.dot(outputs);
}

}  // namespace

Eigen::Index class_of(const Eigen::Ref<const Eigen::RowVectorXd>& outputs) {
  if (outputs.size() == 1) return outputs[0] > 0 ? 1 : 0;
  Eigen::Index largest = 0;
  outputs.maxCoeff(&largest);
  return largest;
}

double loss_of(model::Loss loss, const Eigen::MatrixXd& outputs, const Eigen::MatrixXd& targets,
               const std::vector<Eigen::Index>& rows) {
  if (rows.empty()) return none;
  double sum = 0;
  for (const auto row : rows) {
    sum += loss == model::Loss::squared ? 0.5 * (outputs.row(row) - targets.row(row)).squaredNorm()
                                        : cross_entropy(outputs.row(row), targets.row(row));
  }
  return loss == model::Loss::squared ? sum : sum / static_cast<double>(rows.size());
}

double accuracy_of(const Eigen::MatrixXd& outputs, const Eigen::MatrixXd& targets,
                   const std::vector<Eigen::Index>& rows) {
  if (rows.empty()) return none;
  double found = 0;
  for (const auto row : rows) {
    if (!outputs.row(row).allFinite()) return none;
    if (class_of(outputs.row(row)) == class_of(targets.row(row))) ++found;
  }
  return found / static_cast<double>(rows.size());
}

void judge_outputs(const Eigen::MatrixXd& outputs, const model::TrainingData& data,
                   model::Loss loss, model::TrainedState& state) {
  state.loss = loss_of(loss, outputs, data.targets, data.training);
  state.validation_loss = loss_of(loss, outputs, data.targets, data.validation);
  state.test_loss = loss_of(loss, outputs, data.targets, data.test);
  if (!data.are_classes) return;
  state.accuracy = accuracy_of(outputs, data.targets, data.training);
  state.validation_accuracy = accuracy_of(outputs, data.targets, data.validation);
  state.test_accuracy = accuracy_of(outputs, data.targets, data.test);
}

void refuse_divergence(const model::TrainingOptions& options, const sim::NetworkId& network,
                       std::int64_t step) {
  throw model::InputError(
      "training.learning_rate", options.learning_rate,
      fmt::format("the loss of network {} of width {} is no longer finite after step {}; choose a "
                  "smaller rate{}",
                  network.replicate + 1, network.width, step,
                  options.clip_norm ? "" : " or set training.clip_norm"));
}

double effective_dimension(const Eigen::MatrixXd& gram) {
  const double trace = gram.trace();
  return trace * trace / gram.squaredNorm();
}

double relative_change(const Eigen::MatrixXd& now, const Eigen::MatrixXd& before) {
  return (now - before).norm() / before.norm();
}

}  // namespace wideproof::train
