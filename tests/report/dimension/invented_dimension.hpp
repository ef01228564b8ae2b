// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/dimension/assessment.hpp>

#include "invented_networks.hpp"

namespace wideproof::report::testing {

/// Three layers, r = 0, and networks enough to agree whatever order the series has.
inline compare::testing::InventedNetworks of_three_layers() {
  compare::testing::InventedNetworks law;
  law.dimensionalities = {.5646, .4007, .3155};
  law.networks = 400;
  return law;
}

/// Judged with what is true of them, and a fixed point.
inline compare::DimensionAssessment judged(
    const compare::testing::InventedNetworks& law = of_three_layers(), std::uint64_t seed = 1) {
  auto prediction = compare::testing::truth_of(law);
  prediction.fixed_point = model::DimensionFixedPoint{.3526, .9430, .1107};
  compare::DimensionOptions options;
  options.power = law.power;
  return compare::assess_dimension(prediction, compare::testing::draw_dimensions(law, seed),
                                   options);
}

/// Measured, with nothing beside it.
inline compare::DimensionAssessment only_measured() {
  return compare::assess_dimension(std::nullopt,
                                   compare::testing::draw_dimensions(of_three_layers(), 1), {});
}

/// N D̃ of data of a fixed dimension.
inline compare::DimensionAssessment of_fixed_dimension() {
  auto law = of_three_layers();
  law.dimensionalities = {12.0, 8.0, 6.0};
  law.has_strengths = false;
  return judged(law);
}

/// Networks of which one is not finite.
inline compare::DimensionAssessment overflowed() {
  auto measured = compare::testing::draw_dimensions(of_three_layers(), 1);
  measured[1].inverse_dimensionality(0, 1) = std::nan("");
  return compare::assess_dimension(compare::testing::truth_of(of_three_layers()), measured, {});
}

/// One layer, one width, two networks.
inline compare::DimensionAssessment least() {
  auto law = of_three_layers();
  law.dimensionalities = {0.5};
  law.widths = {256};
  law.networks = 2;
  return judged(law);
}

}  // namespace wideproof::report::testing
