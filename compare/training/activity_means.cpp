// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/activity_means.hpp>

#include <algorithm>
#include <cmath>

namespace wideproof::compare {
namespace {

using model::HiddenActivity;
using model::SeenActivity;

const HiddenActivity& on(const SeenActivity& activity, ActivityInputs inputs) {
  return inputs == ActivityInputs::training ? activity.training : activity.test;
}

/// Over networks; `number_of(network)` is NaN where it has none.
template <class NumberOf>
SparsityMean mean_over(const model::TrainedWidth& at, const NumberOf& number_of) {
  Eigen::VectorXd numbers(std::ssize(at.networks));
  for (Eigen::Index r = 0; r < numbers.size(); ++r)
    numbers[r] = number_of(at.networks[static_cast<std::size_t>(r)]);
  return sparsity_mean(numbers);
}

ActivityMeans means_of(const model::TrainedWidth& at, Eigen::Index layer, std::size_t step,
                       ActivityInputs inputs) {
  ActivityMeans means{at.width, layer + 1};
  const auto seen = [&](const model::TrainedNetwork& network) -> const HiddenActivity& {
    return on(network[step].activity, inputs);
  };
  for (std::size_t k = 0; k < means.sparsity.size(); ++k)
    means.sparsity[k] = mean_over(at, [&](const auto& network) {
      return seen(network).sparsity(layer, static_cast<Eigen::Index>(k));
    });
  for (std::size_t k = 0; k < means.selectivity.size(); ++k) {
    const auto column = static_cast<Eigen::Index>(k);
    const auto null_column = column + static_cast<Eigen::Index>(means.selectivity.size());
    means.selectivity[k] = mean_over(
        at, [&](const auto& network) { return seen(network).selectivity(layer, column); });
    means.null[k] = mean_over(
        at, [&](const auto& network) { return seen(network).selectivity(layer, null_column); });
    means.untrained[k] = mean_over(at, [&](const auto& network) {
      return on(network.front().untrained, inputs).selectivity(layer, column);
    });
  }
  return means;
}

}  // namespace

std::vector<ActivityMeans> activity_means(const model::TrainingMeasurement& measurement,
                                          ActivityInputs inputs) {
  std::vector<ActivityMeans> all;
  for (const model::TrainedWidth& at : measurement.widths) {
    const bool is_seen =
        !at.networks.empty() &&
        std::all_of(at.networks.begin(), at.networks.end(), [&](const auto& network) {
          return std::all_of(network.begin(), network.end(),
                             [&](const model::TrainedState& state) {
                               return on(state.activity, inputs).sparsity.rows() > 0;
                             }) &&
                 on(network.front().untrained, inputs).sparsity.rows() > 0;
        });
    if (!is_seen) continue;
    const Eigen::Index layers = on(at.networks.front().front().activity, inputs).sparsity.rows();
    for (Eigen::Index layer = 0; layer < layers; ++layer)
      for (std::size_t step = 0; step < measurement.steps.size(); ++step) {
        ActivityMeans means = means_of(at, layer, step, inputs);
        means.step = measurement.steps[step];
        // Of networks without neurons the table of numbers holds none.
        if (means.of(model::SparsityNumber::active_fraction).networks > 0) all.push_back(means);
      }
  }
  return all;
}

bool has_selectivity(const std::vector<ActivityMeans>& means) {
  return std::any_of(means.begin(), means.end(),
                     [](const ActivityMeans& at) { return has_selectivity(at.selectivity); });
}

model::SparsitySeries untrained_sparsity(const model::TrainingMeasurement& measurement) {
  model::SparsitySeries series;
  for (const model::TrainedWidth& at : measurement.widths) {
    if (at.networks.empty()) continue;
    const Eigen::Index layers = at.networks.front().front().untrained.training.sparsity.rows();
    model::WidthSparsity shown{
        at.width, Eigen::MatrixXd(std::ssize(at.networks), layers * model::sparsity_numbers)};
    for (Eigen::Index r = 0; r < shown.networks.rows(); ++r) {
      const Eigen::MatrixXd& own =
          at.networks[static_cast<std::size_t>(r)].front().untrained.training.sparsity;
      shown.networks.row(r) = own.transpose().reshaped().transpose();
    }
    const bool is_seen =
        shown.networks.size() > 0 &&
        shown.networks(0, model::sparsity_column(1, model::SparsityNumber::active_fraction)) >= 0;
    if (is_seen) series.push_back(std::move(shown));
  }
  return series;
}

}  // namespace wideproof::compare
