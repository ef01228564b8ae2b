// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// What a sweep shows of a study of dimension, of its last layer: D̃ or, of data of a fixed
/// dimension, N D̃; and NΣ, which such data do not have.
SharedQuantity dimensionality_quantity(bool is_of_fixed_dimension);
SharedQuantity correlation_strength_quantity();

/// Each quantity in the limit (width 0), where there are two widths or more that follow a series,
/// and at every width, all beside the prediction of the limit.
///
/// A draw is a network. Of the dimensionality its value is the one whose mean over networks is
/// 1/ȳ, y = 1/D̃ of one network, and whose spread is the delta method's, (2 − y/ȳ)/ȳ. The r-th
/// networks of all widths together make the r-th draw of the limit, which is linear in them; it has
/// draws where all widths have the same number of networks. Where a network's number is not finite
/// there are none.
std::vector<SweepNumber> dimension_sweep_numbers(const DimensionAssessment& assessment,
                                                 const model::DimensionMeasurement& measurement);

/// Those of a study that is still to be run: what will be measured, without values.
std::vector<SweepNumber> planned_dimension_numbers(const std::vector<std::int64_t>& widths,
                                                   bool is_of_fixed_dimension);

/// The limits of a prediction alone: numbers without a value.
std::vector<SweepNumber> predicted_dimension_numbers(const model::DimensionPrediction& prediction,
                                                     bool is_of_fixed_dimension);

}  // namespace wideproof::compare
