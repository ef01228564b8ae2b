// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

namespace wideproof::compare {

/// What an assessment of a study of generalization takes for granted.
struct GeneralizationOptions {
  /// Chance that a true claim is called wrong, over all claims together.
  double family_error = 0.01;
  /// What counts as equal: |one/other − 1| ≤ margin, for the means of two errors.
  double equivalence_margin = 0.1;
  /// A squared error that is zero but for rounding, in units of the targets' mean square.
  double negligible_error = 1e-12;
  /// Chance that a claim that is wrong is called true; nullopt: family_error. A sweep divides
  /// family_error among its points, but not this: "all points agree" is wrong as soon as one point
  /// is, and that one passes with this chance at most.
  std::optional<double> agreement_error;
};

/// agreement_error, or family_error where it is not given.
double agreement_level(const GeneralizationOptions& options);

/// Throws model::InputError for a value out of range, naming `compare.<key>` where an experiment
/// file has that key, else the option itself.
void check(const GeneralizationOptions& options);

}  // namespace wideproof::compare
