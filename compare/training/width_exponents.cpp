// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/width_exponents.hpp>

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/training/state_means.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>

namespace wideproof::compare {
namespace {

std::vector<std::int64_t> trained_widths(const model::TrainingMeasurement& measurement) {
  std::vector<std::int64_t> widths;
  for (const model::TrainedWidth& at : measurement.widths) widths.push_back(at.width);
  return widths;
}

/// Mean variance over outputs and inputs, by block of networks.
Eigen::VectorXd variances_of_blocks(const model::TrainedWidth& at, std::size_t step) {
  Eigen::VectorXd variances(static_cast<Eigen::Index>(at.networks.size() / networks_of_a_block));
  for (Eigen::Index b = 0; b < variances.size(); ++b) {
    const auto output = [&](std::size_t i) -> const Eigen::MatrixXd& {
      return at.networks[static_cast<std::size_t>(b) * networks_of_a_block + i][step].outputs;
    };
    Eigen::MatrixXd mean = output(0);
    for (std::size_t i = 1; i < networks_of_a_block; ++i) mean += output(i);
    mean /= static_cast<double>(networks_of_a_block);
    double squares = 0.0;
    for (std::size_t i = 0; i < networks_of_a_block; ++i)
      squares += (output(i) - mean).array().square().mean();
    variances[b] = squares / static_cast<double>(networks_of_a_block - 1);
  }
  return variances;
}

}  // namespace

std::optional<StepExponent> deviation_exponent(const model::TrainingMeasurement& measurement,
                                               double target_scale, const TrainedOptions& options) {
  if (measurement.widths.size() < 2) return std::nullopt;
  const double least = limit_options(options).rounding * target_scale;
  for (std::size_t step = measurement.steps.size(); step-- > 0;) {
    std::vector<Eigen::VectorXd> variances;
    bool is_seen = true;
    for (const model::TrainedWidth& at : measurement.widths) {
      Eigen::VectorXd blocks = variances_of_blocks(at, step);
      if (blocks.size() < 2) return std::nullopt;
      is_seen = is_seen && std::sqrt(blocks.mean()) > least;
      variances.push_back(std::move(blocks));
    }
    if (!is_seen) continue;
    const auto spread = log_spread(trained_widths(measurement), variances);
    if (!spread) continue;
    if (const auto exponent = fluctuation_exponent(*spread, predicted_fluctuation_exponent))
      return StepExponent{step, *exponent};
  }
  return std::nullopt;
}

std::optional<Exponent> drift_exponent(const model::TrainingMeasurement& measurement) {
  if (measurement.widths.size() < 2 || measurement.steps.empty()) return std::nullopt;
  std::vector<Eigen::VectorXd> drifts;
  for (const model::TrainedWidth& at : measurement.widths) {
    drifts.push_back(numbers_of(at, measurement.steps.size() - 1, tangent_drift_of));
    if (!drifts.back().allFinite() || !(drifts.back().array() > 0.0).all()) return std::nullopt;
  }
  const auto logs = log_means(trained_widths(measurement), drifts);
  return logs ? fluctuation_exponent(*logs, predicted_fluctuation_exponent) : std::nullopt;
}

}  // namespace wideproof::compare
