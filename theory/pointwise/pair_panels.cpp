// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/pair_panels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include <Eigen/Core>

#include <wideproof/theory/pointwise/crossing_panels.hpp>
#include <wideproof/theory/pointwise/gauss_rule.hpp>

namespace wideproof::theory {
namespace {

/// From here on a standard normal is below 1e-18 of its density at 0.
constexpr double normal_end = 9.1;

/// x = em + fo and y = sign (em − fo), e ≥ f.
struct Turn {
  double e, f, sign;

  explicit Turn(const GaussianPair& pair)
      : e(std::sqrt(0.5 * std::max(pair.lack, pair.excess))),
        f(std::sqrt(0.5 * std::min(pair.lack, pair.excess))),
        sign(pair.lack <= pair.excess ? 1 : -1) {}
};

/// An end of an inner panel: base + offset, so that two that come from one kink are as far apart as
/// they should be.
struct End {
  double base, offset;
  double at() const { return base + offset; }
};

template <unsigned points>
class PairSum {
 public:
  PairSum(const FunctionPanels& x, const FunctionPanels& y, const Turn& turn,
          PairIntegrand integrand)
      : x_function_(x),
        y_function_(y),
        turn_(turn),
        integrand_(integrand),
        is_symmetric_(&x == &y),
        y_first_(turn.sign > 0 ? y.first() : -y.last()),
        y_last_(turn.sign > 0 ? y.last() : -y.first()),
        reach_(std::max({normal_end, std::abs(x.first()), std::abs(x.last()), std::abs(y.first()),
                         std::abs(y.last())})) {
    for (const auto& panel : x.panels()) x_ends_.push_back(panel.low);
    x_ends_.push_back(x.last());
    for (const auto& panel : y.panels()) y_ends_.push_back(turn.sign * panel.low);
    y_ends_.push_back(turn.sign * y.last());
    if (turn.sign < 0) std::reverse(y_ends_.begin(), y_ends_.end());
  }

  /// E[f(x) g(±x)]
  double of_line() {
    inner(0, 1);
    return finished();
  }

  double of_plane() {
    double low = -reach_, high = reach_;
    if (integrand_ == PairIntegrand::product) {
      low = std::max(low, (x_function_.first() - y_last_) / (2 * turn_.f));
      high = std::min(high, (x_function_.last() - y_first_) / (2 * turn_.f));
    }
    // The integrand is even in what x and y differ by.
    const bool is_even = is_symmetric_ && turn_.sign > 0;
    if (is_even) low = 0;
    if (!(low < high)) return 0;
    const auto ends = crossing_panels(x_function_, y_function_, turn_.sign, turn_.f, low, high);
    const auto& rule = GaussRule<points>::instance();
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      const double centre = 0.5 * (ends[i] + ends[i + 1]);
      const double half = 0.5 * (ends[i + 1] - ends[i]);
      for (unsigned j = 0; j < points; ++j) {
        const double o = centre + half * rule.node[j];
        const double density = std::exp(-0.5 * o * o) / std::sqrt(2 * std::numbers::pi);
        inner(o, half * rule.weight[j] * density);
      }
    }
    return (is_even ? 2 : 1) * finished();
  }

 private:
  static constexpr std::size_t block = 4096;

  /// Adds the nodes of the inner integral at o.
  void inner(double o, double weight) {
    const double shift = turn_.f * o / turn_.e;
    const auto of_x = [&](double x) { return End{x / turn_.e, -shift}; };
    const auto of_y = [&](double y) { return End{y / turn_.e, shift}; };
    const auto is_before = [](const End& a, const End& b) { return a.at() < b.at(); };
    const bool is_product = integrand_ == PairIntegrand::product;
    const auto lows = std::minmax({of_x(x_ends_.front()), of_y(y_ends_.front())}, is_before);
    const auto highs = std::minmax({of_x(x_ends_.back()), of_y(y_ends_.back())}, is_before);
    End low = std::max(is_product ? lows.second : lows.first, End{-reach_, 0}, is_before);
    const End high = std::min(is_product ? highs.first : highs.second, End{reach_, 0}, is_before);
    if (is_symmetric_ && turn_.sign < 0) {
      low = std::max(low, End{0, 0}, is_before);
      weight *= 2;
    }
    if (!is_before(low, high)) return;
    // The ends of both functions' panels between these, ascending.
    ends_.assign(1, low);
    for (auto x = x_ends_.begin(), y = y_ends_.begin(); x != x_ends_.end() || y != y_ends_.end();) {
      const bool is_x =
          y == y_ends_.end() || (x != x_ends_.end() && !is_before(of_y(*y), of_x(*x)));
      const End next = is_x ? of_x(*x++) : of_y(*y++);
      if (is_before(low, next) && is_before(next, high)) ends_.push_back(next);
    }
    ends_.push_back(high);
    for (std::size_t i = 0; i + 1 < ends_.size(); ++i) add_panel(ends_[i], ends_[i + 1], o, weight);
    if (m_.size() >= block) flush();
  }

  void add_panel(const End& from, const End& to, double o, double weight) {
    const bool has_one_base = from.base == to.base;
    const double length = has_one_base ? to.offset - from.offset : to.at() - from.at();
    if (!(length > 0)) return;
    const auto parts = static_cast<int>(std::ceil(length / FunctionPanels::longest));
    const double half = 0.5 * length / parts;
    const auto& rule = GaussRule<points>::instance();
    const double fo = turn_.f * o;
    for (int part = 0; part < parts; ++part) {
      const double offset = from.offset + (2 * part + 1) * half;
      for (unsigned j = 0; j < points; ++j) {
        const double m = from.base + (offset + half * rule.node[j]);
        m_.push_back(m);
        weight_.push_back(weight * half * rule.weight[j]);
        x_.push_back(turn_.e * m + fo);
        y_.push_back(turn_.sign * (turn_.e * m - fo));
      }
    }
  }

  void flush() {
    const auto count = static_cast<Eigen::Index>(m_.size());
    if (count == 0) return;
    x_function_.values(x_.data(), count, x_.data());
    y_function_.values(y_.data(), count, y_.data());
    using Array = Eigen::Map<const Eigen::ArrayXd>;
    const Array m(m_.data(), count), w(weight_.data(), count), x(x_.data(), count),
        y(y_.data(), count);
    const Eigen::ArrayXd density = w * (-0.5 * m.square()).exp();
    sum_ += integrand_ == PairIntegrand::product ? (density * x * y).sum()
                                                 : 0.5 * (density * (x - y).square()).sum();
    for (auto* buffer : {&m_, &weight_, &x_, &y_}) buffer->clear();
  }

  double finished() {
    flush();
    return sum_ / std::sqrt(2 * std::numbers::pi);
  }

  const FunctionPanels& x_function_;
  const FunctionPanels& y_function_;
  Turn turn_;
  PairIntegrand integrand_;
  bool is_symmetric_;
  double y_first_, y_last_;
  double reach_;
  std::vector<double> x_ends_, y_ends_;
  std::vector<End> ends_;
  std::vector<double> m_, weight_, x_, y_;
  double sum_ = 0;
};

template <unsigned points>
double mean_by(const FunctionPanels& f, const FunctionPanels& g, const GaussianPair& pair,
               PairIntegrand integrand) {
  const Turn turn(pair);
  PairSum<points> sum(f, g, turn, integrand);
  return turn.f == 0 ? sum.of_line() : sum.of_plane();
}

}  // namespace

double pair_mean(const FunctionPanels& f, const FunctionPanels& g, const GaussianPair& pair,
                 PairIntegrand integrand, PairRule rule) {
  if (f.is_zero() || g.is_zero()) {
    return integrand == PairIntegrand::product ? 0 : 0.5 * (f.mean_square() + g.mean_square());
  }
  if (pair.correlation() == 0) {
    const double product = f.mean() * g.mean();
    return integrand == PairIntegrand::product
               ? product
               : 0.5 * (f.mean_square() + g.mean_square()) - product;
  }
  return rule == PairRule::of_16 ? mean_by<16>(f, g, pair, integrand)
                                 : mean_by<24>(f, g, pair, integrand);
}

}  // namespace wideproof::theory
