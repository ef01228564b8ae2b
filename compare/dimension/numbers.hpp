// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/dimension/options.hpp>
#include <wideproof/compare/limits/limit_number.hpp>
#include <wideproof/compare/limits/network_numbers.hpp>
#include <wideproof/compare/limits/number_limits.hpp>
#include <wideproof/compare/statistics/interval.hpp>
#include <wideproof/model/dimension/dimension_measurement.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>

namespace wideproof::compare {

enum class DimensionQuantity { dimensionality, correlation_strength };

/// One number of one layer, on the scale on which its mean over networks is unbiased and follows a
/// series in the width: of the dimensionality 1/D̃, of the correlation strength NΣ itself.
///
/// `predicted` and `equal` are on that scale. `scale` of 1/D̃ is its size, of NΣ
///
///   tr C²/N = K²/D̃ = K₂ + NΣ,   K = ⟨C_ii⟩, K₂ = ⟨C_ii²⟩
///
/// by the prediction: as √(G_aa G_bb) is of a Gram's entry, it is what NΣ is a part of, and stays
/// finite where NΣ is 0. Where K is not predicted its least value is taken, NΣ/(1 − D̃), all units
/// being alike. `equal` of the dimensionality with margin m is |D̃/predicted − 1| ≤ m, so that 1/D̃
/// lies in [1/(1 + m), 1/(1 − m)]/predicted; of NΣ |NΣ − predicted| ≤ m·scale.
///
/// A correlation strength without a scale is not judged: predicted to be 0 of an unknown K. By
/// K₂ ≥ K² it is at most K²(1/D̃ − 1), so that D̃ speaks for it.
struct DimensionNumber : LimitNumber {
  DimensionQuantity quantity = DimensionQuantity::dimensionality;
  std::size_t layer = 0;  ///< index, from 0
  /// Where an interval of D̃ ends above that has no end there: 1, or infinity of N D̃.
  double open_end = 1.0;

  /// A number of that scale as D̃ or NΣ. No D̃ belongs to a 1/D̃ that is not positive: NaN.
  double shown(double number) const;
  /// An interval likewise; an end that no D̃ belongs to is open_end.
  Interval shown(const Interval& interval) const;
  double shown_error(double number, double error) const;  ///< to first order (delta method)
};

using DimensionEstimate = LimitEstimate<DimensionNumber>;
using DimensionLimits = NumberLimits<DimensionNumber>;

/// Of that quantity and layer, with neither prediction nor scale.
DimensionNumber number_of(DimensionQuantity quantity, std::size_t layer = 0);

/// "D̃", of data of a fixed dimension "N D̃"; "NΣ".
std::string symbol_of(DimensionQuantity quantity, bool is_of_fixed_dimension);

/// Whether no correlation strength was measured: data of a fixed dimension.
bool is_of_fixed_dimension(const model::DimensionMeasurement& measurement);

/// By layer, D̃ first. Where nothing is judged the scale is the largest mean that was measured.
std::vector<DimensionNumber> dimension_numbers(
    const std::optional<model::DimensionPrediction>& prediction,
    const model::DimensionMeasurement& measurement, const DimensionOptions& options);

/// What the networks of one width showed, a column a number; finite.
Eigen::MatrixXd rows_of(const model::WidthDimensions& at,
                        const std::vector<DimensionNumber>& numbers);

/// The same of every width.
std::vector<NetworkNumbers> rows_by_width(const model::DimensionMeasurement& measurement,
                                          const std::vector<DimensionNumber>& numbers);

}  // namespace wideproof::compare
