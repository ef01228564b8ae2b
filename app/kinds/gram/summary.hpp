// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/kinds/gram/results_file.hpp>
#include <wideproof/app/study/provenance.hpp>
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// summary.json, schema "wideproof.summary/1": matrices as lists of rows, layers counted from 1,
/// null for a number that does not exist. Where there are too many numbers
/// for MatricesInJson, the key `matrices` says where in results.h5 they are.
/// `assessment` may be null (nothing was simulated).
std::string to_summary(const model::Experiment& experiment, const RunRecord& record,
                       const Results& results, const compare::Assessment* assessment);

/// Takes from a summary.json what made it and how long that took, and what its inputs were. Throws
/// model::InputError naming the file.
void read_summary(const std::string& file, RunRecord& record);

}  // namespace wideproof::app
