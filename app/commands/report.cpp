// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/sweep/sweep_run.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

void report_run(const RunFolder& folder, bool quiet) {
  const auto run = read_finished_run(folder);
  const auto& kind = kind_of(run.experiment);
  const auto results = folder.file("results.h5").string();
  if (!kind.holds_run(results)) {
    throw model::InputError("DIR", model::in_quotes(folder.path().string()),
                            "holds only a prediction: there is nothing to compare");
  }
  ProgressLine line(quiet);
  const auto judged = kind.recall(run, results, [&](std::string_view stage) { line.show(stage); });
  write_report(folder, run, judged);
  if (!quiet) fmt::print("{}", judged.table);
}

}  // namespace

int report(const Command& command) {
  const RunFolder folder(command.folder);
  const auto refuse = [&](std::string_view reason) {
    throw model::InputError("DIR", model::in_quotes(command.folder), reason);
  };
  std::error_code unknown;
  if (!std::filesystem::exists(command.folder, unknown) && !unknown) refuse("does not exist");
  const bool is_single = folder.holds("results.h5");
  if (!is_single && !folder.holds("experiment.toml"))
    refuse("holds no finished run: results.h5 is missing");
  const auto lock = folder.lock();
  folder.adopt();
  if (is_single) {
    report_run(folder, command.options.quiet);
    return 0;
  }
  const auto sweep = read_sweep(folder.file("experiment.toml").string(), {});
  if (!sweep) refuse("holds no finished run: results.h5 is missing");
  return report_sweep(*sweep, folder, command.options.quiet);
}

}  // namespace wideproof::app
