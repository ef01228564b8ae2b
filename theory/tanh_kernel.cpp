// SPDX-License-Identifier: MIT
#include <wideproof/theory/tanh_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/normal_tail.hpp>

namespace wideproof::theory {
namespace {

/// Σ_j x_j y_j weight_j c^{2j+1}
double mehler_sum(const std::vector<double>& x, const std::vector<double>& y,
                  const std::vector<double>& weights, double c) {
  const double square = c * c;
  double sum = 0;
  for (std::size_t j = x.size(); j-- > 0;) {
    sum = sum * square + x[j] * y[j] * weights[j];
  }
  return sum * c;
}

/// Σ_terms weight · scaling^{2j+1}
std::vector<double> mehler_weights(const std::vector<LateralTerm>& terms, std::size_t count) {
  std::vector<double> weights(count, 0.0);
  for (const auto& [weight, scaling] : terms) {
    double power = weight * scaling;
    for (double& w : weights) {
      w += power;
      power *= scaling * scaling;
    }
  }
  return weights;
}

Eigen::MatrixXd mehler_gram(const Eigen::MatrixXd& covariance,
                            const std::vector<LateralTerm>& terms) {
  // Unit-norm inputs share one variance at every layer, so this map nearly always holds one series.
  std::map<double, TanhSeries> series;
  std::vector<const std::vector<double>*> of_input;
  const std::size_t longest = TanhSeries(covariance.diagonal().maxCoeff()).coefficients().size();
  for (Eigen::Index a = 0; a < covariance.rows(); ++a) {
    const auto& known =
        series.try_emplace(covariance(a, a), covariance(a, a), longest).first->second;
    of_input.push_back(&known.coefficients());
  }
  const std::vector<double> weights = mehler_weights(terms, longest);
  return symmetric_matrix(covariance.rows(), [&](auto a, auto b) {
    const double norm = std::sqrt(covariance(a, a) * covariance(b, b));
    const double c = std::clamp(covariance(a, b) / norm, -1.0, 1.0);
    return mehler_sum(*of_input[static_cast<std::size_t>(a)],
                      *of_input[static_cast<std::size_t>(b)], weights, c);
  });
}

}  // namespace

TanhSeries::TanhSeries(double q, std::size_t least_count) {
  for (int orders = 64; orders <= largest_order; orders *= 2) {
    if (expand(q, orders, least_count)) return;
  }
  throw model::InputError(fmt::format(
      "network.weight_variance: drives the variance of h to {}, too large for the tanh kernel's "
      "Hermite series",
      q));
}

bool TanhSeries::expand(double q, int orders, std::size_t least_count) {
  // He_r g grows like exp(a√r + a²/4) at distance a from the real axis and |tanh| ≤ 1 as far as
  // half way to its poles: this step leaves exp(−38) of that.
  const double strip = std::min(6.0, std::numbers::pi / (4 * std::sqrt(q)));
  const double step =
      2 * std::numbers::pi / (38 / strip + std::sqrt(static_cast<double>(orders)) + strip / 4);
  constexpr double range = 13;  // |He_r g|/√(r!) ≤ exp(−x²/4), below 1e-18 there
  const auto count = static_cast<Eigen::Index>(std::ceil(range / step));
  Eigen::ArrayXd x(count);
  for (Eigen::Index i = 0; i < count; ++i) x(i) = step * static_cast<double>(i + 1);
  // The integrands are even and vanish at 0, so that half of the line is summed, twice.
  const Eigen::ArrayXd weighted = x.unaryExpr(
      [=](double u) { return 2 * step * normal_density(u) * std::tanh(std::sqrt(q) * u); });
  mean_square_ = (weighted * (std::sqrt(q) * x).tanh()).sum();
  coefficients_.clear();
  double tail = mean_square_;
  Eigen::ArrayXd before = Eigen::ArrayXd::Ones(count);
  Eigen::ArrayXd hermite = x;
  for (int r = 1; r < orders; ++r) {
    if (r % 2 == 1) {
      coefficients_.push_back((weighted * hermite).sum());
      tail -= coefficients_.back() * coefficients_.back();
      if (tail <= largest_tail && coefficients_.size() >= least_count) return true;
    }
    const Eigen::ArrayXd next =
        (x * hermite - std::sqrt(static_cast<double>(r)) * before) / std::sqrt(r + 1.0);
    before = hermite;
    hermite = next;
  }
  return false;
}

double TanhKernel::operator()(double qa, double qb, double covariance) const {
  // The longer series belongs to the larger variance.
  const TanhSeries larger(std::max(qa, qb));
  const std::size_t count = larger.coefficients().size();
  const TanhSeries smaller(std::min(qa, qb), count);
  return mehler_sum(larger.coefficients(), smaller.coefficients(), std::vector<double>(count, 1.0),
                    std::clamp(covariance / std::sqrt(qa * qb), -1.0, 1.0));
}

Eigen::MatrixXd TanhKernel::gram(const Eigen::MatrixXd& covariance) const {
  return mehler_gram(covariance, {{1.0, 1.0}});
}

Eigen::MatrixXd TanhKernel::lateral_gram(const Eigen::MatrixXd& covariance,
                                         const LateralSum& sum) const {
  return mehler_gram(covariance, sum.others());
}

DualKernel::EntryMap TanhKernel::entry_map(double q, const std::vector<LateralTerm>& terms,
                                           Eigen::Index) const {
  const TanhSeries series(q);
  auto weights = mehler_weights(terms, series.coefficients().size());
  return [q, coefficients = series.coefficients(),
          weights = std::move(weights)](Eigen::Ref<Eigen::ArrayXd> entries) {
    for (double& entry : entries) {
      entry = mehler_sum(coefficients, coefficients, weights, std::clamp(entry / q, -1.0, 1.0));
    }
  };
}

}  // namespace wideproof::theory
