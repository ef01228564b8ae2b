// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/threshold_nugget.hpp>

#include <cmath>
#include <numbers>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

namespace wideproof::theory {
namespace {

bool has_nugget(const model::Network& network, const model::TangentOptions& options) {
  return network.activation() == model::Activation::thresholded_relu &&
         network.threshold() == model::ThresholdRule::quantile &&
         options.threshold_gradient == model::ThresholdGradient::through;
}

/// The sums over presynaptic offsets, at unit variance.
struct OffsetSums {
  double kernel, derivative, mixed;  ///< ΣBk, ΣBL, ΣBM
  double lateral;                    ///< Σ_{γ≠0} B A L

  OffsetSums(const ThresholdedReluKernel& k, const LateralSum& sum)
      : kernel(sum(k, 1.0)),
        derivative(sum([&](double c) { return k.derivative(c); }, 1.0)),
        mixed(sum([&](double c) { return k.step_times_relu(c); }, 1.0)),
        lateral(0) {
    for (const auto& [weight, scaling] : sum.others()) {
      lateral += weight * scaling * k.derivative(scaling);
    }
  }
};

/// Products of gradients of one input, between neurons δ apart.
struct GradientProducts {
  double with_field;  ///< U
  double own, shared;

  double rest() const { return own + shared; }
};

class NuggetRecursion {
 public:
  NuggetRecursion(const model::Network& network, model::Trained trained, double share)
      : kernel_(ThresholdedReluKernel::from_active_fraction(network.active_fraction())),
        sums_(kernel_, LateralSum(network.presynaptic(), network.postsynaptic())),
        trained_(trained),
        share_(share),
        bias_variance_(network.bias_variance()),
        weight_variance_(network.weight_variance().value_or((1 - bias_variance_) / sums_.kernel)) {}

  TangentDiagonal diagonal(std::int64_t depth) {
    TangentDiagonal diagonal;
    const bool is_field = trained_ == model::Trained::field;
    products_ = {0.0, is_field ? 0.0 : 1.0, is_field ? 1.0 : 0.0};
    for (std::int64_t layer = 1; layer <= depth; ++layer) {
      if (layer > 1) advance();
      diagonal.layers.push_back(variance_ * products_.with_field + products_.rest());
    }
    const double f = kernel_.active_fraction();
    diagonal.output = variance_ * (1 + products_.with_field) +
                      f * (1 + share_) * products_.rest() / kernel_.at_one();
    return diagonal;
  }

 private:
  void advance() {
    const double u = products_.with_field;
    const double rest = products_.rest();
    const double gram = variance_ * sums_.kernel;
    const double handed_on = u * gram + kernel_.active_fraction() * rest +
                             sums_.lateral * products_.shared + share_ * rest * sums_.derivative;
    const double next = weight_variance_ * gram + bias_variance_;
    const double ratio = weight_variance_ / next;
    const double with_field =
        ratio * ratio * (u * gram * gram + share_ * rest * variance_ * sums_.mixed * sums_.mixed);
    const double left = weight_variance_ * handed_on - next * with_field;
    if (trained_ == model::Trained::field) {
      products_ = {with_field, 0.0, next + left};
    } else {
      const double plain = weight_variance_ * variance_ * kernel_.at_one() + bias_variance_;
      products_ = {with_field, plain, left};
    }
    variance_ = next;
  }

  ThresholdedReluKernel kernel_;
  OffsetSums sums_;
  model::Trained trained_;
  double share_;
  double bias_variance_;
  double weight_variance_;
  double variance_ = 1.0;
  GradientProducts products_{};
};

}  // namespace

double order_statistic_share(std::int64_t width, double active_fraction) {
  const double position = static_cast<double>(width - 1) * (1 - active_fraction);
  const double upper = position - std::floor(position);
  return upper * upper + (1 - upper) * (1 - upper);
}

TangentDiagonal tangent_diagonal(const model::Network& network,
                                 const model::TangentOptions& options, std::int64_t width) {
  if (width < 2) throw model::InputError("simulation.widths", width, "must be at least 2");
  const auto limit = predict_tangent(network, Eigen::MatrixXd::Ones(1, 1), options);
  if (has_nugget(network, options)) {
    const double share = order_statistic_share(width, network.active_fraction());
    return NuggetRecursion(network, options.trained, share).diagonal(network.depth());
  }
  TangentDiagonal diagonal{{}, limit.output_tangent(0, 0)};
  for (const auto& tangent : limit.tangents) diagonal.layers.push_back(tangent(0, 0));
  return diagonal;
}

Eigen::MatrixXd tangents_without_limit(const model::Network& network,
                                       const model::TangentOptions& options,
                                       const model::Deficits& deficits, std::int64_t narrowest) {
  if (!has_nugget(network, options)) return {};
  constexpr double fewest_apart = 5;
  const auto neurons = static_cast<double>(narrowest);
  // Of n neurons order statistic k of h is number n − 1 − k of −h, and quantiles sit on two.
  const bool opposites_share = (neurons - 1) * std::abs(1 - 2 * network.active_fraction()) < 2;
  const double angle = fewest_apart * std::numbers::pi / neurons;
  const double opposite = opposites_share ? 2 - 0.5 * angle * angle : 3;
  const Eigen::ArrayXXd from_one = deficits.values().array();
  return (from_one == 0 || from_one >= opposite).cast<double>();
}

}  // namespace wideproof::theory
