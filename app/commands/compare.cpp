// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/folders/begun_run.hpp>
#include <wideproof/app/folders/compared_run.hpp>
#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/study/exit_status.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {
namespace {

ComparedRun read_run(const std::string& path) {
  const RunFolder folder(path);
  const auto refuse = [&](std::string_view reason) {
    throw model::InputError("RUN", model::in_quotes(path), reason);
  };
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown) && !unknown) refuse("does not exist");
  if (!folder.holds("results.h5")) refuse("holds no finished run: results.h5 is missing");
  return {path, read_finished_run(folder), folder.file("results.h5").string()};
}

/// What repeats the comparison, in place of an experiment file.
std::string comparison_text(const ComparedRun& first, const ComparedRun& second) {
  return fmt::format("# wideproof compare {} {}\n", first.folder, second.folder);
}

/// Tables, page and summary, in a folder of their own.
void write_comparison(const Command& command, const ComparedRun& first, const ComparedRun& second,
                      const JudgedStudy& judged) {
  const RunFolder folder(*command.options.out);
  const BegunRun begun(folder, comparison_text(first, second), command.options.if_taken);
  for (const auto& table : judged.tables) folder.write(table.name, table.csv());
  const auto made_by = provenance();
  folder.write("report.html", judged.page(made_by).html({}));
  report::Json json = {{"schema", "wideproof.comparison/1"},
                       {"runs", {first.folder, second.folder}},
                       {"provenance", report::provenance_json(made_by)}};
  const auto parts = judged.summary();
  for (const auto& part : parts.items()) json[part.key()] = part.value();
  json["verdict"] = report::verdict_json(judged.outcome.verdict);
  folder.write("summary.json", report::json_text(json));
}

}  // namespace

int compare_runs(const Command& command) {
  const auto first = read_run(command.folder);
  const auto second = read_run(command.other_folder);
  const auto judged = kind_of(first.run.experiment).compare_runs(first, second);
  if (command.options.out) write_comparison(command, first, second, judged);
  if (!command.options.quiet) fmt::print("{}{}", judged.headline, judged.table);
  return exit_status(judged.outcome.verdict);
}

}  // namespace wideproof::app
