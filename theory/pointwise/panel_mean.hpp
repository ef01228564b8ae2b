// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <utility>

#include <wideproof/theory/pointwise/function_panels.hpp>
#include <wideproof/theory/pointwise/pair_mean.hpp>
#include <wideproof/theory/pointwise/pair_panels.hpp>

namespace wideproof::theory {

/// E[φ(u)φ(v)] and E[φ'(u)φ'(v)] of any φ(h − τ√q) by pair_mean(), to 1e-14 √(E φ(u)² E φ(v)²).
///
/// Drops: from 1/64 on, and where φ jumps or φ' has no second moment, ½ E[(φ(u) − φ(v))²], to which
/// the panels of pair_mean() give a relative precision, since between the lines of a jump it is of
/// order 1 on a strip of width √δ; else the integral of PairMean. Below √δ = 2⁻³³ what jumps lose
/// is √δ times a line in √δ.
class PanelMean final : public PairMean {
 public:
  explicit PanelMean(LayerFunction function) : function_(std::move(function)) {}

  /// Throw InputError as FunctionPanels does.
  double value(const GaussianPair& pair) const override;
  double slope(const GaussianPair& pair) const override;
  bool has_slope(double variance) const override;
  double drop(const GaussianPair& pair) const override;
  double positive_fraction(double variance) const override;
  std::optional<HermiteTable> table(const std::vector<double>& variances) const override;
  int worth_a_curve() const override { return 16; }

  /// How far the rules of 16 and 24 points are apart, over √(E φ(u)² E φ(v)²): what value() misses,
  /// or its rounding.
  double error_estimate(const GaussianPair& pair) const;

 private:
  using Key = std::tuple<Part, double, Reach>;
  using Panels = std::shared_ptr<const FunctionPanels>;

  Panels panels(const Key& key) const;
  /// Of the larger variance and of the smaller one.
  std::pair<Panels, Panels> panels_of(Part part, const GaussianPair& pair) const;
  double mean(Part part, const GaussianPair& pair,
              PairIntegrand integrand = PairIntegrand::product) const;

  LayerFunction function_;
  mutable std::mutex mutex_;
  mutable std::map<Key, Panels> panels_;
  mutable std::map<double, bool> have_slopes_;  ///< by variance
};

}  // namespace wideproof::theory
