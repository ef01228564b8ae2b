// SPDX-License-Identifier: MIT
#include <wideproof/app/run_report.hpp>

#include <wideproof/compare/tables.hpp>
#include <wideproof/sim/stopping_rule.hpp>

namespace wideproof::app {

compare::Assessment judge(const model::Experiment& experiment, const Results& results) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  // In float32 means of thousands of products lose a few units in the last place. In float64 they
  // lose next to nothing, but inputs often come from float32 and are off by half a unit of that.
  const auto& simulation = experiment.simulation();
  options.rounding = simulation.dtype == model::DType::float32 ? 1e-6 : 1e-7;
  const sim::StoppingRule stopping{.replicates = simulation.replicates,
                                   .precision = simulation.precision.value_or(0.0)};
  if (simulation.precision) {
    options.looks = static_cast<int>(stopping.looks()) * static_cast<int>(simulation.widths.size());
  }
  return compare::assess(results.prediction, results.measurement, results.series, options);
}

void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const InputSummary& inputs, const Provenance& provenance, const Results& results,
                  const compare::Assessment& assessment) {
  folder.write("gram.csv", compare::width_table(assessment, compare::Quantity::gram));
  folder.write("correlation.csv", compare::width_table(assessment, compare::Quantity::correlation));
  folder.write("fluctuation.csv", compare::relative_variance_table(assessment));
  folder.write("extrapolation.csv", compare::extrapolation_table(assessment));
  folder.write("convergence.csv", compare::convergence_table(assessment));
  folder.write("fluctuation_limit.csv", compare::fluctuation_limit_table(assessment));
  folder.write("claims.csv", compare::claims_table(assessment));
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
