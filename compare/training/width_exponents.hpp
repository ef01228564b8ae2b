// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

#include <wideproof/compare/statistics/exponent.hpp>
#include <wideproof/compare/training/options.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::compare {

// How fast what networks show falls with the width n: log y = a + e log n + w/n, see
// fluctuation_exponent().

/// Consecutive networks that give a variance without bias together.
inline constexpr std::size_t networks_of_a_block = 4;

/// An exponent at a recorded step (index).
struct StepExponent {
  std::size_t step = 0;
  Exponent exponent;
};

/// Of the deviation of one network's outputs from another's, the root of their mean variance over
/// outputs and inputs, predicted −1/2 of centred networks. At the last step at which it exceeds
/// what errors are taken to be at least (limit_options) at every width. nullopt without such a
/// step, with one width, or with fewer than two blocks of networks at some width.
std::optional<StepExponent> deviation_exponent(const model::TrainingMeasurement& measurement,
                                               double target_scale, const TrainedOptions& options);

/// Of the mean relative drift of the tangent kernel at the last step. No exponent is predicted, and
/// its p-value means nothing. nullopt where it was not measured or does not vary.
std::optional<Exponent> drift_exponent(const model::TrainingMeasurement& measurement);

}  // namespace wideproof::compare
