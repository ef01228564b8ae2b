// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/tanh_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <stdexcept>
#include <utility>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

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

/// What a series' `tail` adds where the pair coincides or is opposite.
double tail_at(double c, double tail) {
  return std::abs(c) >= 1 ? std::copysign(tail, c) : 0.0;
}

/// Weight of the terms that see the pair itself.
double own_weight(const std::vector<LateralTerm>& terms) {
  double sum = 0;
  for (const auto& [weight, scaling] : terms) sum += scaling == 1 ? weight : 0.0;
  return sum;
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
  std::vector<const TanhSeries*> of_input;
  const std::size_t longest = TanhSeries(covariance.diagonal().maxCoeff()).coefficients().size();
  for (Eigen::Index a = 0; a < covariance.rows(); ++a) {
    const auto& known =
        series.try_emplace(covariance(a, a), covariance(a, a), longest).first->second;
    of_input.push_back(&known);
  }
  const std::vector<double> weights = mehler_weights(terms, longest);
  return symmetric_matrix(covariance.rows(), [&](auto a, auto b) {
    const double norm = std::sqrt(covariance(a, a) * covariance(b, b));
    const double c = std::clamp(covariance(a, b) / norm, -1.0, 1.0);
    const auto& one = *of_input[static_cast<std::size_t>(a)];
    const auto& other = *of_input[static_cast<std::size_t>(b)];
    const double tail = &one == &other ? own_weight(terms) * one.tail() : 0.0;
    return mehler_sum(one.coefficients(), other.coefficients(), weights, c) + tail_at(c, tail);
  });
}

void require_reach(double q) {
  if (q <= TanhSeries::largest_variance) return;
  throw model::InputError("variance of h", q,
                          fmt::format("is too large for the Hermite series of tanh, which is "
                                      "computed up to {}",
                                      TanhSeries::largest_variance));
}

}  // namespace

TanhSeries::TanhSeries(double q, std::size_t least_count) {
  require_reach(q);
  for (int orders = 64; orders <= largest_order; orders *= 2) {
    const auto enough = [&](double tail, double) {
      return tail <= largest_tail && coefficients_.size() >= least_count;
    };
    if (expand(q, orders, enough)) return;
  }
  throw std::logic_error(
      fmt::format("TanhSeries: {} orders do not do for q = {}", largest_order, q));
}

double TanhSeries::tail() const {
  double rest = mean_square_;
  for (const double a : coefficients_) rest -= a * a;
  return rest;
}

TanhSeries TanhSeries::for_drops(double q) {
  require_reach(q);
  // r a_r² falls like exp(−2d√r), d the distance of the poles: beyond r there is √r/d of it.
  const double distance = std::numbers::pi / (2 * std::sqrt(q));
  TanhSeries series;
  const auto enough = [&](double, double last_share) {
    const double r = 2.0 * static_cast<double>(series.coefficients_.size());
    return last_share * (std::sqrt(r) / distance + 2) <= slope_tail;
  };
  constexpr int most_orders = 2 * largest_order;
  const int likely_orders = static_cast<int>(std::min<double>(most_orders, 64 + 256 * q));
  for (int orders = likely_orders; orders <= most_orders; orders *= 2) {
    if (series.expand(q, orders, enough)) break;
  }
  return series;
}

template <class Enough>
bool TanhSeries::expand(double q, int orders, const Enough& enough) {
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
  const double mean_square_slope =
      step * normal_density(0) + x.unaryExpr([=](double u) {
                                    const double z = std::tanh(std::sqrt(q) * u);
                                    return 2 * step * normal_density(u) * (1 - z * z) * (1 - z * z);
                                  }).sum();
  coefficients_.clear();
  double tail = mean_square_;
  Eigen::ArrayXd before = Eigen::ArrayXd::Ones(count);
  Eigen::ArrayXd hermite = x;
  for (int r = 1; r < orders; ++r) {
    if (r % 2 == 1) {
      coefficients_.push_back((weighted * hermite).sum());
      const double square = coefficients_.back() * coefficients_.back();
      tail -= square;
      if (enough(tail, r * square / (q * mean_square_slope))) return true;
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
  const double c = std::clamp(covariance / std::sqrt(qa * qb), -1.0, 1.0);
  return mehler_sum(larger.coefficients(), smaller.coefficients(), std::vector<double>(count, 1.0),
                    c) +
         tail_at(c, qa == qb ? larger.tail() : 0.0);
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
  return [q, coefficients = series.coefficients(), weights = std::move(weights),
          tail = own_weight(terms) * series.tail()](Eigen::Ref<Eigen::ArrayXd> entries) {
    for (double& entry : entries) {
      const double c = std::clamp(entry / q, -1.0, 1.0);
      entry = mehler_sum(coefficients, coefficients, weights, c) + tail_at(c, tail);
    }
  };
}

double TanhKernel::drop(double q, double scaling, double delta) const {
  Eigen::ArrayXd entry = Eigen::ArrayXd::Constant(1, delta);
  drop_map(q, {{1.0, scaling}}, 1)(entry);
  return entry(0);
}

DualKernel::EntryMap TanhKernel::drop_map(double q, const std::vector<LateralTerm>& terms,
                                          Eigen::Index) const {
  const TanhSeries series = TanhSeries::for_drops(q);
  std::vector<double> tails = mehler_weights(terms, series.coefficients().size());
  double tail = 0;
  for (std::size_t j = tails.size(); j-- > 0;) {
    tail += tails[j] * series.coefficients()[j] * series.coefficients()[j];
    tails[j] = tail;
  }
  return [tails = std::move(tails)](Eigen::Ref<Eigen::ArrayXd> deficits) {
    for (double& delta : deficits) {
      const double x = 1 - delta;
      double sum = 0;
      for (std::size_t i = tails.size(); i-- > 1;) sum = sum * x * x + tails[i];
      delta *= tails[0] + (2 - delta) * x * sum;
    }
  };
}

}  // namespace wideproof::theory
