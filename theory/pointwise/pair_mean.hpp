// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/theory/pointwise/gaussian_pair.hpp>
#include <wideproof/theory/pointwise/hermite_table.hpp>

namespace wideproof::theory {

/// The means over Gaussian pairs that one function φ has. Members may be called from several
/// threads at a time.
class PairMean {
 public:
  PairMean() = default;
  PairMean(const PairMean&) = delete;
  PairMean& operator=(const PairMean&) = delete;
  virtual ~PairMean() = default;

  /// E[φ(u)φ(v)]
  virtual double value(const GaussianPair& pair) const = 0;
  /// E[φ'(u)φ'(v)], jumps left out.
  virtual double slope(const GaussianPair& pair) const = 0;
  /// Whether φ has no jumps and φ' a second moment at this variance, so that slope() is the
  /// derivative of value() by the covariance.
  virtual bool has_slope(double /*variance*/) const { return true; }

  /// What value() of a pair of one variance lacks of that of a pair which coincides, to a relative
  /// precision of some 1e-14. Here, for has_slope(), the integral of slope(): with c = 1 − s²,
  ///
  ///   q ∫ 2s E[φ'φ'](1 − s²) ds    from 0 to √lack,
  ///
  /// by Gauss–Legendre of 16 points on binary octaves in s, as many as are needed. On each the
  /// integrand is analytic within an ellipse of ρ = 3.9 or more: see PairCurve.
  virtual double drop(const GaussianPair& pair) const;

  /// P(φ > 0) at this variance.
  virtual double positive_fraction(double variance) const = 0;

  /// For all pairs of these variances, all different: nullopt where value() is as fast.
  virtual std::optional<HermiteTable> table(const std::vector<double>& variances) const;

  /// How many values are worth the building of a PairCurve.
  virtual int worth_a_curve() const = 0;
};

}  // namespace wideproof::theory
