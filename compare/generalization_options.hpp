// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::compare {

/// What an assessment of a study of generalization takes for granted.
struct GeneralizationOptions {
  /// Chance that a true claim is called wrong, over all claims together; and that a claim that is
  /// wrong is called true.
  double family_error = 0.01;
  /// What counts as equal: |one/other − 1| ≤ margin, for the means of two errors.
  double equivalence_margin = 0.1;
  /// A squared error that is zero but for rounding.
  double negligible_error = 1e-12;
};

/// Throws model::InputError naming `compare.<key>` for a value out of range.
void check(const GeneralizationOptions& options);

}  // namespace wideproof::compare
