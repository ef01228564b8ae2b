// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/statistics/hotelling.hpp>

namespace wideproof::compare {

/// Why a rejection would not convict; without a text there is no obstacle.
struct Obstacle {
  std::string text = {};
  bool bars_agreement = false;  ///< what follows no law does not agree with a limit either
};

Obstacle when(bool so, const Obstacle& obstacle);
/// The first that has a text.
Obstacle first_of(const std::vector<Obstacle>& obstacles);

/// A lack of fit that cannot be computed is no fit.
bool lacks_fit(const std::optional<JointTest>& lack_of_fit, double level);

/// A claim that is about to be judged, and what stands in its way.
struct OpenClaim {
  Claim claim;
  Obstacle obstacle;
  std::string next_term = {};  ///< the guard's last one, "1/n²"
  std::string doubt = {};      ///< why it does not agree where it is not rejected; else empty
};

/// Multiplies every p by the looks, fills p_adjusted (Holm over the claims) and the outcomes of the
/// claims that have a p-value:
///   disagree      p_adjusted < family_error and there is no obstacle
///   inconclusive  p_adjusted < family_error with an obstacle, or p_unguarded adjusted likewise is;
///                 a number that is not finite; an obstacle that bars agreement; a doubt
///   agree         otherwise
/// Of a claim that is open the obstacle becomes the claim's.
void judge_together(std::vector<OpenClaim>& claims, double family_error, int looks);

}  // namespace wideproof::compare
