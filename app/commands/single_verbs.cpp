// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/sweep/sweep_prediction.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/app/system/diagnostics.hpp>

namespace wideproof::app {
namespace {

/// The experiment that the command names, or the built-in one.
model::Experiment experiment_of(const Command& command) {
  std::vector<std::string> notes;
  auto experiment = parse_experiment(read_source(command.file), name_of_source(command.file),
                                     command.settings, folder_of_source(command.file), notes);
  if (!command.options.quiet)
    for (const auto& note : notes) say(note);
  return experiment;
}

}  // namespace

int predict(const Command& command) {
  const auto text = read_source(command.file);
  const auto name = name_of_source(command.file);
  if (const auto sweep = parse_sweep(text, name, command.settings))
    return predict_sweep(*sweep, command.options);
  const auto experiment = parse_experiment(text, name, command.settings);
  return kind_of(experiment).predict(experiment, command.options);
}

int power(const Command& command) {
  const auto experiment = experiment_of(command);
  return kind_of(experiment).power(experiment, command.options);
}

int init(const Command& command) {
  const auto& kind =
      command.kind.empty() ? *kind_formats().front() : kind_format("KIND", command.kind);
  fmt::print("{}", kind.experiment_template());
  return 0;
}

}  // namespace wideproof::app
