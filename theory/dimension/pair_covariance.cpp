// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/pair_covariance.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/theory/dimension/quenched_response.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;

bool bends(Activation activation) {
  return activation == Activation::tanh || activation == Activation::erf;
}

double activation_at(Activation activation, double field) {
  switch (activation) {
    case Activation::tanh:
      return std::tanh(field);
    case Activation::erf:
      return std::erf(field);
    case Activation::linear:
      return field;
    case Activation::relu:
    case Activation::thresholded_relu:
      return std::max(field, 0.0);
    case Activation::thresholded_step:
      return field > 0 ? 1 : 0;
    case Activation::sparse_projection:
    case Activation::pointwise:
    case Activation::thresholded_pointwise:
      break;  // DimensionSpec refuses it
  }
  return 0;
}

}  // namespace

Transition response_transition(Activation activation, const FieldLaw& field) {
  const double root = std::sqrt(field.variance);
  return {-field.mean / root, bends(activation) ? 1 / root : 0};
}

double pair_covariance(Activation activation, const FieldLaw& one, const FieldLaw& other,
                       double covariance) {
  if (one.variance == 0 || other.variance == 0 || covariance == 0) return 0;
  if (activation == Activation::linear) return covariance;
  const double root = std::sqrt(one.variance);
  const double slope = covariance / root;  // √Δ₂ c
  const double rest = std::max(0.0, other.variance - slope * slope);
  const double bend = ((bends(activation) ? 1 : 0) + std::sqrt(rest)) / std::abs(slope);
  const auto nodes =
      normal_nodes({response_transition(activation, one), {-other.mean / slope, bend}});
  const double mean = quenched_response(activation, one.variance, one.mean).mean;
  const double other_mean = quenched_response(activation, other.variance, other.mean).mean;
  double sum = 0;
  for (Eigen::Index k = 0; k < nodes.x.size(); ++k) {
    const double x = nodes.x(k);
    const double here =
        quenched_response(activation, rest, other.mean + slope * x).mean - other_mean;
    sum += nodes.weights(k) * (activation_at(activation, root * x + one.mean) - mean) * here;
  }
  return sum;
}

Eigen::ArrayXd response_coefficients(Activation activation, const FieldLaw& field,
                                     Eigen::Index count) {
  Eigen::ArrayXd coefficients = Eigen::ArrayXd::Zero(count);
  if (field.variance == 0) return coefficients;
  const auto nodes = normal_nodes({response_transition(activation, field)});
  const double root = std::sqrt(field.variance);
  const double mean = quenched_response(activation, field.variance, field.mean).mean;
  const Eigen::ArrayXd weighted = nodes.weights * nodes.x.unaryExpr([&](double x) {
    return activation_at(activation, root * x + field.mean) - mean;
  });
  Eigen::ArrayXd before = Eigen::ArrayXd::Ones(nodes.x.size());
  Eigen::ArrayXd hermite = nodes.x;
  for (Eigen::Index k = 1; k <= count; ++k) {
    coefficients(k - 1) = (weighted * hermite).sum();
    const auto degree = static_cast<double>(k);
    before = (nodes.x * hermite - std::sqrt(degree) * before) / std::sqrt(degree + 1);
    std::swap(before, hermite);
  }
  return coefficients;
}

}  // namespace wideproof::theory
