// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/smooth_forms.hpp>

#include <cmath>
#include <numbers>

namespace wideproof::theory {
namespace {

constexpr double over_two_pi = std::numbers::inv_pi / 2;

/// p² − r²
double determinant(const GaussianPair& pair) {
  return pair.qa * pair.qb * pair.square_lack();
}

/// 1 + 2b(q_a+q_b) + 4b²(p² − r²), the determinant of 1 + 2bΣ.
double widened(const GaussianPair& pair, double b) {
  return 1 + 2 * b * (pair.qa + pair.qb) + 4 * b * b * determinant(pair);
}

/// e^{−m} − e^{−n}, n − m = `gap`.
double difference(double m, double n, double gap) {
  return gap >= 0 ? -std::exp(-m) * std::expm1(-gap) : std::exp(-n) * std::expm1(gap);
}

/// P(sin(kx + shift) > 0) from the square wave's series, k² the variance: terms until they vanish.
double wave_fraction(double variance, double shift) {
  if (!(variance > 1e-6)) return std::sin(shift) > 0 ? 1 : 0;
  double sum = 0.5;
  for (int n = 1;; n += 2) {
    const double damping = std::exp(-0.5 * n * n * variance);
    if (damping < 1e-18) return sum;
    sum += 2 * std::numbers::inv_pi * std::sin(n * shift) * damping / n;
  }
}

}  // namespace

double GeluForm::value(const GaussianPair& pair) const {
  const double r = pair.covariance();
  const double product = (1 + pair.qa) * (1 + pair.qb);
  const double delta = std::sqrt(1 + pair.qa + pair.qb + determinant(pair));
  const double rest = (r * r / product) / delta + pair.qa * pair.qb / product * delta;
  return r / 4 + over_two_pi * (r * std::atan2(r, delta) + rest);
}

double GeluForm::slope(const GaussianPair& pair) const {
  const double r = pair.covariance();
  const double product = (1 + pair.qa) * (1 + pair.qb);
  const double delta = std::sqrt(1 + pair.qa + pair.qb + determinant(pair));
  const double rest = 1 / (delta * delta) + (2 + pair.qa + pair.qb) / product;
  return 0.25 + over_two_pi * (std::atan2(r, delta) + r / delta * rest);
}

double WaveForm::value(const GaussianPair& pair) const {
  const double b2 = frequency * frequency;
  const double m = b2 * pair.half_difference();
  const double n = b2 * pair.half_sum();
  return is_odd ? 0.5 * difference(m, n, 2 * b2 * pair.covariance())
                : 0.5 * (std::exp(-m) + std::exp(-n));
}

double WaveForm::slope(const GaussianPair& pair) const {
  return frequency * frequency * WaveForm{frequency, !is_odd}.value(pair);
}

double WaveForm::positive_fraction(double variance) const {
  return is_odd ? 0.5 : wave_fraction(frequency * frequency * variance, std::numbers::pi / 2);
}

double RbfForm::value(const GaussianPair& pair) const {
  return std::exp(-2 * rate * pair.half_difference());
}

double RbfForm::positive_fraction(double variance) const {
  return wave_fraction(2 * rate * variance, std::numbers::pi / 4);
}

double ExpForm::value(const GaussianPair& pair) const {
  return std::exp(rate * rate * pair.half_sum());
}

double GaussForm::value(const GaussianPair& pair) const {
  return 1 / std::sqrt(widened(pair, rate));
}

double GaussForm::slope(const GaussianPair& pair) const {
  const double d = widened(pair, rate);
  return 4 * rate * rate * pair.covariance() / (d * std::sqrt(d));
}

double GaborForm::value(const GaussianPair& pair) const {
  const double d = widened(pair, 1);
  const double twice = 2 * determinant(pair);
  return 0.5 / std::sqrt(d) *
         difference((pair.half_difference() + twice) / d, (pair.half_sum() + twice) / d,
                    2 * pair.covariance() / d);
}

double GaborForm::slope(const GaussianPair& pair) const {
  const double d = widened(pair, 1);
  const double r = pair.covariance();
  const double twice = 2 * determinant(pair);
  const double m = (pair.half_difference() + twice) / d;
  const double n = (pair.half_sum() + twice) / d;
  return 0.5 / (d * std::sqrt(d)) *
         (std::exp(-m) * (1 + 8 * r * (1 - m)) + std::exp(-n) * (1 - 8 * r * (1 - n)));
}

double SigmoidLikeForm::value(const GaussianPair& pair) const {
  const double b2 = rate * rate;
  const double root = std::sqrt(widened(pair, b2));
  return 0.25 + over_two_pi * std::atan2(2 * b2 * pair.covariance(), root);
}

double SigmoidLikeForm::slope(const GaussianPair& pair) const {
  const double b2 = rate * rate;
  return b2 * std::numbers::inv_pi / std::sqrt(widened(pair, b2));
}

}  // namespace wideproof::theory
