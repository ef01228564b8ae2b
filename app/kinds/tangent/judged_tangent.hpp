// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <wideproof/app/kinds/gram/judged_gram.hpp>

namespace wideproof::app {

/// Judges results whose matrices stand in the order of model::TangentStack, by the experiment's own
/// options, all of them under one family error. `on_stage` may be empty.
compare::Assessment assess_tangent(const model::Experiment& experiment,
                                   const compare::GramResults& results,
                                   const OnStage& on_stage = {});

/// What a run of kind "tangent" says, and the limits that its results.h5 holds too.
JudgedGram judge_tangent(const model::Experiment& experiment, const report::InputSummary& inputs,
                         std::shared_ptr<const compare::GramResults> results,
                         const OnStage& on_stage = {});

}  // namespace wideproof::app
