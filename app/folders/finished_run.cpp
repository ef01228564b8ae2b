// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/finished_run.hpp>

#include <string>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/files/read_text.hpp>
#include <wideproof/app/folders/summary_file.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

void take_cost(const RunFolder& folder, report::Provenance& made_by) {
  if (!folder.holds("summary.json")) return;
  try {
    RunRecord told;
    read_summary(folder.file("summary.json").string(), told);
    made_by.threads = told.made_by.threads;
    made_by.ranks = told.made_by.ranks;
    made_by.wall_seconds = told.made_by.wall_seconds;
  } catch (const model::InputError& error) {
    say(fmt::format("{}; how long the run took is not known", error.what()));
  }
}

FinishedRun read_finished_run(const RunFolder& folder) {
  const auto toml = folder.file("experiment.toml").string();
  const auto results = folder.file("results.h5").string();
  auto record = read_record(Hdf5Reader("results", results));
  if (!record) {
    say(
        fmt::format("{} is older than this program's and does not say which experiment made it; "
                    "experiment.toml is believed",
                    model::in_quotes(results)));
    RunRecord told;
    read_summary(folder.file("summary.json").string(), told);
    auto experiment = parse_experiment(read_text(toml), toml, {});
    told.experiment = sampled_part(to_toml(experiment));
    return {std::move(experiment), std::move(told)};
  }
  auto experiment = parse_experiment(record->experiment, results, {});
  // With the keys that have come since it was written.
  record->experiment = sampled_part(to_toml(experiment));
  if (folder.holds("experiment.toml"))
    require_same_experiment(*record, to_toml(parse_experiment(read_text(toml), toml, {})), toml);
  take_cost(folder, record->made_by);
  return {std::move(experiment), std::move(*record)};
}

}  // namespace wideproof::app
