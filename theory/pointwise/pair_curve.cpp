// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/pair_curve.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace wideproof::theory {
namespace {

double cubic_at(const OctaveCurve::Cubic& c, double s) {
  return c[0] + s * (c[1] + s * (c[2] + s * c[3]));
}

/// The line through the values at 0 and at `end`.
OctaveCurve::Cubic line(double at_zero, double at_end, double end) {
  return {at_zero, (at_end - at_zero) / end, 0, 0};
}

/// From here on values are interpolated themselves.
constexpr double far = 0x1p-3;

/// An OctaveCurve of f.
OctaveCurve curve_of(std::function<double(double)> f) {
  return {
      [f](double low, double high) { return ChebyshevPiece(f, low, high, OctaveCurve::points); },
      [f](double end) { return line(f(0), f(end), end); }};
}

}  // namespace

OctaveCurve::OctaveCurve(std::function<ChebyshevPiece(double, double)> piece,
                         std::function<Cubic(double)> bottom)
    : build_piece_(std::move(piece)), build_bottom_(std::move(bottom)) {}

int OctaveCurve::octave_of(double s) {
  if (!(s > 0)) return octaves;
  return std::clamp(-1 - std::ilogb(s), 0, octaves);
}

const ChebyshevPiece& OctaveCurve::piece(int octave) const {
  const auto index = static_cast<std::size_t>(octave);
  std::call_once(built_[index], [&] {
    pieces_[index] = build_piece_(std::ldexp(1.0, -octave - 1), std::ldexp(1.0, -octave));
  });
  return pieces_[index];
}

const OctaveCurve::Cubic& OctaveCurve::bottom() const {
  std::call_once(built_.back(), [&] { bottom_ = build_bottom_(std::ldexp(1.0, -octaves)); });
  return bottom_;
}

double OctaveCurve::operator()(double s) const {
  const int octave = octave_of(s);
  return octave == octaves ? cubic_at(bottom(), s) : piece(octave)(s);
}

double OctaveCurve::rise_within(int octave, double s, double length) const {
  if (octave < octaves) return piece(octave).rise(s, length);
  const double end = s + length;
  const Cubic& c = bottom();
  return length * (c[1] + c[2] * (s + end) + c[3] * (s * s + s * end + end * end));
}

double OctaveCurve::rise(double s, double length) const {
  const int first = octave_of(s + length);
  double sum = 0;
  for (int octave = octave_of(s); octave > first; --octave) {
    const double boundary = std::ldexp(1.0, -octave);
    sum += rise_within(octave, s, boundary - s);
    length -= boundary - s;
    s = boundary;
  }
  return sum + rise_within(first, s, length);
}

PairCurve::PairCurve(std::shared_ptr<const PairMean> mean, double q)
    : mean_(std::move(mean)),
      q_(q),
      at_one_(mean_->value(GaussianPair::of_deficit(q, 0))),
      slope_(curve_of([this](double s) { return mean_->slope(aligned(s)); })),
      opposite_slope_(curve_of([this](double s) { return mean_->slope(opposite(s)); })),
      drop_([this](double low, double high) { return drop_piece(low, high); },
            [this](double end) { return drop_bottom(end); }),
      opposite_([this](double low, double high) { return opposite_piece(low, high); },
                [this](double end) { return opposite_bottom(end); }) {}

ChebyshevPiece PairCurve::drop_piece(double low, double high) const {
  if (low >= far || !mean_->has_slope(q_)) {
    return {[this](double s) { return mean_->drop(aligned(s)); }, low, high, OctaveCurve::points};
  }
  const ChebyshevPiece slope([this](double s) { return mean_->slope(aligned(s)); }, low, high,
                             OctaveCurve::points);
  return slope.moment_integral(mean_->drop(aligned(low)), 2 * q_);
}

ChebyshevPiece PairCurve::opposite_piece(double low, double high) const {
  if (low >= far || !mean_->has_slope(q_)) {
    return {[this](double s) { return mean_->value(opposite(s)); }, low, high, OctaveCurve::points};
  }
  const ChebyshevPiece slope([this](double s) { return mean_->slope(opposite(s)); }, low, high,
                             OctaveCurve::points);
  return slope.moment_integral(mean_->value(opposite(low)), 2 * q_);
}

OctaveCurve::Cubic PairCurve::opposite_bottom(double end) const {
  const double at_zero = mean_->value(opposite(0));
  if (!mean_->has_slope(q_)) return line(at_zero, mean_->value(opposite(end)), end);
  const auto slope = line(mean_->slope(opposite(0)), mean_->slope(opposite(end)), end);
  return {at_zero, 0, q_ * slope[0], 2 * q_ * slope[1] / 3};
}

OctaveCurve::Cubic PairCurve::drop_bottom(double end) const {
  if (mean_->has_slope(q_)) {
    const auto slope = line(mean_->slope(aligned(0)), mean_->slope(aligned(end)), end);
    return {0, 0, q_ * slope[0], 2 * q_ * slope[1] / 3};
  }
  const double at_end = mean_->drop(aligned(end)) / end;
  const double at_half = 2 * mean_->drop(aligned(0.5 * end)) / end;
  return {0, 2 * at_half - at_end, 2 * (at_end - at_half) / end, 0};
}

double PairCurve::drop(double lack) const {
  return lack <= 1 ? drop_(std::sqrt(std::max(lack, 0.0))) : at_one_ - value(lack);
}

double PairCurve::value(double lack) const {
  if (lack <= 1) return at_one_ - drop(lack);
  return opposite_(std::sqrt(std::max(2 - lack, 0.0)));
}

double PairCurve::slope(double lack) const {
  return lack <= 1 ? slope_(std::sqrt(std::max(lack, 0.0)))
                   : opposite_slope_(std::sqrt(std::max(2 - lack, 0.0)));
}

double PairCurve::fall(double scaling, double delta) const {
  if (scaling == 0 || delta <= 0) return 0;
  const double more = std::abs(scaling) * delta;
  const double lack = std::max(0.0, 1 - std::abs(scaling));
  if (lack + more > 1) {  // across c = 0
    return value(1 - scaling) - value(1 - scaling + scaling * delta);
  }
  const double from = std::sqrt(lack);
  const double length = more / (from + std::sqrt(lack + more));
  return scaling > 0 ? drop_.rise(from, length) : -opposite_.rise(from, length);
}

}  // namespace wideproof::theory
