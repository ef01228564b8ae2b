// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <boost/random/mersenne_twister.hpp>

#include <wideproof/compare/generalization/sweep_numbers.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

#include "invented_errors.hpp"

namespace wideproof::compare::testing {

inline SweepPoint learned(std::vector<std::string> values, const InventedErrors& law) {
  boost::random::mt19937_64 rng(1);
  const model::GeneralizationMeasurement measured = draw_errors(law, rng);
  const GeneralizationAssessment assessment = assess_generalization(measured, {});
  return {.values = std::move(values),
          .verdict = assessment.verdict,
          .numbers = error_numbers(assessment, measured),
          .is_judged = is_judged(assessment)};
}

/// Over f and m, and over a filter where `filters` are given.
inline SweepResult grid(const std::vector<std::string>& fs, const std::vector<std::string>& ms,
                        const std::vector<std::string>& filters = {}) {
  SweepResult sweep{{"network.active_fraction", "network.presynaptic.degree"}, {}};
  if (!filters.empty()) sweep.keys.push_back("network.presynaptic.filter");
  InventedErrors law;
  law.training_points = {128, 256};
  law.widths = {512, 4096};
  for (const std::string& f : fs)
    for (const std::string& m : ms) {
      if (filters.empty()) sweep.points.push_back(learned({f, m}, law));
      for (const std::string& filter : filters)
        sweep.points.push_back(learned({f, m, filter}, law));
    }
  return sweep;
}

}  // namespace wideproof::compare::testing
