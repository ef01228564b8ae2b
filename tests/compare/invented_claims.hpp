// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/sweep/sweep_claim.hpp>

#include "invented_sweep.hpp"

namespace wideproof::compare::testing {

// Claims about the errors of an InventedSweep.

inline PointSelector at(const std::string& f) {
  return {{"network.active_fraction", f}};
}

inline SweepClaim said(SweepClaim::Kind kind, const std::string& f) {
  SweepClaim claim;
  claim.kind = kind;
  claim.statement = "What the paper says.";
  claim.training_points = sweep_training_points;
  claim.at = at(f);
  return claim;
}

inline SweepClaim best(const std::string& f) {
  return said(SweepClaim::Kind::best, f);
}

inline SweepClaim ratio(double low, double high) {
  SweepClaim claim = said(SweepClaim::Kind::ratio, "0.05");
  claim.over = at("0.2");  // a true ratio of 1.2
  claim.low = low;
  claim.high = high;
  return claim;
}

inline SweepClaim value(double error, double tolerance) {
  SweepClaim claim = said(SweepClaim::Kind::value, "0.2");  // truly 0.05
  claim.value = error;
  claim.tolerance = tolerance;
  return claim;
}

}  // namespace wideproof::compare::testing
