// SPDX-License-Identifier: MIT
#include <wideproof/sim/projection/sparseness_projection.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <wideproof/sim/projection/deficit_kernels.hpp>
#include <wideproof/sim/projection/projection_support.hpp>

namespace wideproof::sim {
namespace {

/// Relative distance of d from (λ₁/λ₂)² below which d equal entries are the projection.
constexpr double rounding = 0x1p-46;

template <class Number>
Number signed_as(Number magnitude, Number x, bool is_signed) {
  return is_signed && std::signbit(x) ? -magnitude : magnitude;
}

/// w = top − |x|, rounded as where deficits are counted.
template <class Number>
double deficit_of(Number x, double top, bool is_signed) {
  return top - static_cast<double>(is_signed ? std::abs(x) : x);
}

/// More than `ratio`² entries, those of deficits up to `largest`, share the top: the first ones get
/// all.
template <class Number>
void share_among_ties(Number* x, std::int64_t size, double top, double largest, double ratio,
                      double norm, bool is_signed) {
  const double square = ratio * ratio;
  const auto count = std::max<std::int64_t>(std::llround(std::ceil(square * (1 - rounding))), 1);
  const auto k = static_cast<double>(count);
  const double mean = ratio * norm / k;
  const double spare = std::max(norm * norm - mean * mean * k, 0.0);
  const double apart = count > 1 ? std::sqrt(spare / (k * (k - 1))) : 0;
  std::int64_t given = 0;
  for (std::int64_t i = 0; i < size; ++i) {
    double share = 0;
    if (deficit_of(x[i], top, is_signed) <= largest && given < count) {
      ++given;
      share = given < count || count == 1 ? mean + apart : mean - (k - 1) * apart;
    }
    x[i] = signed_as(static_cast<Number>(std::max(share, 0.0)), x[i], is_signed);
    if (x[i] == 0) x[i] = 0;
  }
}

/// e of the 2^e by which `x` is divided so that squares of differences are numbers: 0 but for the
/// largest and smallest doubles.
int exponent_of(const double* x, std::int64_t size) {
  constexpr int safe = 400;
  const double largest = top_of(x, size, true);
  if (largest == 0 || !std::isfinite(largest)) return 0;
  const int exponent = std::ilogb(largest);
  return std::abs(exponent) <= safe ? 0 : exponent;
}

template <class Number>
void pass_back(const ProjectionScale& scale, const Number* p, std::int64_t size, Number* g) {
  if (scale.beta == 0) {
    std::fill(g, g + size, Number(0));
    return;
  }
  double d = 0;
  double mean = 0;       // of |p| on the support
  double along_one = 0;  // Σ sgn(p) g
  for (std::int64_t i = 0; i < size; ++i) {
    if (p[i] == 0) continue;
    ++d;
    mean += std::abs(static_cast<double>(p[i]));
    along_one += p[i] > 0 ? static_cast<double>(g[i]) : -static_cast<double>(g[i]);
  }
  mean /= d;
  double square = 0;   // ‖r‖²
  double along_r = 0;  // Σ r_i sgn(p_i) g_i
  for (std::int64_t i = 0; i < size; ++i) {
    if (p[i] == 0) continue;
    const double r = std::abs(static_cast<double>(p[i])) - mean;
    square += r * r;
    along_r += p[i] > 0 ? r * static_cast<double>(g[i]) : -r * static_cast<double>(g[i]);
  }
  const double of_r = square > 0 ? along_r / square : 0;
  for (std::int64_t i = 0; i < size; ++i) {
    if (p[i] == 0) {
      g[i] = 0;
      continue;
    }
    const double sign = p[i] > 0 ? 1 : -1;
    const double r = std::abs(static_cast<double>(p[i])) - mean;
    const double own = sign * static_cast<double>(g[i]);
    g[i] = static_cast<Number>(sign * scale.beta * (own - along_one / d - r * of_r));
  }
}

}  // namespace

SparsenessProjection::SparsenessProjection(std::int64_t size, double ratio, double norm,
                                           bool is_signed)
    : size_(size), ratio_(ratio), norm_(norm), is_signed_(is_signed) {
  const double most = std::sqrt(static_cast<double>(size));
  const bool fits = size > 0 && ratio >= 1 - rounding && ratio <= most * (1 + rounding);
  if (!fits || !(norm > 0) || !std::isfinite(norm)) {
    throw std::invalid_argument("SparsenessProjection: no vector has that sum and norm");
  }
  ratio_ = std::clamp(ratio, 1.0, most);
}

SparsenessProjection SparsenessProjection::of_hoyer(std::int64_t size, double sparseness,
                                                    double norm, bool is_signed) {
  const double most = std::sqrt(static_cast<double>(size));
  return {size, most - sparseness * (most - 1), norm, is_signed};
}

template <class Number>
ProjectionScale SparsenessProjection::project(Number* x) {
  const double square = ratio_ * ratio_;
  const auto [top, sums] = find_support(x, size_, square, is_signed_, candidates_);
  const auto d = static_cast<double>(sums.count);
  const double spread = sums.spread();
  if (spread <= 0 || d <= square * (1 + rounding)) {
    // All of the support alike: at the top, or, where every entry is active at (λ₁/λ₂)² = n, all.
    if (d <= square * (1 + rounding)) {
      const auto alike = static_cast<Number>(ratio_ * norm_ / d);
      for (std::int64_t i = 0; i < size_; ++i) {
        const bool is_in = deficit_of(x[i], top, is_signed_) <= sums.largest;
        x[i] = is_in ? signed_as(alike, x[i], is_signed_) : Number(0);
      }
    } else {
      share_among_ties(x, size_, top, sums.largest, ratio_, norm_, is_signed_);
    }
    return {.alpha = top, .beta = 0, .support = sums.count};
  }
  // In deficits w = top − |x|, of mean m on the support: p = β (a − w), α = top − a.
  const double a = sums.root(square);
  const double above = a - sums.sum / d;
  const double beta = norm_ / std::sqrt(d * above * above + spread);
  scale_below(x, size_, top, a, beta, is_signed_);
  return {.alpha = top - a, .beta = beta, .support = sums.count};
}

ProjectionScale SparsenessProjection::operator()(float* x) {
  return project(x);
}
ProjectionScale SparsenessProjection::operator()(double* x) {
  const int exponent = exponent_of(x, size_);
  if (exponent == 0) return project(x);
  for (std::int64_t i = 0; i < size_; ++i) x[i] = std::scalbn(x[i], -exponent);
  auto scale = project(x);
  scale.alpha = std::scalbn(scale.alpha, exponent);
  scale.beta = std::min(std::scalbn(scale.beta, -exponent), std::numeric_limits<double>::max());
  return scale;
}

void pass_back_projection(const ProjectionScale& scale, const float* p, std::int64_t size,
                          float* g) {
  pass_back(scale, p, size, g);
}
void pass_back_projection(const ProjectionScale& scale, const double* p, std::int64_t size,
                          double* g) {
  pass_back(scale, p, size, g);
}

}  // namespace wideproof::sim
