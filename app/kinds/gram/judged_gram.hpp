// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/results.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {

/// What the experiment's own keys say of how it is judged.
compare::Options judging_options(const model::Experiment& experiment);

/// Judges results by these options. `on_stage` may be empty.
compare::Assessment assess_gram(const model::Experiment& experiment,
                                const compare::GramResults& results, const OnStage& on_stage = {});

/// What a run of kind "gram" says, and the limits that its results.h5 holds too.
struct JudgedGram {
  JudgedStudy study;
  std::optional<compare::Extrapolation> limits;
};
JudgedGram judge_gram(const model::Experiment& experiment, const report::InputSummary& inputs,
                      std::shared_ptr<const compare::GramResults> results,
                      const OnStage& on_stage = {});

}  // namespace wideproof::app
