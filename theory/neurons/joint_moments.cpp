// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/joint_moments.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/conditional_influence.hpp>

namespace wideproof::theory {
namespace {

/// A kink is cut out where it is narrower than this.
constexpr double wide = 0.5;
/// Panels to either side of a kink are this many widths long, and beyond it nothing is active.
constexpr double kink_reach = 6;
/// Longest panel.
constexpr double panel = 2.5;
/// The density is dropped where it is below exp(−squared_reach/2) of its peak.
constexpr double squared_reach = 76;
/// Normals whose correlation is ±1 to within this count as one. Below, the least deviation that
/// counts as one.
constexpr double rounding = 1e-12;
constexpr double least_spread = 1e-9;

/// The edges of panels on one axis.
class Panels {
 public:
  Panels(double low, double high) : edges_{low, high} {}

  bool empty() const { return !(edges_[0] < edges_[1]); }

  /// A kink at x, smoothed over `width`.
  void cut(double x, double width) {
    if (!(width < wide)) return;
    add(x);
    if (width < 10 * least_spread) return;
    add(x - kink_reach * width);
    add(x + kink_reach * width);
  }

  /// Calls visit(x, weight) at the nodes.
  template <typename Visitor>
  void visit(const Visitor& visitor) {
    using Gauss = boost::math::quadrature::gauss<double, 10>;
    std::sort(edges_.begin(), edges_.end());
    for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
      const double length = edges_[i + 1] - edges_[i];
      const double parts = std::ceil(length / panel);
      for (double part = 0; part < parts; ++part) {
        const double half = 0.5 * length / parts;
        const double centre = edges_[i] + (2 * part + 1) * half;
        for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
          const double offset = half * Gauss::abscissa()[j];
          const double weight = half * Gauss::weights()[j];
          visitor(centre - offset, weight);
          visitor(centre + offset, weight);
        }
      }
    }
  }

  template <typename Function>
  double integrate(const Function& function) {
    double sum = 0;
    visit([&](double x, double weight) { sum += weight * function(x); });
    return sum;
  }

 private:
  void add(double x) {
    if (x > edges_[0] && x < edges_[1]) edges_.push_back(x);
  }

  std::vector<double> edges_;  ///< the range first
};

/// An inner normal given the outer ones: mean a x + b y, deviation s.
struct Inner {
  double a, b, s;

  double threshold(double tau, double x, double y) const { return (tau - a * x - b * y) / s; }
};

Inner inner(double a, double b) {
  return {a, b, std::sqrt(std::max(least_spread * least_spread, 1 - a * a - b * b))};
}

/// Cuts where the inner pair's moment has its own kink: thresholds h = h0 + h1·t and k = k0 + k1·t
/// that meet (or are opposite) for normals of correlation near 1 (or −1), of which the last to be
/// active then changes.
void cut_at_switch(double h0, double h1, double k0, double k1, double correlation, Panels& panels) {
  const double sign = correlation < 0 ? -1 : 1;
  const double slope = h1 - sign * k1;
  if (slope == 0) return;
  panels.cut((sign * k0 - h0) / slope,
             std::sqrt(2 * (1 - std::abs(correlation))) / std::abs(slope));
}

double inner_correlation(const Inner& c, const Inner& d, double correlation) {
  return std::clamp((correlation - c.a * d.a - c.b * d.b) / (c.s * d.s), -1.0, 1.0);
}

/// Two outer normals, u_i = αx + βy and u_j = αx − βy, and the two others.
struct Plane {
  double alpha, beta;
  Inner c, d;
  double correlation;  ///< of c and d, given x and y

  Plane(const Eigen::Matrix4d& m, int i, int j, int k, int l)
      : alpha(half_root(1 + m(i, j))), beta(half_root(1 - m(i, j))) {
    const auto given = [&](int n) {
      return inner(alpha == 0 ? 0 : 0.5 * (m(n, i) + m(n, j)) / alpha,
                   beta == 0 ? 0 : 0.5 * (m(n, i) - m(n, j)) / beta);
    };
    c = given(k);
    d = given(l);
    correlation = inner_correlation(c, d, m(k, l));
  }

  /// How smooth the inner moment is. A wedge that is not narrow adds a little: it decides where
  /// inputs depend on each other so much that no choice leaves the inner pair any freedom.
  double quality() const {
    const double inner_spread = std::sqrt((1 - correlation) * (1 + correlation));
    return std::min(c.s, d.s) * inner_spread + 0.05 * alpha * beta;
  }

 private:
  static double half_root(double x) { return x < rounding ? 0 : std::sqrt(0.5 * x); }
};

Plane best_plane(const Eigen::Matrix4d& m) {
  constexpr int outer[6][4] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2},
                               {1, 2, 0, 3}, {1, 3, 0, 2}, {2, 3, 0, 1}};
  Plane best(m, 0, 1, 2, 3);
  for (const auto& [i, j, k, l] : outer) {
    const Plane plane(m, i, j, k, l);
    if (plane.quality() > best.quality()) best = plane;
  }
  return best;
}

/// Cuts x where a normal passes the threshold, smoothed by all that x leaves open.
void cut_at_threshold(double tau, const Inner& normal, Panels& panels) {
  if (normal.a == 0) return;
  const double open = std::sqrt(normal.b * normal.b + normal.s * normal.s);
  panels.cut(tau / normal.a, open / std::abs(normal.a));
}

/// Cuts x where the lines ax + by = τ of two normals cross.
void cut_at_crossing(double tau, const Inner& p, const Inner& q, Panels& panels) {
  const double determinant = p.a * q.b - q.a * p.b;
  if (determinant == 0) return;
  const double s = std::max(p.s, q.s);
  panels.cut(tau * (q.b - p.b) / determinant, s / std::sqrt(std::max(rounding, 1 - s * s)));
}

class Wedge {
 public:
  Wedge(double tau, const Plane& plane) : tau_(tau), plane_(plane) {}

  double integrate() const {
    const double never = std::numeric_limits<double>::infinity();
    const double corner = plane_.alpha > 0 ? tau_ / plane_.alpha : tau_ < 0 ? -never : never;
    const double reach =
        std::sqrt(std::pow(std::max(0.0, std::min(corner, 40.0)), 2) + squared_reach);
    Panels panels(std::max(corner, -reach), reach);
    if (panels.empty()) return 0;
    const Inner above{plane_.alpha, plane_.beta, 0};
    const Inner below{plane_.alpha, -plane_.beta, 0};
    cut_at_threshold(tau_, above, panels);
    for (const Inner& normal : {plane_.c, plane_.d}) {
      cut_at_threshold(tau_, normal, panels);
      cut_at_crossing(tau_, normal, above, panels);
      cut_at_crossing(tau_, normal, below, panels);
    }
    cut_at_crossing(tau_, plane_.c, plane_.d, panels);
    return plane_.c.s * plane_.d.s *
           panels.integrate([&](double x) { return normal_density(x) * across(x, reach); });
  }

 private:
  /// ∫ g(y) φ_a φ_b E[φ_c φ_d | x, y] dy / (s_c s_d)
  double across(double x, double reach) const {
    const double height = plane_.alpha * x - tau_;
    double high = std::sqrt(std::max(0.0, reach * reach - x * x));
    if (plane_.beta > 0) high = std::min(high, height / plane_.beta);
    double low = -high;
    for (const Inner& normal : {plane_.c, plane_.d}) {
      const double inactive = tau_ - kink_reach * normal.s - normal.a * x;  // below it, b y
      if (std::abs(normal.b) < least_spread) {
        if (inactive > 0) return 0;
      } else if (normal.b > 0) {
        low = std::max(low, inactive / normal.b);
      } else {
        high = std::min(high, inactive / normal.b);
      }
    }
    Panels panels(low, high);
    if (panels.empty()) return 0;
    for (const Inner& normal : {plane_.c, plane_.d}) {
      if (normal.b != 0)
        panels.cut((tau_ - normal.a * x) / normal.b, normal.s / std::abs(normal.b));
    }
    const Inner& c = plane_.c;
    const Inner& d = plane_.d;
    cut_at_switch(c.threshold(tau_, x, 0), -c.b / c.s, d.threshold(tau_, x, 0), -d.b / d.s,
                  plane_.correlation, panels);
    return panels.integrate([&](double y) {
      const double h = c.threshold(tau_, x, y);
      const double k = d.threshold(tau_, x, y);
      return normal_density(y) * (height - plane_.beta * y) * (height + plane_.beta * y) *
             unequal_kernel(h, k, plane_.correlation);
    });
  }

  double tau_;
  Plane plane_;
};

}  // namespace

std::array<double, 3> triple_moments(double tau, double c_ab, double c_ac, double c_bc) {
  const Inner b = inner(c_ab, 0);
  const Inner c = inner(c_ac, 0);
  const double correlation = inner_correlation(b, c, c_bc);
  const double reach = std::sqrt(std::pow(std::max(0.0, tau), 2) + squared_reach);
  std::array<double, 3> moments{};
  Panels panels(std::max(tau, -reach), reach);
  for (const Inner& normal : {b, c}) {
    if (normal.a != 0) panels.cut(tau / normal.a, normal.s / std::abs(normal.a));
  }
  cut_at_switch(tau / b.s, -b.a / b.s, tau / c.s, -c.a / c.s, correlation, panels);
  panels.visit([&](double x, double weight) {
    double term = weight * b.s * c.s * normal_density(x) *
                  unequal_kernel(b.threshold(tau, x, 0), c.threshold(tau, x, 0), correlation);
    for (double& moment : moments) {
      moment += term;
      term *= x - tau;
    }
  });
  return moments;
}

double quadruple_moment(double tau, const Eigen::Matrix4d& c) {
  return Wedge(tau, best_plane(c)).integrate();
}

}  // namespace wideproof::theory
