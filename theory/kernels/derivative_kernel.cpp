// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/derivative_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>
#include <optional>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/derivative_interpolant.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/pointwise_kernel.hpp>
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>
#include <wideproof/theory/kernels/tanh_kernel.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {
namespace {

/// L_τ. More than `RectifierDualKernel::exact_evaluations` values go through DerivativeInterpolant.
class RectifierDerivative final : public DerivativeKernel {
 public:
  explicit RectifierDerivative(const ThresholdedReluKernel& kernel) : kernel_(kernel) {}
  double operator()(double qa, double qb, double covariance) const override {
    return kernel_.derivative(covariance / std::sqrt(qa * qb));
  }
  double of_pair(double, double scaling, double delta) const override {
    return kernel_.active_fraction() - kernel_.derivative_drop(1.0, scaled(scaling, delta));
  }
  DualKernel::EntryMap pair_map(double q, const std::vector<LateralTerm>& terms,
                                Eigen::Index entries) const override {
    const auto values = entries * static_cast<Eigen::Index>(terms.size());
    if (values <= RectifierDualKernel::exact_evaluations) {
      return DerivativeKernel::pair_map(q, terms, entries);
    }
    std::call_once(built_, [this] { interpolant_.emplace(kernel_); });
    return [&interpolant = *interpolant_, terms](Eigen::Ref<Eigen::ArrayXd> deficits) {
      for (double& entry : deficits) {
        double value = 0;
        for (const auto& [weight, scaling] : terms) {
          value += weight * interpolant.of_deficit(scaled(scaling, entry));
        }
        entry = value;
      }
    };
  }

 private:
  /// The deficit of A(1−δ).
  static double scaled(double scaling, double delta) {
    return std::clamp(1 - scaling + scaling * delta, 0.0, 2.0);
  }

  ThresholdedReluKernel kernel_;
  mutable std::once_flag built_;
  mutable std::optional<DerivativeInterpolant> interpolant_;
};

class ErfDerivative final : public DerivativeKernel {
 public:
  double operator()(double qa, double qb, double covariance) const override {
    const double square = (1 + 2 * qa) * (1 + 2 * qb) - 4 * covariance * covariance;
    return 4 * std::numbers::inv_pi / std::sqrt(square);
  }
  double of_pair(double q, double scaling, double delta) const override {
    const double lacks = 1 - scaling + scaling * delta;
    return 4 * std::numbers::inv_pi / std::sqrt((1 + 2 * q * lacks) * (1 + 2 * q * (2 - lacks)));
  }
};

/// Σ_j weight_j x^{2j}
double even_sum(const std::vector<double>& weights, double x) {
  double sum = 0;
  for (std::size_t j = weights.size(); j-- > 0;) sum = sum * x * x + weights[j];
  return sum;
}

/// Σ_terms weight (2j+1) a² scaling^{2j}/q
std::vector<double> weights_of_tanh(double q, const std::vector<LateralTerm>& terms) {
  const TanhSeries series = TanhSeries::for_drops(q);
  std::vector<double> weights(series.coefficients().size(), 0.0);
  for (const auto& [weight, scaling] : terms) {
    double power = weight / q;
    for (double& w : weights) {
      w += power;
      power *= scaling * scaling;
    }
  }
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const double a = series.coefficients()[j];
    weights[j] *= static_cast<double>(2 * j + 1) * a * a;
  }
  return weights;
}

class TanhDerivative final : public DerivativeKernel {
 public:
  double operator()(double qa, double qb, double covariance) const override {
    const auto one = TanhSeries::for_drops(qa).coefficients();
    const auto other = TanhSeries::for_drops(qb).coefficients();
    const double norm = std::sqrt(qa * qb);
    std::vector<double> weights(std::min(one.size(), other.size()));
    for (std::size_t j = 0; j < weights.size(); ++j) {
      weights[j] = static_cast<double>(2 * j + 1) * one[j] * other[j] / norm;
    }
    return even_sum(weights, std::clamp(covariance / norm, -1.0, 1.0));
  }
  DualKernel::EntryMap pair_map(double q, const std::vector<LateralTerm>& terms,
                                Eigen::Index) const override {
    return [weights = weights_of_tanh(q, terms)](Eigen::Ref<Eigen::ArrayXd> deficits) {
      for (double& entry : deficits) entry = even_sum(weights, 1 - entry);
    };
  }
};

class LinearDerivative final : public DerivativeKernel {
 public:
  double operator()(double, double, double) const override { return 1; }
};

}  // namespace

DualKernel::EntryMap DerivativeKernel::pair_map(double q, const std::vector<LateralTerm>& terms,
                                                Eigen::Index) const {
  return [this, q, terms](Eigen::Ref<Eigen::ArrayXd> deficits) {
    for (double& entry : deficits) {
      double value = 0;
      for (const auto& [weight, scaling] : terms) value += weight * of_pair(q, scaling, entry);
      entry = value;
    }
  };
}

std::unique_ptr<DerivativeKernel> make_derivative_kernel(const model::Network& network) {
  using model::Activation;
  switch (network.activation()) {
    case Activation::thresholded_relu:
      return std::make_unique<RectifierDerivative>(
          ThresholdedReluKernel::from_active_fraction(network.active_fraction()));
    case Activation::relu:
      return std::make_unique<RectifierDerivative>(ThresholdedReluKernel(0.0));
    case Activation::erf:
      return std::make_unique<ErfDerivative>();
    case Activation::tanh:
      return std::make_unique<TanhDerivative>();
    case Activation::linear:
      return std::make_unique<LinearDerivative>();
    case Activation::pointwise:
      return make_pointwise_derivative(network.function(), network.shared_nonlinearity());
    case Activation::thresholded_pointwise:
      return make_pointwise_derivative(network.function(), network.shared_nonlinearity(),
                                       tau_of(network.active_fraction()));
    case Activation::sparse_projection:
      throw model::InputError("network.activation", model::in_quotes("sparse-projection"),
                              "has no tangent kernel that is derived");
    case Activation::thresholded_step:
      break;
  }
  throw model::InputError("network.activation", model::in_quotes(name_of(network.activation())),
                          "has no derivative but 0, so that it has no tangent kernel");
}

std::vector<LateralTerm> derivative_terms(const LateralSum& sum) {
  std::vector<LateralTerm> terms;
  for (const auto& [weight, scaling] : sum.others()) {
    if (scaling != 0) terms.push_back({weight * scaling, scaling});
  }
  return terms;
}

}  // namespace wideproof::theory
