// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/map_constants.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/json/provenance.hpp>

namespace wideproof::report {

// The parts of summary.json, schema "wideproof.summary/1", that studies of every kind have.

/// Where inputs came from, in words and numbers.
struct InputSummary {
  std::string source;
  std::int64_t count = 0;
  std::int64_t dimension = 0;
};

Json study_json(const model::Experiment& experiment);
Json provenance_json(const Provenance& provenance);
Json inputs_json(const InputSummary& inputs);
Json files_json(const std::vector<model::ReadFile>& files);
/// With the constants of the theory's `limit`: tau, weight_variance, degree_of_correlation and so
/// on; `map`: of its correlation map.
Json network_json(const model::Network& network, const model::Prediction& limit,
                  const model::MapConstants& map);
Json claims_json(const std::vector<compare::Claim>& claims);
Json verdict_json(const compare::Verdict& verdict);

/// JSON with a line for each key, item and matrix row, where nlohmann's indentation would give each
/// number a line. Numbers that are not finite come out as null.
std::string json_text(const Json& json);

}  // namespace wideproof::report
