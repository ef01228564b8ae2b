// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/crossing_panels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace wideproof::theory {
namespace {

/// [low, high] of x or ±y.
struct Feature {
  double low, high;
};

struct Features {
  std::vector<Feature> kinks, halved;

  Features(const FunctionPanels& f, double sign) {
    const auto add = [sign](double low, double high, std::vector<Feature>& to) {
      to.push_back(sign > 0 ? Feature{low, high} : Feature{-high, -low});
    };
    for (const double kink : f.kinks()) add(kink, kink, kinks);
    for (const auto& panel : f.panels()) {
      if (panel.is_halved) add(panel.low, panel.high, halved);
    }
  }
};

/// Cuts [low, high] until its parts are as short as the features allow.
class Cutting {
 public:
  Cutting(const Features& x, const Features& y, double f) : f_(f) {
    cross(x.halved, y.halved);
    cross(x.halved, y.kinks);
    cross(x.kinks, y.halved);
  }

  void operator()(double low, double high, std::vector<double>& ends) const {
    double allowed = FunctionPanels::longest;
    for (const auto& crossing : crossings_) {
      if (crossing.low < high && crossing.high > low) {
        allowed = std::min(allowed, crossing.high - crossing.low);
      }
    }
    if (high - low <= allowed * (1 + 1e-9)) {
      ends.push_back(high);
      return;
    }
    const double middle = 0.5 * (low + high);
    (*this)(low, middle, ends);
    (*this)(middle, high, ends);
  }

 private:
  void cross(const std::vector<Feature>& x, const std::vector<Feature>& y) {
    for (const auto& a : x) {
      for (const auto& b : y) {
        const Feature crossing{(a.low - b.high) / (2 * f_), (a.high - b.low) / (2 * f_)};
        if (crossing.high - crossing.low < FunctionPanels::longest) crossings_.push_back(crossing);
      }
    }
  }

  double f_;
  std::vector<Feature> crossings_;
};

}  // namespace

std::vector<double> crossing_panels(const FunctionPanels& x, const FunctionPanels& y, double sign,
                                    double f, double low, double high) {
  const Features of_x(x, 1);
  const Features of_y(y, sign);
  std::vector<double> cuts{low, high};
  for (const auto& a : of_x.kinks) {
    for (const auto& b : of_y.kinks) {
      const double crossing = (a.low - b.low) / (2 * f);
      if (crossing > low && crossing < high) cuts.push_back(crossing);
    }
  }
  std::sort(cuts.begin(), cuts.end());
  const Cutting cut(of_x, of_y, f);
  std::vector<double> ends{low};
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    if (cuts[i] - ends.back() > 1e-13) cut(ends.back(), cuts[i], ends);
  }
  ends.back() = high;
  return ends;
}

}  // namespace wideproof::theory
