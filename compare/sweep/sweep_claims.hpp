// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// A statement about the errors of a sweep, to be tested on draws of data that its points share.
struct SweepClaim {
  enum class Kind {
    best,   ///< the error at `at` is the least of the points that have the values `over`
    ratio,  ///< error at `at` / error at `over` lies in [low, high]
    value   ///< the error at `at` is `value`
  };
  Kind kind = Kind::best;
  std::string statement;  ///< a plain sentence
  std::int64_t training_points = 0;
  std::int64_t width = 0;  ///< of networks; 0 for the kernel
  PointSelector at;
  PointSelector over;          ///< of a ratio one point; of the best any number, empty: all
  std::optional<double> low;   ///< of a ratio; none: any smaller one will do
  std::optional<double> high;  ///< of a ratio; none: any larger one will do
  std::optional<double> value;
  /// Of a value, relative: |error/value − 1| ≤ tolerance. Of the best, by how much another point's
  /// error may be smaller: error at `at` ≤ (1 + tolerance) · the other's.
  double tolerance = 0.01;
  /// The draws do not differ by chance (a fixed grid, say): what is measured is certain, even with
  /// one draw.
  bool exact = false;
};

/// Throws model::InputError for claims that cannot be tested on a sweep of these keys and values,
/// naming `<key>[i].<field>`: a point that is not there or not the only one, a P or width that it
/// does not measure, networks said to be exact, a best point without another, a ratio without
/// bounds or with low > high, a value that is missing, numbers that are not positive and finite, a
/// tolerance outside (0, 1). Of a point's errors only the keys are read: they may hold no draws
/// yet, so that a file is refused before it is run.
void check(const std::vector<SweepClaim>& claims, const SweepResult& sweep,
           const std::string& key = "claims");

/// Each claim with its outcome at family error α, in the order given. With δ the paired difference
/// of paired_ratio(), bounds B on it from the kind of claim:
///
///   agree      within_p < α: a false claim is called true with chance α at most
///   disagree   beyond_p < α, Holm over the claims: any true one is called false with chance α
///
/// `best` is one such test against every other point with B = (−∞, tolerance]: it agrees where no
/// other point can be better by more than the tolerance, all tests below α (intersection–union,
/// which is multiple comparisons with the best without a loss for many points), and disagrees where
/// some point is better by more, Holm over the points. Points without errors at that P are left
/// out and counted. Draws that a point lacks are left out of its pair. Anything that hinders a test
/// is named in `obstacle`, and the claim is inconclusive.
///
/// `measurement` is the ratio, the value or, of `best`, the error at `at` over that of the point
/// that speaks loudest against it; low … high is its interval at 1 − 2α.
std::vector<Claim> sweep_claims(const SweepResult& sweep, const std::vector<SweepClaim>& claims,
                                double family_error);

}  // namespace wideproof::compare
