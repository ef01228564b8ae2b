// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/matrix_comparison.hpp>

namespace wideproof::compare {

/// Two one-sided tests (TOST) of every distinct entry at level α: equivalence holds when
///
///   |value − predicted| + t_{1−α} · standard_error ≤ margin · scale
///
/// for all of them, t_{1−α} Student's quantile. The claim is that ALL entries lie within the
/// margin, so it is false as soon as one does not, and that entry alone passes with probability at
/// most α: an intersection–union test needs no correction for the number of entries.
struct Equivalence {
  double margin = 0.0;
  bool holds = false;
  /// (t·se / (margin·scale − |value − predicted|))² at the worst entry: the factor by which the
  /// number of replicates would have to grow, were the estimates to stay where they are; ≤ 1 where
  /// equivalence holds, ∞ where an estimate lies beyond the margin or is not finite.
  double replicate_factor = 0.0;
  double distance = 0.0;  ///< |value − predicted| / scale of the worst entry
  Entry worst;            ///< the farthest, where several lie beyond the margin
};

/// Whether `one` is nearer to holding than `other`: by replicate_factor, then by distance.
bool nearer_to_holding(const Equivalence& one, const Equivalence& other);

/// Over `entries` of one matrix.
Equivalence test_equivalence(const MatrixComparison& comparison, const std::vector<Entry>& entries,
                             double margin, double level);

/// Over its distinct entries.
Equivalence test_equivalence(const MatrixComparison& comparison, Quantity quantity, double margin,
                             double level);

/// Of two matrices together.
Equivalence both(const Equivalence& first, const Equivalence& second);

/// The chance, were the truth as far as `margin`·scale from the prediction, of an estimate at least
/// as far from it as this entry's, with d = value − predicted:
///
///   P(T > (|d| − margin·scale)/se) + P(T > (|d| + margin·scale)/se)
double beyond_margin_p(const MatrixComparison& comparison, const Entry& entry, double margin);

}  // namespace wideproof::compare
