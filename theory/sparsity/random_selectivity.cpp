// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/random_selectivity.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Core>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

constexpr double normal_end = 8.5;

struct WeightedPoints {
  Eigen::ArrayXd x, weights;
};

/// Gauss–Legendre of 10 points on each of `panels` panels.
WeightedPoints legendre_points(double low, double high, int panels) {
  using Gauss = boost::math::quadrature::gauss<double, 10>;
  const auto half_count = static_cast<Eigen::Index>(Gauss::abscissa().size());
  WeightedPoints points{Eigen::ArrayXd(2 * half_count * panels),
                        Eigen::ArrayXd(2 * half_count * panels)};
  const double half = 0.5 * (high - low) / panels;
  Eigen::Index k = 0;
  for (int p = 0; p < panels; ++p) {
    for (const double side : {-1.0, 1.0}) {
      for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j, ++k) {
        points.x(k) = low + half * (2 * p + 1 + side * Gauss::abscissa()[j]);
        points.weights(k) = half * Gauss::weights()[j];
      }
    }
  }
  return points;
}

/// ∫₀^∞ e^{−t} … dt of what falls more slowly than e^{−t} rises.
WeightedPoints exponential_points() {
  WeightedPoints points{Eigen::ArrayXd(0), Eigen::ArrayXd(0)};
  const double edges[] = {0, 1, 3, 8, 18, 45};
  for (std::size_t i = 0; i + 1 < std::size(edges); ++i) {
    const WeightedPoints panel = legendre_points(edges[i], edges[i + 1], 1);
    Eigen::ArrayXd x(points.x.size() + panel.x.size());
    Eigen::ArrayXd weights(x.size());
    x << points.x, panel.x;
    weights << points.weights, panel.weights * (-panel.x).exp();
    points = {x, weights};
  }
  return points;
}

/// Mean activity of a class whose normals have the mean h.
class ClassMean {
 public:
  ClassMean(double tau, double correlation_within)
      : tau_(tau), own_(std::sqrt(1 - correlation_within)) {}

  double operator()(double h) const {
    constexpr double silent = 36;
    const double x = (tau_ - h) / own_;
    if (x > silent) return 0;
    return own_ * ThresholdedReluKernel(x).mean();
  }
  double own() const { return own_; }

 private:
  double tau_;
  double own_;
};

/// E[2a/(a+b)] given what classes share.
class GivenCommon {
 public:
  GivenCommon(const ClassMean& mean, double spread, std::int64_t classes)
      : mean_(mean), spread_(spread), classes_(static_cast<double>(classes)) {
    const double scale = std::min(1.0, mean.own() / spread);
    largest_ = legendre_points(-4, normal_end, std::max(2, static_cast<int>(5 / scale)));
    panel_ = 2.5 * scale;
  }

  double operator()(double common) const {
    double sum = 0;
    for (Eigen::Index i = 0; i < largest_.x.size(); ++i) {
      sum += largest_.weights(i) * given_largest(largest_.x(i), common);
    }
    return sum;
  }

 private:
  double given_largest(double v, double common) const {
    const double a = mean_(common + spread_ * v);
    const WeightedPoints others =
        legendre_points(-normal_end, v, static_cast<int>(std::ceil((v + normal_end) / panel_)));
    Eigen::ArrayXd share(others.x.size());
    Eigen::ArrayXd weights(others.x.size());
    for (Eigen::Index j = 0; j < share.size(); ++j) {
      share(j) = a > 0 ? mean_(common + spread_ * others.x(j)) / (a * (classes_ - 1)) : 0.0;
      weights(j) = others.weights(j) * normal_density(others.x(j));
    }
    double sum = 0;
    for (Eigen::Index i = 0; i < exponential_.x.size(); ++i) {
      const double transform = (weights * (-exponential_.x(i) * share).exp()).sum();
      sum += exponential_.weights(i) * std::pow(transform, classes_ - 1);
    }
    return 2 * classes_ * normal_density(v) * sum;
  }

  const ClassMean& mean_;
  double spread_, classes_, panel_;
  WeightedPoints largest_;
  WeightedPoints exponential_ = exponential_points();
};

void require_classes(std::int64_t classes) {
  if (classes < 2) throw model::InputError("classes", classes, "must be at least 2");
}

}  // namespace

double random_selectivity(double tau, double correlation_within, double correlation_between,
                          std::int64_t classes) {
  require_classes(classes);
  model::require_between("correlation_within", correlation_within, 0, 0.99);
  model::require_between("correlation_between", correlation_between, 0, correlation_within);
  if (correlation_between == correlation_within) return 0;
  const ClassMean mean(tau, correlation_within);
  const GivenCommon given(mean, std::sqrt(correlation_within - correlation_between), classes);
  if (correlation_between == 0) return given(0.0) - 1;
  const double common = std::sqrt(correlation_between);
  const double step = 0.5 * std::min(1.0, std::sqrt(1 - correlation_between) / common);
  double sum = 0;
  for (int i = -static_cast<int>(7 / step); i * step <= 7; ++i) {
    sum += step * normal_density(i * step) * given(common * i * step);
  }
  return sum - 1;
}

LargestNormal largest_normal(std::int64_t count) {
  const WeightedPoints points = legendre_points(-normal_end, normal_end, 16);
  const auto number = static_cast<double>(count);
  LargestNormal largest{0, 0};
  for (Eigen::Index i = 0; i < points.x.size(); ++i) {
    const double x = points.x(i);
    const double weight = points.weights(i) * number * normal_density(x) *
                          std::exp((number - 1) * std::log1p(-normal_tail(x)));
    largest.mean += weight * x;
    largest.square += weight * x * x;
  }
  return largest;
}

SelectivityNull selectivity_null(double tau, std::int64_t classes, double class_size) {
  require_classes(classes);
  if (!(class_size >= 1)) throw model::InputError("class_size", class_size, "must be at least 1");
  const TruncatedMoments moments(tau, 0.0);
  const double mean = moments.single(1);
  const double variance = moments.single(2) - mean * mean;
  const double third = moments.single(3) - 3 * mean * moments.single(2) + 2 * mean * mean * mean;
  const double relative = std::sqrt(variance) / mean;
  const double skewness = third / std::pow(variance, 1.5);
  const LargestNormal largest = largest_normal(classes);
  const double others = static_cast<double>(classes) - 1;
  const double gain = (others + 1) / others;
  const double square_of_others = (others - 1 + largest.square) / (others * others);
  return {gain * largest.mean * relative / (2 * std::sqrt(class_size)),
          (gain * skewness * relative * (largest.square - 1) / 12 -
           0.25 * relative * relative * (largest.square - square_of_others)) /
              class_size};
}

}  // namespace wideproof::theory
