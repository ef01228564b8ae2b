// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/dual_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <wideproof/theory/kernels/arcsine_drop.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/pointwise_kernel.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>
#include <wideproof/theory/kernels/tanh_kernel.hpp>

namespace wideproof::theory {
namespace {

class StepKernel final : public DualKernel {
 public:
  explicit StepKernel(double active_fraction)
      : kernel_(ThresholdedReluKernel::from_active_fraction(active_fraction)) {}
  double operator()(double qa, double qb, double covariance) const override {
    return kernel_.derivative(covariance / std::sqrt(qa * qb));
  }
  double drop(double, double scaling, double delta) const override {
    return kernel_.derivative_drop(scaling, delta);
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
  double drop(double q, double scaling, double delta) const override {
    const double short_of_one = (1 + 2 * q * (1 - std::abs(scaling))) / (1 + 2 * q);
    return 2 * std::numbers::inv_pi *
           arcsine_drop(2 * q * scaling / (1 + 2 * q), short_of_one, delta);
  }
};

class LinearKernel final : public DualKernel {
 public:
  double operator()(double, double, double covariance) const override { return covariance; }
  double drop(double q, double scaling, double delta) const override { return q * scaling * delta; }
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

DualKernel::EntryMap DualKernel::drop_map(double q, const std::vector<LateralTerm>& terms,
                                          Eigen::Index) const {
  return [this, q, terms](Eigen::Ref<Eigen::ArrayXd> deficits) {
    for (double& entry : deficits) {
      double value = 0;
      for (const auto& [weight, scaling] : terms) value += weight * drop(q, scaling, entry);
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
    case Activation::sparse_projection:
      return make_projection_kernel(network.sparseness(), network.is_signed());
    case Activation::pointwise:
      return make_pointwise_kernel(network.function(), network.shared_nonlinearity());
    case Activation::thresholded_pointwise:
      return make_pointwise_kernel(network.function(), network.shared_nonlinearity(),
                                   tau_of(network.active_fraction()));
    case Activation::linear:
      break;
  }
  return std::make_unique<LinearKernel>();
}

}  // namespace wideproof::theory
