// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/function_panels.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numbers>

#include <fmt/format.h>

#include <wideproof/theory/pointwise/function_range.hpp>
#include <wideproof/theory/pointwise/gauss_rule.hpp>

namespace wideproof::theory {
namespace {

constexpr int points = 16;
using Rule = GaussRule<points>;
using Coefficients = std::array<double, points>;

double density(double x) {
  return std::exp(-0.5 * x * x) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double root_density(double x) {
  return std::exp(-0.25 * x * x) * std::sqrt(std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

/// P_0(t), …
Coefficients legendre_at(double t) {
  Coefficients p{};
  p[0] = 1;
  p[1] = t;
  for (std::size_t k = 1; k + 1 < points; ++k) {
    const auto n = static_cast<double>(k);
    p[k + 1] = ((2 * n + 1) * t * p[k] - n * p[k - 1]) / (n + 1);
  }
  return p;
}

/// Rows (2k+1)/2 w_i P_k(t_i): what takes values at the points to Legendre coefficients.
std::array<Coefficients, points> legendre_transform() {
  std::array<Coefficients, points> rows{};
  const Rule& rule = Rule::instance();
  for (std::size_t i = 0; i < points; ++i) {
    const Coefficients p = legendre_at(rule.node[i]);
    for (std::size_t k = 0; k < points; ++k) {
      rows[k][i] = 0.5 * (2.0 * static_cast<double>(k) + 1) * rule.weight[i] * p[k];
    }
  }
  return rows;
}

/// Places between the points of the rule, and closer to the ends, where the polynomial is held
/// against f.
constexpr std::array<double, 18> probes = {
    -0.97,       -0.71,       -0.43,       -0.15,       0.11,        0.37,
    0.63,        0.93,        0x1p-10 - 1, 1 - 0x1p-10, 0x1p-14 - 1, 1 - 0x1p-14,
    0x1p-18 - 1, 1 - 0x1p-18, 0x1p-22 - 1, 1 - 0x1p-22, 0x1p-26 - 1, 1 - 0x1p-26};

/// Where φ is given these, panels end if it is steep.
constexpr std::array<double, 11> scale_ends = {-32, -16, -8, -4, -2, 0, 2, 4, 8, 16, 32};

}  // namespace

/// Halves panels until f is resolved on each.
class FunctionPanels::Halving {
 public:
  Halving(const ScaledFunction& f, double root_mean_square, std::vector<Panel>* panels)
      : f_(f), scale_(root_mean_square), panels_(panels) {}

  void operator()(double low, double high) { halve(low, high, tail_of(low, high), 0); }

 private:
  static constexpr double resolved = 5e-9;
  static constexpr double hidden = 1e-13;
  static constexpr double negligible = 1e-18;
  static constexpr int most_halvings = 50;
  static constexpr std::size_t most_panels = 160;

  struct Tail {
    double misses;   ///< what the polynomial of 16 points misses of f √g, about
    double hides;    ///< of that, what no coefficient tells of, since it lies between the points
    double largest;  ///< |f √g|
  };

  Tail tail_of(double low, double high) const {
    static const auto transform = legendre_transform();
    const double centre = 0.5 * (low + high);
    const double half = 0.5 * (high - low);
    std::array<double, points + probes.size()> y{};
    for (std::size_t i = 0; i < points; ++i) y[i] = centre + half * Rule::instance().node[i];
    for (std::size_t i = 0; i < probes.size(); ++i) y[points + i] = centre + half * probes[i];
    const auto x = y;
    f_(y.data(), static_cast<std::int64_t>(y.size()), y.data());
    for (std::size_t i = 0; i < y.size(); ++i) y[i] *= root_density(x[i]);
    Coefficients c{};
    for (std::size_t k = 0; k < points; ++k) {
      for (std::size_t i = 0; i < points; ++i) c[k] += transform[k][i] * y[i];
    }
    const double last = std::max(std::abs(c[points - 1]), std::abs(c[points - 2]));
    double probed = 0;
    for (std::size_t i = 0; i < probes.size(); ++i) {
      const Coefficients p = legendre_at(probes[i]);
      double value = 0;
      for (std::size_t k = 0; k < points; ++k) value += c[k] * p[k];
      probed = std::max(probed, std::abs(value - y[points + i]));
    }
    Tail tail{std::max(last, 0.1 * probed), probed > 30 * last ? probed : 0, 0};
    for (const double v : y) tail.largest = std::max(tail.largest, std::abs(v));
    if (!std::isfinite(tail.misses) || !std::isfinite(tail.largest))
      refuse(low, high, "is not finite");
    return tail;
  }

  void halve(double low, double high, const Tail& tail, int depth) {
    const double missed = tail.misses;
    const bool is_resolved = missed <= resolved * scale_ && tail.hides <= hidden * scale_;
    if (is_resolved || missed * (high - low) <= negligible * scale_) {
      add(low, high, depth);
      return;
    }
    const double middle = 0.5 * (low + high);
    if (depth == most_halvings) refuse(low, high, "changes too fast to be integrated");
    const Tail below = tail_of(low, middle);
    const Tail above = tail_of(middle, high);
    // What halving does not lessen is rounding.
    const double least = std::min(below.misses, above.misses);
    if (tail.misses < 1e-4 * tail.largest && least > 0.3 * tail.misses) {
      add(low, high, depth);
      return;
    }
    halve(low, middle, below, depth + 1);
    halve(middle, high, above, depth + 1);
  }

  void add(double low, double high, int depth) {
    if (panels_->size() == most_panels) refuse(low, high, "changes too fast to be integrated");
    const bool is_at_scale = f_.is_steep() && high - low < 0.5 * longest &&
                             std::abs(f_.argument(0.5 * (low + high))) < scale_ends.back();
    const bool is_narrow = !f_.narrow_stretches().empty() && high - low < 0.25 * longest;
    panels_->push_back({low, high, depth > 0 || is_at_scale || is_narrow});
  }

  [[noreturn]] void refuse(double low, double high, std::string_view what) const {
    f_.function().refuse(
        fmt::format("{} {} near x = {:.10g}, within reach of h, whose variance is {:.6g}",
                    f_.symbol(), what, f_.argument(0.5 * (low + high)), f_.variance()));
  }

  const ScaledFunction& f_;
  double scale_;
  std::vector<Panel>* panels_;
};

FunctionPanels::FunctionPanels(const LayerFunction& function, Part part, double variance,
                               Reach reach)
    : f_(function, part, variance) {
  const FunctionRange range(f_, reach);
  if (range.first > range.last) return;
  const auto is_within = [&](double x) { return x >= range.first && x <= range.last; };
  std::vector<double> cuts{range.first, range.last};
  for (const double kink : f_.kinks()) {
    if (is_within(kink)) kinks_.push_back(kink);
  }
  cuts.insert(cuts.end(), kinks_.begin(), kinks_.end());
  const auto& stretches = f_.narrow_stretches();
  std::copy_if(stretches.begin(), stretches.end(), std::back_inserter(cuts), is_within);
  for (const double end : scale_ends) {
    if (f_.is_steep() && is_within(f_.place(end))) cuts.push_back(f_.place(end));
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  Halving halving(f_, range.root_mean_square, &panels_);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double length = cuts[i + 1] - cuts[i];
    const double count = std::ceil(length / longest);
    for (double k = 0; k < count; ++k) {
      halving(cuts[i] + length * (k / count),
              k + 1 == count ? cuts[i + 1] : cuts[i] + length * ((k + 1) / count));
    }
  }
  for (const auto& panel : panels_) {
    std::array<double, points> x{}, y{};
    const double centre = 0.5 * (panel.low + panel.high);
    const double half = 0.5 * (panel.high - panel.low);
    const Rule& rule = Rule::instance();
    for (std::size_t i = 0; i < points; ++i) x[i] = centre + half * rule.node[i];
    f_(x.data(), points, y.data());
    for (std::size_t i = 0; i < points; ++i) {
      const double weight = half * rule.weight[i] * density(x[i]);
      mean_ += weight * y[i];
      mean_square_ += weight * y[i] * y[i];
    }
  }
}

void FunctionPanels::values(const double* x, std::int64_t count, double* out) const {
  std::vector<double> inside(x, x + count);
  for (double& at : inside) at = std::clamp(at, first(), last());
  f_(inside.data(), count, inside.data());
  for (std::int64_t i = 0; i < count; ++i) {
    out[i] = x[i] < first() || x[i] > last() ? 0.0 : inside[static_cast<std::size_t>(i)];
  }
}

}  // namespace wideproof::theory
