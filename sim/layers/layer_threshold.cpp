// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/layer_threshold.hpp>

#include <cmath>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/from_blob.h>

#include <wideproof/sim/numeric/normal_density.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Searching a row that leaves its bracket costs more than a wider bracket would only if it happens
/// more than once in some hundred rows.
constexpr double bracket_standard_errors = 3.5;

}  // namespace

ThresholdStatistics& ThresholdStatistics::operator+=(const ThresholdStatistics& other) {
  squares += other.squares;
  for (std::size_t a = 0; a < selections.size(); ++a) selections[a].merge(other.selections[a]);
  return *this;
}

LayerThreshold::LayerThreshold(const LayerActivation& activation, const Eigen::VectorXd& variances,
                               std::int64_t width, double spread)
    : activation_(activation), inputs_(variances.size()), width_(width) {
  none_.squares = Eigen::ArrayXd::Zero(inputs_);
  if (activation_.rule() != model::ThresholdRule::quantile) return;
  const double f = activation_.active_fraction();
  const double standard_error = spread * std::sqrt(f * (1 - f) / static_cast<double>(width)) /
                                normal_density(activation_.tau());
  for (const double variance : variances) {
    const auto at = [&](double standard_errors) {
      return std::sqrt(variance) * (activation_.tau() + standard_errors * standard_error);
    };
    none_.selections.emplace_back(at(-bracket_standard_errors), at(bracket_standard_errors));
  }
}

ThresholdStatistics LayerThreshold::none() const {
  return none_;
}

ThresholdStatistics LayerThreshold::of(const at::Tensor& h) const {
  ThresholdStatistics statistics = none_;
  if (statistics.selections.empty()) {
    statistics.squares = to_array(h.square().sum(-1));
    return statistics;
  }
  AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "LayerThreshold", [&] {
    const auto* x = h.data_ptr<scalar_t>();
    for (auto& selection : statistics.selections) {
      selection.scan(x, h.size(1));
      x += h.size(1);
    }
  });
  return statistics;
}

at::Tensor LayerThreshold::operator()(ThresholdStatistics statistics,
                                      const BlockedLayer& layer) const {
  Eigen::ArrayXd thresholds =
      activation_.tau() * (statistics.squares / static_cast<double>(width_)).sqrt();
  for (std::size_t a = 0; a < statistics.selections.size(); ++a) {
    thresholds(static_cast<Eigen::Index>(a)) =
        quantile(statistics.selections[a], layer, static_cast<std::int64_t>(a));
  }
  return at::from_blob(thresholds.data(), {inputs_, 1}, at::kDouble)
      .to(layer.block(0).scalar_type(), /*non_blocking=*/false, /*copy=*/true);
}

double LayerThreshold::quantile(BracketedSelection& selection, const BlockedLayer& layer,
                                std::int64_t input) const {
  const auto position = activation_.quantile_position(width_);
  const auto found = selection.order_statistics(position.rank, position.weight > 0);
  if (found) return (1 - position.weight) * found->first + position.weight * found->second;
  return activation_.threshold(layer.row(input).unsqueeze(0), 1).to(at::kDouble).item<double>();
}

}  // namespace wideproof::sim
