// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace wideproof::report {

/// What the page of a sweep says of the kind of study that its points are.
struct SweepWords {
  /// What stands beside what at each point, the subject of a sentence in the plural: "formula and
  /// sampled networks".
  std::string compared;
  /// A sentence for sweeps in which nothing stands beside anything.
  std::string only_measured = "The points were measured only: nothing was set beside them.";
  /// Of the first point's experiment, sentences that go on from its networks; may be empty.
  std::string first_point = {};
};

}  // namespace wideproof::report
