// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/bias_exponent.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/widths/class_limit.hpp>

namespace wideproof::compare {
namespace {

constexpr double lowest = -3.0;
constexpr double highest = 1.0;
constexpr int steps = 200;
constexpr int halvings = 40;
constexpr double largest_correction = 0.5;

/// Q(e) of fit_bias_exponent.
class Profile {
 public:
  explicit Profile(const BiasSeries& series)
      : ratio_(series.width[0] / series.width.array()),
        bias_(series.bias),
        weight_(series.standard_error.array().square().inverse()),
        next_(series.power == 1.0 ? ratio_ : Eigen::ArrayXd(ratio_.pow(series.power))),
        curved_(static_cast<std::size_t>(series.width.size()) >= widths_for_curvature) {}

  double operator()(double exponent) const { return misfit(exponent, largest_correction); }

  double with_any_correction(double exponent) const {
    return misfit(exponent, std::numeric_limits<double>::infinity());
  }

 private:
  double misfit(double exponent, double bound) const {
    const Eigen::ArrayXd leading = ratio_.pow(-exponent);
    if (!curved_) return along(leading);
    const Eigen::ArrayXd correction = leading * next_;
    const double s11 = (weight_ * leading * leading).sum();
    const double s12 = (weight_ * leading * correction).sum();
    const double s22 = (weight_ * correction * correction).sum();
    const double t1 = (weight_ * leading * bias_).sum();
    const double t2 = (weight_ * correction * bias_).sum();
    const double determinant = s11 * s22 - s12 * s12;
    const double b = (s22 * t1 - s12 * t2) / determinant;
    const double c = (s11 * t2 - s12 * t1) / determinant;
    if (std::abs(c) <= bound * std::abs(b))
      return (weight_ * (bias_ - b * leading - c * correction).square()).sum();
    return std::min(along(leading + bound * correction), along(leading - bound * correction));
  }

  /// The misfit of the best multiple of `shape`.
  double along(const Eigen::ArrayXd& shape) const {
    const double b = (weight_ * shape * bias_).sum() / (weight_ * shape * shape).sum();
    return (weight_ * (bias_ - b * shape).square()).sum();
  }

  Eigen::ArrayXd ratio_;
  Eigen::ArrayXd bias_;
  Eigen::ArrayXd weight_;
  Eigen::ArrayXd next_;  // (n₀/n)^p
  bool curved_;
};

/// Where Q crosses `level` between an exponent inside the interval and one outside it.
double crossing(const Profile& profile, double inside, double outside, double level) {
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (inside + outside);
    (profile(middle) <= level ? inside : outside) = middle;
  }
  return inside;
}

}  // namespace

Exponent fit_bias_exponent(const BiasSeries& series) {
  assert(series.width.size() >= 2);
  const Profile profile(series);
  const double step = (highest - lowest) / steps;
  const auto at = [step](int i) { return lowest + step * i; };
  double best = lowest;
  for (int i = 0; i <= steps; ++i)
    if (profile(at(i)) < profile(best)) best = at(i);
  for (double width = step; width > 1e-9; width *= 0.5)
    for (const double candidate : {best - width, best + width})
      if (candidate >= lowest && candidate <= highest && profile(candidate) < profile(best))
        best = candidate;

  const double least = profile(best);
  const double level =
      least + std::pow(student_upper_quantile(0.025, series.degrees_of_freedom), 2);
  double low = best;
  double high = best;
  for (int i = 0; i <= steps; ++i) {
    if (profile(at(i)) > level) continue;
    low = std::min(low, at(i));
    high = std::max(high, at(i));
  }
  if (low > lowest) low = crossing(profile, low, std::max(lowest, low - step), level);
  if (high < highest) high = crossing(profile, high, std::min(highest, high + step), level);
  const double excess = profile.with_any_correction(series.predicted_exponent()) - least;
  const double p = student_two_sided(std::sqrt(std::max(0.0, excess)), series.degrees_of_freedom);
  return {best, low, high, p, p};
}

std::optional<Exponent> bias_exponent(const std::vector<BiasSeries>& candidates) {
  const auto above_noise = [](const BiasSeries& series) {
    return std::abs(series.bias[0]) / series.standard_error[0];
  };
  const BiasSeries* chosen = nullptr;
  for (const BiasSeries& series : candidates)
    if (series.width.size() >= 2 && above_noise(series) > bias_above_noise &&
        (chosen == nullptr || above_noise(series) > above_noise(*chosen)))
      chosen = &series;
  if (chosen == nullptr) return std::nullopt;
  const Exponent exponent = fit_bias_exponent(*chosen);
  if (exponent.value <= lowest || exponent.value >= highest) return std::nullopt;
  return exponent;
}

}  // namespace wideproof::compare
