// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <wideproof/app/commands/study.hpp>
#include <wideproof/app/kinds/experiment_template.hpp>
#include <wideproof/app/kinds/generalization/generalization_report.hpp>
#include <wideproof/app/kinds/generalization/regression_results.hpp>
#include <wideproof/app/kinds/generalization/regression_runner.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/study/finished_run.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/sweep/sweep_run.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/generalization/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>

namespace wideproof::app {
namespace {

void report_generalization(const RunFolder& folder, const FinishedRun& run, bool quiet) {
  const auto& [experiment, record] = run;
  const auto measurement = read_measurement(folder.file("results.h5").string(), experiment);
  const auto assessment = judge(experiment, measurement);
  write_report(folder, experiment, limit_of(experiment.network()), record, measurement, assessment);
  if (!quiet) fmt::print("{}", report::terminal_table(assessment, stdout_takes_colour()));
}

void report_gram(const RunFolder& folder, const FinishedRun& run, bool quiet) {
  const auto& [experiment, record] = run;
  const Results results = read_results(folder.file("results.h5").string());
  if (results.measurement.empty()) {
    throw model::InputError("DIR", model::in_quotes(folder.path().string()),
                            "holds a prediction alone: there is nothing to compare");
  }
  ProgressLine line(quiet);
  const auto assessment =
      judge(experiment, results, [&](std::string_view stage) { line.show(stage); });
  write_report(folder, experiment, record, results, assessment);
  if (!quiet) fmt::print("{}", report::terminal_table(assessment, stdout_takes_colour()));
}

}  // namespace

int report(const Command& command) {
  const RunFolder folder(command.folder);
  const auto refuse = [&](std::string_view reason) {
    throw model::InputError("DIR", model::in_quotes(command.folder), reason);
  };
  const bool is_single = folder.holds("results.h5");
  if (!is_single && !folder.holds("experiment.toml"))
    refuse("holds no finished run: results.h5 is missing");
  const auto lock = folder.lock();
  folder.adopt();
  if (!is_single) {
    const auto sweep = read_sweep(folder.file("experiment.toml").string(), {});
    if (!sweep) refuse("holds no finished run: results.h5 is missing");
    return report_sweep(*sweep, folder, command.quiet);
  }
  const auto run = read_finished_run(folder);
  if (run.experiment.study().kind == model::StudyKind::generalization) {
    report_generalization(folder, run, command.quiet);
  } else {
    report_gram(folder, run, command.quiet);
  }
  return 0;
}

int init(const Command& command) {
  fmt::print("{}", experiment_template(command.kind));
  return 0;
}

}  // namespace wideproof::app
