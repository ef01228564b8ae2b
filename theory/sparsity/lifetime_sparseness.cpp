// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/lifetime_sparseness.hpp>

#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>
#include <wideproof/theory/dimension/normal_nodes.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {
namespace {

/// E over standard normal w of value(x), x = (τ − √c w)/√(1−c), which changes fast near x =
/// `where`.
template <class Value>
double over_neurons(double tau, double correlation, double where, const Value& value) {
  const double common = std::sqrt(correlation);
  const double own = std::sqrt(1 - correlation);
  const double scale = own / common;
  const NormalNodes nodes = normal_nodes(
      {{(tau - own * where) / common, scale / (1 + std::abs(where))}, {tau / common, scale}});
  double sum = 0;
  for (Eigen::Index i = 0; i < nodes.x.size(); ++i) {
    sum += nodes.weights(i) * value((tau - common * nodes.x(i)) / own);
  }
  return sum;
}

/// 1 − e_1²/e_2
double lifetime_at(double x) {
  constexpr double all_but_silent = 30;
  if (x > all_but_silent) return 1;
  const ThresholdedReluKernel kernel(x);
  return 1 - kernel.mean() * kernel.mean() / kernel.at_one();
}

}  // namespace

double pooled_lifetime_sparseness(const Eigen::MatrixXd& gram) {
  return 1 - gram.sum() / (static_cast<double>(gram.rows()) * gram.trace());
}

GramRatio lifetime_activity(Eigen::Index inputs) {
  const double share = 1.0 / static_cast<double>(inputs);
  return {Eigen::MatrixXd::Constant(inputs, inputs, share),
          Eigen::MatrixXd::Identity(inputs, inputs)};
}

double equicorrelated_lifetime_sparseness(double tau, double correlation) {
  model::require_between("correlation", correlation, 0, 1);
  const ThresholdedReluKernel kernel(tau);
  return kernel.drop(1.0, 1 - correlation) / kernel.at_one();
}

double mean_lifetime_sparseness(double tau, double correlation) {
  model::require_between("correlation", correlation, 0, 1);
  if (correlation == 0) return lifetime_at(tau);
  if (correlation == 1) return 0;
  return over_neurons(tau, correlation, 0.0, lifetime_at);
}

double silent_fraction(double tau, double correlation, std::int64_t inputs) {
  model::require_between("correlation", correlation, 0, 1);
  if (inputs < 1) throw model::InputError("inputs", inputs, "must be at least 1");
  const auto count = static_cast<double>(inputs);
  const auto all_silent = [&](double x) { return std::exp(count * std::log1p(-normal_tail(x))); };
  if (correlation == 0) return all_silent(tau);
  if (correlation == 1) return normal_tail(-tau);
  const boost::math::normal normal;
  const double where =
      inputs == 1 ? 0.0 : boost::math::quantile(boost::math::complement(normal, 1 / count));
  return over_neurons(tau, correlation, where, all_silent);
}

}  // namespace wideproof::theory
