// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/provenance.hpp>
#include <wideproof/app/results_file.hpp>
#include <wideproof/compare/assessment.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// What summary.json says of its inputs.
struct InputSummary {
  std::string source;
  std::int64_t count = 0;
  std::int64_t dimension = 0;
};

/// summary.json, schema "wideproof.summary/1": matrices as lists of rows, layers counted from 1,
/// null for a number that does not exist. `assessment` may be null (nothing was simulated).
std::string to_summary(const model::Experiment& experiment, const InputSummary& inputs,
                       const Provenance& provenance, const Results& results,
                       const compare::Assessment* assessment);

/// Reads back what a report needs of a summary.json. Throws model::InputError naming the file.
void read_summary(const std::string& file, InputSummary& inputs, Provenance& provenance);

}  // namespace wideproof::app
