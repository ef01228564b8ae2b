// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/state_means.hpp>

#include <cmath>
#include <cstddef>

namespace wideproof::compare {
namespace {

double last_of(const Eigen::VectorXd& numbers) {
  return numbers.size() == 0 ? std::numeric_limits<double>::quiet_NaN()
                             : numbers[numbers.size() - 1];
}

void set_outputs(TrainedMeans& means, const model::TrainedWidth& at, std::size_t step) {
  const Eigen::MatrixXd& first = at.networks.front()[step].outputs;
  means.output_mean.resize(first.rows(), first.cols());
  means.output_standard_error.resize(first.rows(), first.cols());
  means.output_deviation.resize(first.rows(), first.cols());
  Eigen::VectorXd networks(static_cast<Eigen::Index>(at.networks.size()));
  for (Eigen::Index i = 0; i < first.size(); ++i) {
    for (Eigen::Index r = 0; r < networks.size(); ++r)
      networks[r] = at.networks[static_cast<std::size_t>(r)][step].outputs.reshaped()[i];
    const NetworkMean mean = network_mean(networks);
    means.output_mean.reshaped()[i] = mean.mean;
    means.output_standard_error.reshaped()[i] = mean.standard_error;
    means.output_deviation.reshaped()[i] = mean.deviation;
  }
}

}  // namespace

NetworkMean network_mean(const Eigen::VectorXd& networks) {
  NetworkMean result;
  const auto count = static_cast<double>(networks.size());
  if (networks.size() == 0 || !networks.allFinite()) return result;
  result.mean = networks.mean();
  if (networks.size() < 2) return result;
  result.deviation = std::sqrt((networks.array() - result.mean).square().sum() / (count - 1.0));
  result.standard_error = result.deviation / std::sqrt(count);
  return result;
}

double loss_of(const model::TrainedState& state) {
  return state.loss;
}
double test_loss_of(const model::TrainedState& state) {
  return state.test_loss;
}
double accuracy_of(const model::TrainedState& state) {
  return state.accuracy;
}
double test_accuracy_of(const model::TrainedState& state) {
  return state.test_accuracy;
}
double validation_loss_of(const model::TrainedState& state) {
  return state.validation_loss;
}
double validation_accuracy_of(const model::TrainedState& state) {
  return state.validation_accuracy;
}
double regularizer_of(const model::TrainedState& state) {
  return state.regularizer;
}
double tangent_drift_of(const model::TrainedState& state) {
  return state.tangent_drift;
}
double effective_dimension_of(const model::TrainedState& state) {
  return state.effective_dimension;
}
double last_active_fraction_of(const model::TrainedState& state) {
  return last_of(state.active_fractions);
}
double last_degree_of_correlation_of(const model::TrainedState& state) {
  return last_of(state.degrees_of_correlation);
}

Eigen::VectorXd numbers_of(const model::TrainedWidth& at, std::size_t step, StateNumber number) {
  Eigen::VectorXd numbers(static_cast<Eigen::Index>(at.networks.size()));
  for (Eigen::Index r = 0; r < numbers.size(); ++r)
    numbers[r] = number(at.networks[static_cast<std::size_t>(r)][step]);
  return numbers;
}

std::vector<TrainedMeans> means_of(const model::TrainingMeasurement& measurement) {
  std::vector<TrainedMeans> all;
  for (const model::TrainedWidth& at : measurement.widths) {
    for (std::size_t step = 0; step < measurement.steps.size(); ++step) {
      const auto mean = [&](StateNumber number) {
        return network_mean(numbers_of(at, step, number));
      };
      TrainedMeans means;
      means.width = at.width;
      means.step = measurement.steps[step];
      means.replicates = static_cast<std::int64_t>(at.networks.size());
      means.loss = mean(loss_of);
      means.test_loss = mean(test_loss_of);
      means.accuracy = mean(accuracy_of);
      means.test_accuracy = mean(test_accuracy_of);
      means.validation_loss = mean(validation_loss_of);
      means.validation_accuracy = mean(validation_accuracy_of);
      means.regularizer = mean(regularizer_of);
      means.tangent_drift = mean(tangent_drift_of);
      means.effective_dimension = mean(effective_dimension_of);
      means.active_fraction = mean(last_active_fraction_of);
      means.degree_of_correlation = mean(last_degree_of_correlation_of);
      if (!at.networks.empty()) set_outputs(means, at, step);
      all.push_back(std::move(means));
    }
  }
  return all;
}

}  // namespace wideproof::compare
