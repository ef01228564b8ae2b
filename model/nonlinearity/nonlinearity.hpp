// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace wideproof::model {

/// A place where φ is not smooth: φ(x+) − φ(x−) and φ'(x+) − φ'(x−), either of which may be 0 where
/// a higher derivative jumps.
struct Kink {
  double at = 0.0;
  double jump = 0.0;
  double slope_jump = 0.0;
};

/// A function φ that a layer applies to each of its neurons, analytic between its kinks.
///
/// All members may be called from several threads at a time.
class Nonlinearity {
 public:
  Nonlinearity() = default;
  Nonlinearity(const Nonlinearity&) = delete;
  Nonlinearity& operator=(const Nonlinearity&) = delete;
  virtual ~Nonlinearity() = default;

  /// out ← φ(x), count of them; `out` may be `x`. At a jump either side's value.
  virtual void values(const double* x, std::int64_t count, double* out) const = 0;
  /// out ← φ'(x) likewise, the mean of both sides' at a kink and nothing of its jump.
  virtual void slopes(const double* x, std::int64_t count, double* out) const = 0;
  /// Ascending.
  virtual const std::vector<Kink>& kinks() const = 0;
  /// Ends of stretches in which φ changes on a smaller scale than around them, ascending: who does
  /// not look between them may miss what is narrow.
  virtual std::vector<double> narrow_stretches() const { return {}; }

  double operator()(double x) const {
    values(&x, 1, &x);
    return x;
  }
  double slope(double x) const {
    slopes(&x, 1, &x);
    return x;
  }
  bool has_jumps() const {
    for (const Kink& kink : kinks())
      if (kink.jump != 0) return true;
    return false;
  }
};

}  // namespace wideproof::model
