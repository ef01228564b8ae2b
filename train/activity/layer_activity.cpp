// SPDX-License-Identifier: MIT
#include <wideproof/train/activity/layer_activity.hpp>

#include <cmath>
#include <limits>

#include <ATen/Dispatch.h>

#include <wideproof/model/sparsity/sparsity_series.hpp>
#include <wideproof/sim/activity/class_sums.hpp>

namespace wideproof::train {

InputClasses input_classes(const Eigen::MatrixXd& targets, bool are_classes,
                           const std::vector<std::int64_t>& order) {
  InputClasses classes;
  const Eigen::Index outputs = targets.cols();
  if (are_classes) classes.count = outputs == 1 ? 2 : outputs;
  for (Eigen::Index row = 0; row < targets.rows(); ++row) {
    Eigen::Index own = 0;
    if (are_classes && outputs > 1) targets.row(row).maxCoeff(&own);
    if (are_classes && outputs == 1) own = targets(row, 0) > 0 ? 1 : 0;
    classes.own.push_back(own);
  }
  for (const auto row : order) classes.dealt.push_back(classes.own[static_cast<std::size_t>(row)]);
  return classes;
}

ActivitySigns activity_signs(const model::Network& network) {
  return {.are_both = model::has_negative_activities(network),
          .count_both = network.activation() == model::Activation::sparse_projection};
}

LayerActivity::LayerActivity(std::int64_t width, const InputClasses& classes, ActivitySigns signs)
    : classes_(classes),
      signs_(signs),
      sums_(Eigen::ArrayXXd::Zero(width, classes.count)),
      dealt_sums_(sums_),
      magnitudes_(Eigen::ArrayXd::Zero(width)),
      squares_(magnitudes_) {}

template <class Real>
void LayerActivity::add_row(const Real* z) {
  const Eigen::ArrayXd row =
      Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>>(z, squares_.size())
          .template cast<double>();
  sums_.col(classes_.own[seen_]) += row;
  dealt_sums_.col(classes_.dealt[seen_]) += row;
  ++seen_;
  magnitudes_ += row.abs();
  squares_ += row.square();
  const double norm = std::sqrt(row.square().mean());
  const auto active = signs_.count_both ? (row != 0).count() : (row > 0).count();
  active_ += static_cast<double>(active) / static_cast<double>(row.size());
  if (norm == 0) return;
  const double ratio = row.abs().mean() / norm;
  active_inputs_ += 1;
  ratio_ += ratio;
  square_ratio_ += ratio * ratio;
}

void LayerActivity::add(const at::Tensor& z) {
  AT_DISPATCH_FLOATING_TYPES(z.scalar_type(), "LayerActivity", [&] {
    for (std::int64_t a = 0; a < z.size(0); ++a) {
      add_row(z.data_ptr<scalar_t>() + a * z.size(1));
    }
  });
}

Eigen::VectorXd LayerActivity::sparsity() const {
  using Number = model::SparsityNumber;
  Eigen::VectorXd numbers(model::sparsity_numbers);
  const auto set = [&](Number number, double value) {
    numbers(static_cast<Eigen::Index>(number)) = value;
  };
  const auto inputs = static_cast<double>(seen_);
  const bool is_active = active_inputs_ > 0;
  const auto of_active = [&](double value) {
    return is_active ? value : std::numeric_limits<double>::quiet_NaN();
  };
  set(Number::hoyer, of_active(1 - ratio_ / active_inputs_));
  set(Number::treves_rolls, of_active(square_ratio_ / active_inputs_));
  set(Number::lifetime,
      of_active(1 - sums_.rowwise().sum().square().sum() / (inputs * squares_.sum())));
  set(Number::active_fraction, active_ / inputs);
  set(Number::silent, (squares_ == 0).cast<double>().mean());
  set(Number::silent_inputs, 1 - active_inputs_ / inputs);
  set(Number::unit_hoyer, unit_hoyer());
  return numbers;
}

double LayerActivity::unit_hoyer() const {
  const double root = std::sqrt(static_cast<double>(seen_));
  const auto is_heard = squares_ > 0;
  if (seen_ < 2 || !is_heard.any()) return std::numeric_limits<double>::quiet_NaN();
  const double ratios = is_heard.select(magnitudes_ / squares_.sqrt(), 0).sum();
  return (root - ratios / static_cast<double>(is_heard.count())) / (root - 1);
}

Eigen::ArrayXd LayerActivity::inputs_of(const std::vector<Eigen::Index>& classes) const {
  Eigen::ArrayXd inputs = Eigen::ArrayXd::Zero(classes_.count);
  for (std::size_t a = 0; a < seen_; ++a) inputs(classes[a]) += 1;
  return inputs;
}

Eigen::VectorXd LayerActivity::selectivity() const {
  const auto sums = [&](const Eigen::ArrayXXd& of_classes,
                        const std::vector<Eigen::Index>& classes) {
    return sim::selectivity_sums({of_classes, squares_, inputs_of(classes), signs_.are_both});
  };
  return sim::LayerSelectivity{sums(sums_, classes_.own), sums(dealt_sums_, classes_.dealt)}
      .numbers();
}

}  // namespace wideproof::train
