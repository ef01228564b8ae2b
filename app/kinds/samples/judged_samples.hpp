// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <wideproof/app/kinds/gram/judged_gram.hpp>

namespace wideproof::app {

/// Judges samples by the experiment's own options; that networks are independent is a claim too.
/// `on_stage` may be empty.
compare::Assessment assess_samples(const model::Experiment& experiment,
                                   const compare::GramResults& results,
                                   const OnStage& on_stage = {});

/// What a run of kind "samples" says, and of a prediction the limits that its results.h5 holds.
JudgedGram judge_samples(const model::Experiment& experiment, const report::InputSummary& inputs,
                         std::shared_ptr<const compare::GramResults> results,
                         const OnStage& on_stage = {});

}  // namespace wideproof::app
