// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/experiment_template.hpp>
#include <wideproof/app/generalization_report.hpp>
#include <wideproof/app/regression_results.hpp>
#include <wideproof/app/regression_runner.hpp>
#include <wideproof/app/run_report.hpp>
#include <wideproof/app/study.hpp>
#include <wideproof/app/sweep_run.hpp>
#include <wideproof/app/sweep_spec.hpp>
#include <wideproof/app/terminal.hpp>
#include <wideproof/compare/generalization_tables.hpp>
#include <wideproof/compare/terminal_table.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

namespace {

int report_generalization(const RunFolder& folder, const model::Experiment& experiment,
                          bool quiet) {
  const auto measurement = read_measurement(folder.file("results.h5").string(), experiment);
  InputSummary inputs;
  Provenance made_by;
  read_summary(folder.file("summary.json").string(), inputs, made_by);
  const auto assessment = judge(experiment, measurement);
  write_report(folder, experiment, limit_of(experiment.network()), inputs, made_by, measurement,
               assessment);
  if (!quiet) fmt::print("{}", compare::terminal_table(assessment, stdout_takes_colour()));
  return 0;
}

}  // namespace

int report(const Command& command) {
  const RunFolder folder(command.folder);
  const auto require = [&](std::string_view name) {
    if (folder.holds(name)) return;
    throw model::InputError("DIR", model::in_quotes(command.folder),
                            fmt::format("holds no finished run: {} is missing", name));
  };
  require("experiment.toml");
  require("summary.json");
  if (const auto sweep = read_sweep(folder.file("experiment.toml").string(), {})) {
    return report_sweep(*sweep, folder, command.quiet);
  }
  require("results.h5");
  const auto experiment = read_experiment(folder.file("experiment.toml").string(), {});
  if (experiment.study().kind == model::StudyKind::generalization) {
    return report_generalization(folder, experiment, command.quiet);
  }
  const Results results = read_results(folder.file("results.h5").string());
  if (results.measurement.empty()) {
    throw model::InputError("DIR", model::in_quotes(command.folder),
                            "holds a prediction alone: there is nothing to compare");
  }
  InputSummary inputs;
  Provenance made_by;
  read_summary(folder.file("summary.json").string(), inputs, made_by);
  const auto assessment = judge(experiment, results);
  write_report(folder, experiment, inputs, made_by, results, assessment);
  if (!command.quiet) fmt::print("{}", compare::terminal_table(assessment, stdout_takes_colour()));
  return 0;
}

int init(const Command& command) {
  fmt::print("{}", experiment_template(command.kind));
  return 0;
}

}  // namespace wideproof::app
