// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

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

/// Unless the command is to be quiet.
void say_notes(const Command& command, const std::vector<std::string>& notes) {
  if (command.options.quiet) return;
  for (const auto& note : notes) say(note);
}

/// The experiment that the command names, or the built-in one; `text` is its file's content.
model::Experiment experiment_of(const Command& command, const std::string& text) {
  std::vector<std::string> notes;
  auto experiment = parse_experiment(text, name_of_source(command.file), command.settings,
                                     folder_of_source(command.file), notes);
  say_notes(command, notes);
  return experiment;
}

}  // namespace

int predict(const Command& command) {
  const auto text = read_source(command.file);
  if (const auto sweep = parse_sweep(text, name_of_source(command.file), command.settings,
                                     folder_of_source(command.file))) {
    say_notes(command, sweep->notes);
    return predict_sweep(*sweep, command.options);
  }
  const auto experiment = experiment_of(command, text);
  return kind_of(experiment).predict(experiment, command.options);
}

int power(const Command& command) {
  const auto experiment = experiment_of(command, read_source(command.file));
  return kind_of(experiment).power(experiment, command.options);
}

int init(const Command& command) {
  const auto& kind =
      command.kind.empty() ? *kind_formats().front() : kind_format("KIND", command.kind);
  fmt::print("{}", kind.experiment_template());
  return 0;
}

}  // namespace wideproof::app
