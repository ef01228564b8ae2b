// SPDX-License-Identifier: MIT
#include <wideproof/app/run_report.hpp>

#include <wideproof/compare/tables.hpp>

namespace wideproof::app {

compare::Assessment judge(const model::Experiment& experiment, const Results& results) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  // A few units in the last place: means of thousands of products lose no more.
  options.rounding = experiment.simulation().dtype == model::DType::float32 ? 1e-6 : 1e-14;
  return compare::assess(results.prediction, results.measurement, options);
}

void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const InputSummary& inputs, const Provenance& provenance, const Results& results,
                  const compare::Assessment& assessment) {
  folder.write("gram.csv", compare::width_table(assessment, compare::Quantity::gram));
  folder.write("correlation.csv", compare::width_table(assessment, compare::Quantity::correlation));
  folder.write("fluctuation.csv", compare::relative_variance_table(assessment));
  folder.write("extrapolation.csv", compare::extrapolation_table(assessment));
  folder.write("convergence.csv", compare::convergence_table(assessment));
  folder.write("summary.json", to_summary(experiment, inputs, provenance, results, &assessment));
}

int exit_status(const compare::Verdict& verdict) {
  switch (verdict.outcome) {
    case compare::Outcome::agree:
      return 0;
    case compare::Outcome::disagree:
      return 1;
    case compare::Outcome::inconclusive:
      return 3;
  }
  return 3;
}

}  // namespace wideproof::app
