// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/kinds/gram/summary.hpp>
#include <wideproof/app/study/json_values.hpp>
#include <wideproof/app/study/provenance.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::app {

// The parts of summary.json that studies of every kind have.

Json study_json(const model::Experiment::Study& study);
Json provenance_json(const Provenance& provenance);
Json inputs_json(const InputSummary& inputs);
Json files_json(const std::vector<model::ReadFile>& files);
/// With the constants of `theory`: tau, weight_variance, degree_of_correlation and so on.
Json network_json(const model::Network& network, const model::Prediction& theory);
Json verdict_json(const compare::Verdict& verdict);

/// JSON with a line for each key, item and matrix row, where nlohmann's indentation would give each
/// number a line. Numbers that are not finite come out as null.
std::string json_text(const Json& json);

}  // namespace wideproof::app
