// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/compare/outcome.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/theory/recursion/wrong_formulas.hpp>

namespace wideproof::app {

/// A formula that each run is judged by.
struct PowerFormula {
  std::string name;
  std::optional<bool> is_wrong;  ///< nullopt: the user's own
};

/// An experiment that is run again and again, each time with other networks, to be judged by
/// several formulas.
struct PowerStudy {
  const model::Experiment& experiment;
  std::vector<PowerFormula> formulas;
  std::string true_ones;                              ///< a sentence of which of them are true
  std::vector<theory::LeftOutFormula> left_out = {};  ///< that are not judged, and why

  /// Runs the experiment with that seed and judges it by each formula; nullopt when GoOn ended it.
  std::function<std::optional<std::vector<compare::Outcome>>(std::uint64_t seed, const GoOn&,
                                                             const OnStage&)>
      run;
};

/// The verb power: runs it options.runs times, with seeds from study.seed, and prints how often
/// each formula got each verdict, with 95% intervals of the share that was rejected. With
/// options.out that table is written to power.csv.
int run_power(const PowerStudy& study, const RunOptions& options);

}  // namespace wideproof::app
