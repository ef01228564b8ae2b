// SPDX-License-Identifier: MIT
#include <wideproof/train/activity/hidden_activity.hpp>

#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::train {

HiddenActivity::HiddenActivity(const model::TrainingData& data,
                               const std::vector<Eigen::Index>& rows,
                               const std::vector<std::int64_t>& order,
                               const std::vector<std::int64_t>& widths, ActivitySigns signs)
    : classes_(input_classes(data.targets(rows, Eigen::all), data.are_classes, order)) {
  if (rows.empty()) return;
  for (const auto width : widths) layers_.emplace_back(width, classes_, signs);
}

model::HiddenActivity HiddenActivity::activity() const {
  const auto hidden = static_cast<Eigen::Index>(layers_.size());
  model::HiddenActivity activity;
  if (hidden == 0) return activity;
  activity.sparsity.resize(hidden, model::sparsity_numbers);
  activity.selectivity.resize(hidden, model::selectivity_numbers);
  for (Eigen::Index l = 0; l < hidden; ++l) {
    const auto& layer = layers_[static_cast<std::size_t>(l)];
    activity.sparsity.row(l) = layer.sparsity().transpose();
    activity.selectivity.row(l) = layer.selectivity().transpose();
  }
  return activity;
}

double HiddenActivity::memory(const model::TrainingData& data,
                              const std::vector<std::int64_t>& widths) {
  const double classes = data.are_classes ? static_cast<double>(data.outputs() + 1) : 1;
  double neurons = 0;
  for (const auto width : widths) neurons += static_cast<double>(width);
  return sizeof(double) * neurons * (2 * classes + 3);
}

}  // namespace wideproof::train
