// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/theory/pointwise/function_range.hpp>
#include <wideproof/theory/pointwise/scaled_function.hpp>

namespace wideproof::theory {

/// f of a standard normal x, cut into panels on which Gauss–Legendre of 16 points integrates
/// f(x) g(x), and products of it with what is as smooth.
///
/// Panels end at kinks, and where √q is large where φ is given ±2, ±4, … ±32. They are at most
/// `longest` long and are halved until the polynomial of 16 points for f √g misses less than 5e-9
/// of f's root mean square: its last two Legendre coefficients, and probes between the points,
/// tell. The Gauss rule for products of two such functions misses about the square of that. What
/// probes alone see, a layer at an end, has to be below 1e-13.
///
/// Refers to its LayerFunction.
class FunctionPanels {
 public:
  static constexpr double longest = 4;

  struct Panel {
    double low, high;
    bool is_halved;  ///< it is short since f changes fast, or may
  };

  /// Throws InputError as FunctionRange does, and where f changes too fast to be resolved, naming
  /// x.
  FunctionPanels(const LayerFunction& function, Part part, double variance,
                 Reach reach = Reach::of_equal_variances);

  /// 0 outside of [first(), last()].
  void values(const double* x, std::int64_t count, double* out) const;

  bool is_zero() const { return panels_.empty(); }
  double first() const { return panels_.front().low; }
  double last() const { return panels_.back().high; }
  const std::vector<Panel>& panels() const { return panels_; }
  /// Those within [first(), last()].
  const std::vector<double>& kinks() const { return kinks_; }

  double mean() const { return mean_; }                ///< E[f]
  double mean_square() const { return mean_square_; }  ///< E[f²]

 private:
  class Halving;

  ScaledFunction f_;
  std::vector<Panel> panels_;
  std::vector<double> kinks_;
  double mean_ = 0.0;
  double mean_square_ = 0.0;
};

}  // namespace wideproof::theory
