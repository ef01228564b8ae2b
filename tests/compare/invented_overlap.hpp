// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare::testing {

/// A quantity that no kind of study has: nothing is trained, there are no widths, and more is as
/// good as less.
inline SweepQuantity overlap_quantity() {
  return {.name = "overlap",
          .plural = "overlaps",
          .indefinite = "an overlap",
          .label = "overlap of two subspaces",
          .map_label = "overlap",
          .meaning = "The overlap is the cosine of the angle between them.",
          .table_note = "Overlaps are means over draws.",
          .column_unit = "cosine",
          .has_draws = true};
}

/// Over f = 0.1, 0.2, 0.4 and depth 1, 2: an overlap of f · depth with draws that differ by
/// one in a thousand, all of it predicted.
inline SweepResult overlaps(const SweepQuantity& quantity = overlap_quantity()) {
  const SharedQuantity shared = std::make_shared<const SweepQuantity>(quantity);
  SweepResult sweep{{"network.active_fraction", "network.depth"}, {}};
  for (const double f : {0.1, 0.2, 0.4}) {
    for (const int depth : {1, 2}) {
      const double mean = f * depth;
      SweepNumber number{.quantity = shared,
                         .value = mean,
                         .low = 0.99 * mean,
                         .high = 1.01 * mean,
                         .predicted = mean};
      for (const double off : {-0.001, 0.0, 0.001}) number.draws.push_back(mean * (1.0 + off * f));
      const std::string text = f == 0.1 ? "0.1" : f == 0.2 ? "0.2" : "0.4";
      sweep.points.push_back({.values = {text, std::to_string(depth)}, .numbers = {number}});
      sweep.points.back().verdict.outcome = Outcome::agree;
    }
  }
  return sweep;
}

}  // namespace wideproof::compare::testing
