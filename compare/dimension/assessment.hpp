// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/dimension/numbers.hpp>
#include <wideproof/compare/limits/heavy_numbers.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/compare/widths/convergence.hpp>

namespace wideproof::compare {

/// A mean over R networks. Of D̃ it is 1/ȳ, y = 1/D̃ of one network, with the standard error
/// s_y/(ȳ²√R) of the delta method: what theory predicts is tr C² and tr C, and the estimate of 1/D̃
/// from samples is the one that is unbiased. NaN where it is not finite, an error with one network.
struct DimensionMean {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double standard_error = std::numeric_limits<double>::quiet_NaN();
};

/// One layer at one width.
struct WidthDimension {
  std::int64_t width = 0;
  std::int64_t layer = 0;
  std::int64_t replicates = 0;
  DimensionMean dimensionality;
  DimensionMean correlation_strength;  ///< NaN of data of a fixed dimension
};

/// Everything that is concluded from a prediction and a measurement.
struct DimensionAssessment {
  DimensionOptions options;
  std::optional<model::DimensionPrediction> prediction;
  bool is_of_fixed_dimension = false;  ///< N D̃ stands for D̃, and there is no correlation strength
  std::vector<WidthDimension> widths;  ///< by width ascending, then layer
  /// Why nothing can be fitted or judged, such as a number that is not finite; else empty.
  std::string hindrance;
  std::optional<DimensionLimits> limits;  ///< nullopt with one width, or where none can be fitted
  /// The limits, with one width the means there, by layer, D̃ first; empty where nothing is fitted.
  std::vector<DimensionEstimate> estimates;
  /// Those of them whose standard errors cannot be trusted: nothing is convicted nor agreed with.
  std::vector<HeavyNumber> heavy_limits;
  /// By layer: the exponent of the bias, that of the spread left out. Empty without a prediction.
  std::vector<LayerConvergence> convergence;
  std::vector<Claim> claims;
  Verdict verdict;

  std::size_t depth() const;
  /// The widths, rising.
  std::vector<std::int64_t> simulated_widths() const;
  bool is_judged() const { return prediction.has_value(); }
  /// nullptr where there is none.
  const DimensionEstimate* estimate(DimensionQuantity quantity, std::size_t layer) const;
  /// "D̃", "N D̃" or "NΣ"
  std::string symbol(DimensionQuantity quantity) const {
    return symbol_of(quantity, is_of_fixed_dimension);
  }
};

/// Sets what was measured beside its prediction. Without one, as of networks that learnt and of
/// correlations r N^(−α) with α < 1/2, everything is measured and nothing judged.
///
/// Throws model::InputError for options out of range and for a prediction, or a width, of another
/// depth. Numbers that are not finite make the verdict inconclusive, which names the width and the
/// layer of the first, and so does a width of fewer than two networks.
DimensionAssessment assess_dimension(const std::optional<model::DimensionPrediction>& prediction,
                                     const model::DimensionMeasurement& measurement,
                                     const DimensionOptions& options);

}  // namespace wideproof::compare
