// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <wideproof/compare/limits/options.hpp>
#include <wideproof/compare/sparsity/sparsity_means.hpp>
#include <wideproof/compare/widths/open_claim.hpp>
#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::compare {

/// What untrained networks of one width show of the persistence of their correlations, beside what
/// is predicted.
struct PersistenceMeans {
  model::WidthPersistence prediction;
  /// In the order of model::persistence_numbers.
  std::array<SparsityMean, model::persistence_numbers.size()> numbers = {};
};

struct PersistenceAssessment {
  std::vector<PersistenceMeans> means;  ///< by width; empty unless it was asked for
  std::vector<OpenClaim> claims;        ///< that a family is to judge
};

/// Sets T1, T2 and mean |ρ| of untrained networks beside the numbers of independent neurons with
/// the limit's kernels, and claims of each, at the largest width alone since N rises with it,
///
///   persistence-t1, persistence-t2, persistence-mean-correlation   |mean − predicted| ≤ margin,
///
/// margin = equivalence_margin·WidthPersistence::scale. With x = |mean − predicted|, s the standard
/// errors of both and T Student's, Welch and Satterthwaite's degrees of freedom,
///
///   p = P(T > (x − margin)/s) + P(T > (x + margin)/s),
///
/// which rejects a true claim with at most its level: at finite width networks are off by O(1/n),
/// and so a prediction alone is not what is tested. A claim that is not rejected agrees where x +
/// t s ≤ margin at the one-sided level family_error over the number of claims; else it is open. No
/// claims with fewer than two networks; with fewer than `fewest_networks` none is rejected.
PersistenceAssessment assess_persistence(const model::PersistenceByWidth& prediction,
                                         const model::TrainingMeasurement& measurement,
                                         const LimitOptions& options);

}  // namespace wideproof::compare
