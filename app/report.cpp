// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/experiment_template.hpp>
#include <wideproof/app/run_report.hpp>
#include <wideproof/app/study.hpp>
#include <wideproof/app/terminal.hpp>
#include <wideproof/compare/terminal_table.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

int report(const Command& command) {
  const RunFolder folder(command.folder);
  for (const auto* name : {"experiment.toml", "results.h5", "summary.json"}) {
    if (!folder.holds(name)) {
      throw model::InputError("DIR", model::in_quotes(command.folder),
                              fmt::format("holds no finished run: {} is missing", name));
    }
  }
  const auto experiment = read_experiment(folder.file("experiment.toml").string(), {});
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
