// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/dimension/options.hpp>
#include <wideproof/compare/statistics/interval.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>
#include <wideproof/model/dimension/dimension_measurement.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>

namespace wideproof::compare {

enum class DimensionQuantity { dimensionality, correlation_strength };

/// One number of one layer, on the scale on which its mean over networks is unbiased and follows a
/// series in the width: of the dimensionality 1/D̃, of the correlation strength NΣ itself.
struct DimensionNumber {
  DimensionQuantity quantity = DimensionQuantity::dimensionality;
  std::size_t layer = 0;   ///< index, from 0
  double predicted = 0.0;  ///< on that scale; NaN without a prediction
  /// In units of which rounding is counted, positive. Of 1/D̃ it is its size, of NΣ
  ///
  ///   tr C²/N = K²/D̃ = K₂ + NΣ,   K = ⟨C_ii⟩, K₂ = ⟨C_ii²⟩
  ///
  /// by the prediction: as √(G_aa G_bb) is of a Gram's entry, it is what NΣ is a part of, and stays
  /// finite where NΣ is 0. Where K is not predicted its least value is taken, NΣ/(1 − D̃), all units
  /// being alike.
  double scale = 1.0;
  /// What counts as equal to the prediction, on that scale. Of the dimensionality with margin m
  /// |D̃/predicted − 1| ≤ m, so that 1/D̃ lies in [1/(1 + m), 1/(1 − m)]/predicted; of NΣ
  /// |NΣ − predicted| ≤ m·scale.
  Interval equal = {};
  /// false without a prediction, and of a correlation strength without a scale: predicted to be 0
  /// of an unknown K. By K₂ ≥ K² it is at most K²(1/D̃ − 1), so that D̃ speaks for it.
  bool is_judged = true;
  /// Where an interval of D̃ ends above that has no end there: 1, or infinity of N D̃.
  double open_end = 1.0;

  /// A number of that scale as D̃ or NΣ. No D̃ belongs to a 1/D̃ that is not positive: NaN.
  double shown(double number) const;
  /// An interval likewise; an end that no D̃ belongs to is open_end.
  Interval shown(const Interval& interval) const;
  double shown_error(double number, double error) const;  ///< to first order (delta method)
};

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

/// The means over networks of each width with the covariance of their errors, to which the variance
/// of rounding, (rounding·scale)², is added. Two networks of a width or more.
WidthVectors dimension_means(const model::DimensionMeasurement& measurement,
                             const std::vector<DimensionNumber>& numbers,
                             const DimensionOptions& options);

}  // namespace wideproof::compare
