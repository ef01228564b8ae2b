// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/generalization/measurement.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {

/// What a study of generalization says, judged by the experiment's own options.
JudgedStudy judge_generalization(const model::Experiment& experiment,
                                 const report::InputSummary& inputs,
                                 const model::GeneralizationMeasurement& measurement);

}  // namespace wideproof::app
