// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/function_range.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace wideproof::theory {
namespace {

constexpr double grid_end = 64;
constexpr double grid_step = 0x1p-4;
constexpr double farthest = 37;                 // e^{−x²/2} is a normal double
constexpr double negligible_logarithm = -41.5;  // ln 1e-18
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The grid, off round numbers, with points between near kinks and ends of narrow stretches, and
/// finer ones where φ is given numbers of order 1.
std::vector<double> grid_of(const ScaledFunction& f) {
  std::vector<double> x;
  constexpr double off = 0.4837;
  constexpr auto half_count = static_cast<int>(grid_end / grid_step);
  for (int i = -half_count; i < half_count; ++i) x.push_back((i + off) * grid_step);
  for (int i = -64; i < 64 && f.is_steep(); ++i) x.push_back(f.place((i + off) / 4));
  std::vector<double> ends = f.kinks();
  ends.insert(ends.end(), f.narrow_stretches().begin(), f.narrow_stretches().end());
  std::sort(ends.begin(), ends.end());
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    const double length = ends[i + 1] - ends[i];
    if (std::abs(ends[i]) > grid_end || !(length < 2 * grid_step)) continue;
    for (const double part : {0.25, 0.5, 0.75}) x.push_back(ends[i] + part * length);
  }
  std::sort(x.begin(), x.end());
  return x;
}

/// ln |f| g and ln f² g, up to constants, along the grid.
class Landscape {
 public:
  Landscape(const ScaledFunction& f, Reach reach)
      : f_(f),
        depth_(reach == Reach::of_any ? 2 * negligible_logarithm : negligible_logarithm),
        x_(grid_of(f)),
        y_(x_.size()) {
    f(x_.data(), static_cast<std::int64_t>(x_.size()), y_.data());
    for (std::size_t i = 0; i < x_.size(); ++i) {
      if (!std::isfinite(y_[i]) || y_[i] == 0) continue;
      highest_ = std::max(highest_, once(i));
      highest_square_ = std::max(highest_square_, twice(i));
    }
  }

  bool matters(std::size_t i) const {
    return std::isfinite(y_[i]) && y_[i] != 0 &&
           (once(i) > highest_ + negligible_logarithm || twice(i) > highest_square_ + depth_);
  }

  void fill(FunctionRange* range) const {
    std::size_t first = 0, last = x_.size();
    while (first < last && !matters(first)) ++first;
    if (first == last || is_zero_within_reach()) {
      refuse_unless_zero();
      return;
    }
    while (!matters(last - 1)) --last;
    require_decay(first, last - 1);
    range->first = edge(first, -1);
    range->last = edge(last - 1, 1);
    double square = 0;
    for (std::size_t i = first; i < last; ++i) {
      const double step = 0.5 * (x_[i + 1] - x_[i - 1]);
      square += y_[i] * std::exp(-0.5 * x_[i] * x_[i]) * y_[i] * step;
    }
    range->root_mean_square = std::sqrt(square / std::sqrt(2 * std::numbers::pi));
  }

 private:
  double once(std::size_t i) const { return std::log(std::abs(y_[i])) - 0.5 * x_[i] * x_[i]; }
  double twice(std::size_t i) const { return 2 * std::log(std::abs(y_[i])) - 0.5 * x_[i] * x_[i]; }

  /// The point beyond the outermost one that matters, or the kink on the way from which f is 0.
  double edge(std::size_t i, int direction) const {
    const std::size_t next = i + static_cast<std::size_t>(direction);
    const double end = x_[next];
    if (y_[next] != 0) return end;
    std::optional<double> kink;
    for (const double k : f_.kinks()) {
      const bool is_between = (k - x_[i]) * direction >= 0 && (end - k) * direction >= 0;
      if (is_between && (!kink || (k - *kink) * direction > 0)) kink = k;
    }
    return kink && is_zero(*kink, end) ? *kink : end;
  }

  /// From one place to another, both left out.
  bool is_zero(double from, double to) const {
    std::vector<double> x;
    for (const double part : {1e-6, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 0.6, 0.9})
      x.push_back(from + part * (to - from));
    f_(x.data(), static_cast<std::int64_t>(x.size()), x.data());
    return std::all_of(x.begin(), x.end(), [](double y) { return y == 0; });
  }

  bool is_zero_within_reach() const {
    for (std::size_t i = 0; i < x_.size(); ++i) {
      if (std::abs(x_[i]) <= farthest && y_[i] != 0) return false;
    }
    return true;
  }

  void refuse_unless_zero() const {
    for (std::size_t i = 0; i < x_.size(); ++i) {
      if (std::abs(x_[i]) <= farthest && !std::isfinite(y_[i])) refuse_value(i);
    }
  }

  void require_decay(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i <= last; ++i) {
      if (!std::isfinite(y_[i])) refuse_value(i);
    }
    for (const auto& [end, direction] : {std::pair{first, -1}, std::pair{last, 1}}) {
      if (std::abs(x_[end]) > farthest) refuse_growth();
      const std::size_t next = end + static_cast<std::size_t>(direction);
      if (std::isfinite(y_[next])) continue;
      if (std::isinf(y_[next]) && highest_square_ - twice(end) < 1) refuse_growth();
      refuse_value(next);
    }
  }

  [[noreturn]] void refuse_value(std::size_t i) const {
    f_.function().refuse(
        fmt::format("{} is {} at x = {:.6g}, within reach of h, whose variance is "
                    "{:.6g}",
                    f_.symbol(), std::isnan(y_[i]) ? "not a number" : "infinite",
                    f_.argument(x_[i]), f_.variance()));
  }

  [[noreturn]] void refuse_growth() const {
    f_.function().refuse(
        fmt::format("the mean of {}^2 does not exist, or is beyond doubles, where the "
                    "variance of h is {:.6g}: the function grows too fast",
                    f_.symbol(), f_.variance()));
  }

  const ScaledFunction& f_;
  double depth_;
  std::vector<double> x_, y_;
  double highest_ = -infinity;
  double highest_square_ = -infinity;
};

}  // namespace

FunctionRange::FunctionRange(const ScaledFunction& f, Reach reach) {
  Landscape(f, reach).fill(this);
}

}  // namespace wideproof::theory
