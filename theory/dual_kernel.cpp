// SPDX-License-Identifier: MIT
#include <wideproof/theory/dual_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <wideproof/theory/rectifier_dual_kernel.hpp>
#include <wideproof/theory/tanh_kernel.hpp>

namespace wideproof::theory {
namespace {

class StepKernel final : public DualKernel {
 public:
  explicit StepKernel(double active_fraction)
      : kernel_(ThresholdedReluKernel::from_active_fraction(active_fraction)) {}
  double operator()(double qa, double qb, double covariance) const override {
    return kernel_.derivative(covariance / std::sqrt(qa * qb));
  }
  double active_fraction() const override { return kernel_.active_fraction(); }

 private:
  ThresholdedReluKernel kernel_;
};

class ErfKernel final : public DualKernel {
 public:
  double operator()(double qa, double qb, double covariance) const override {
    const double sine = 2 * covariance / std::sqrt((1 + 2 * qa) * (1 + 2 * qb));
    return 2 * std::numbers::inv_pi * std::asin(std::clamp(sine, -1.0, 1.0));
  }
};

class LinearKernel final : public DualKernel {
 public:
  double operator()(double, double, double covariance) const override { return covariance; }
};

}  // namespace

Eigen::MatrixXd DualKernel::gram(const Eigen::MatrixXd& covariance) const {
  return symmetric_matrix(covariance.rows(), [&](auto a, auto b) {
    return (*this)(covariance(a, a), covariance(b, b), covariance(a, b));
  });
}

Eigen::MatrixXd DualKernel::lateral_gram(const Eigen::MatrixXd& covariance,
                                         const LateralSum& sum) const {
  return symmetric_matrix(covariance.rows(), [&](auto a, auto b) {
    double value = 0;
    for (const auto& [weight, scaling] : sum.others()) {
      value += weight * (*this)(covariance(a, a), covariance(b, b), scaling * covariance(a, b));
    }
    return value;
  });
}

DualKernel::EntryMap DualKernel::entry_map(double q, const std::vector<LateralTerm>& terms,
                                           Eigen::Index) const {
  return [this, q, terms](Eigen::Ref<Eigen::ArrayXd> entries) {
    for (double& entry : entries) {
      double value = 0;
      for (const auto& [weight, scaling] : terms) value += weight * (*this)(q, q, scaling * entry);
      entry = value;
    }
  };
}

std::unique_ptr<DualKernel> make_dual_kernel(const model::Network& network) {
  using model::Activation;
  switch (network.activation()) {
    case Activation::thresholded_relu:
      return std::make_unique<RectifierDualKernel>(
          ThresholdedReluKernel::from_active_fraction(network.active_fraction()));
    case Activation::relu:
      return std::make_unique<RectifierDualKernel>(ThresholdedReluKernel(0.0));
    case Activation::thresholded_step:
      return std::make_unique<StepKernel>(network.active_fraction());
    case Activation::erf:
      return std::make_unique<ErfKernel>();
    case Activation::tanh:
      return std::make_unique<TanhKernel>();
    case Activation::linear:
      break;
  }
  return std::make_unique<LinearKernel>();
}

}  // namespace wideproof::theory
