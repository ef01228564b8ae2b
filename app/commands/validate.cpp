// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/commands/single_run.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>
#include <wideproof/app/study/run_session.hpp>
#include <wideproof/app/sweep/sweep_run.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>

namespace wideproof::app {

int validate(const Command& command, Ranks& ranks) {
  const auto start = RunSession::Clock::now();
  const auto name = name_of_source(command.file);
  const auto text = ranks.share([&] { return read_source(command.file); });
  if (!text) return 0;  // the first could not read it, and has said so
  const auto folder = ranks.share([&] { return folder_of_source(command.file).string(); });
  if (!folder) return 0;
  if (const auto sweep = parse_sweep(*text, name, command.settings, *folder))
    return run_sweep(*sweep, command.options, ranks, start);
  std::vector<std::string> notes;
  const auto experiment = parse_experiment(*text, name, command.settings, *folder, notes);
  return run_single(experiment, notes, command.options, ranks, start);
}

}  // namespace wideproof::app
