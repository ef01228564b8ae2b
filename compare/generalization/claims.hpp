// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/generalization/learning_curve.hpp>

namespace wideproof::compare {

/// One claim of a study of generalization, about the draws of data with P training points.
struct GeneralizationClaim : Claim {
  enum class Kind {
    prediction,  ///< the theory's error equals that of kernel regression
    networks,    ///< the networks' error equals it at the largest width
  };
  Kind kind = Kind::prediction;
  std::int64_t training_points = 0;  ///< P
  std::int64_t width = 0;            ///< of the networks; 0 for the prediction
};

/// For each P the claims `prediction`, where there is a prediction, and `networks`, where there are
/// networks.
///
/// Equal is within the margin, by paired_ratio() with α the family error: the theory of the error
/// is itself asymptotic in P and N, so that a small true difference is no disagreement.
///
///   agree         within_p below the agreement level β: a claim that is false passes with chance β
///                 at most, and so does "all claims hold" (intersection–union)
///   disagree      beyond_p, Holm over all claims, below α
///   inconclusive  else, and always with fewer than two draws
///
/// Where kernel regression's error is zero but for rounding no relative margin applies: agree where
/// the other is as well, else inconclusive.
///
/// Networks may be beyond the margin because they are narrow. Their claim disagrees only where
///
///   - three widths or more are wide, n ≥ wide_multiple · P: nearer to n ≈ P there is no series in
///     1/n;
///   - the largest width and both limits 1/n → 0 of the wide ones, by a line and by a parabola, lie
///     beyond the margin on the same side, and no limit lies below −1, a negative squared error;
///   - line, parabola and every wide width's excess are half a margin apart at most;
///
/// and then p is the largest of those at the largest width and of both limits on that side. With
/// fewer wide widths there is no p; where the rest does not hold it is 1, so that the number of
/// claims that Holm corrects for does not depend on what was measured.
///
/// In these claims `measurement` is the relative difference δ, `prediction` is 0, and low … high
/// is the interval at 1 − 2β, which for agree lies within the margin.
std::vector<GeneralizationClaim> generalization_claims(const std::vector<LearningPoint>& points,
                                                       const GeneralizationOptions& options);

}  // namespace wideproof::compare
