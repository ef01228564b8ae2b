// SPDX-License-Identifier: MIT
#include <wideproof/app/study/run_files.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/folders/figure_drawer.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/duration.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/page/study_page.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>

namespace wideproof::app {
namespace {

/// The page of a kind that has none of its own.
std::string general_page(const FinishedRun& run, const JudgedStudy& judged) {
  return report::study_page({.experiment = run.experiment,
                             .headline = judged.headline,
                             .verdict = judged.outcome.verdict,
                             .claims = judged.claims,
                             .numbers = judged.outcome.numbers,
                             .tables = judged.tables,
                             .provenance = in_words(run.record.made_by)});
}

bool has_network(const model::Experiment& experiment) {
  const auto left_out = kind_of(experiment).left_out();
  return std::find(left_out.begin(), left_out.end(), "network") == left_out.end();
}

void enter(const OnStage& on_stage, std::string_view stage) {
  if (on_stage) on_stage(stage);
}

void write_page(const RunFolder& folder, const FinishedRun& run, const JudgedStudy& judged,
                const OnStage& on_stage) {
  if (!judged.page) {
    folder.write("report.html", general_page(run, judged));
    return;
  }
  enter(on_stage, {});  // complaints may follow
  const auto page = judged.page(run.record.made_by);
  const auto svg = draw(folder, page.figures);
  enter(on_stage, {});
  folder.write("report.html", page.html(svg));
}

}  // namespace

RunRecord record_of(const StudyRun& run, const RunFolder& folder,
                    const report::Provenance& made_by) {
  return {sampled_part(to_toml(run.experiment(), folder.path())), run.inputs(),
          files_from(folder.path(), run.log().files), made_by};
}

JudgedStudy finish(StudyRun& run, const RunFolder& folder, const report::Provenance& made_by,
                   ReportParts parts, const OnStage& on_stage) {
  const auto record = record_of(run, folder, made_by);
  const FinishedRun finished{parse_experiment(record.experiment, "experiment", {}), record};
  enter(on_stage, "judging");
  auto [results, judged] = run.finish(finished.record, on_stage);
  enter(on_stage, "writing the results");
  folder.write("results.h5", results);
  write_report(folder, finished, judged, parts, on_stage);
  folder.remove("checkpoint.h5");
  return std::move(judged);
}

bool holds_results(const StudyRun& run, const RunFolder& folder) {
  if (!folder.holds("results.h5")) return false;
  const auto results = folder.file("results.h5").string();
  if (!kind_of(run.experiment()).holds_run(results)) return false;
  require_results_of(results, to_toml(run.experiment(), folder.path()), run.log().files);
  return true;
}

bool is_finished(const StudyRun& run, const RunFolder& folder) {
  return folder.holds("summary.json") && holds_results(run, folder);
}

void write_report(const RunFolder& folder, const FinishedRun& run, const JudgedStudy& judged,
                  ReportParts parts, const OnStage& on_stage) {
  for (const auto& table : judged.tables) {
    enter(on_stage, "writing the tables");
    folder.write(table.name, table.csv());
  }
  enter(on_stage, {});
  if (!judged.left_out.empty()) say(judged.left_out);
  if (parts == ReportParts::all) write_page(folder, run, judged, on_stage);
  enter(on_stage, {});
  folder.write("summary.json", summary_text(run, judged.summary(), &judged.outcome.verdict));
}

report::Json network_constants(const model::Network& network) {
  try {
    return report::network_json(network, theory::network_limit(network),
                                theory::map_constants(network));
  } catch (const model::InputError&) {
    model::Prediction limit;
    limit.weight_variance =
        network.weight_variance().value_or(std::numeric_limits<double>::quiet_NaN());
    limit.gram_scale = std::numeric_limits<double>::quiet_NaN();
    limit.degree_of_correlation = std::numeric_limits<double>::quiet_NaN();
    return report::network_json(network, limit, {});
  }
}

std::string summary_text(const FinishedRun& run, const report::Json& parts,
                         const compare::Verdict* verdict) {
  report::Json json = {
      {"schema", "wideproof.summary/1"},
      {"study", report::study_json(run.experiment)},
      {"provenance", report::provenance_json(run.record.made_by)},
      {"network", has_network(run.experiment) ? network_constants(run.experiment.network())
                                              : report::Json(nullptr)},
      {"inputs", report::inputs_json(run.record.inputs)},
      {"files", report::files_json(run.record.files)}};
  for (const auto& part : parts.items()) json[part.key()] = part.value();
  json["verdict"] = verdict == nullptr ? report::Json(nullptr) : report::verdict_json(*verdict);
  return report::json_text(json);
}

void announce_results(double bytes) {
  constexpr double worth_saying = 1e9;
  if (bytes > worth_saying) say(fmt::format("results will take about {:.1f} GB", bytes / 1e9));
}

std::vector<report::HtmlDefinition> in_words(const report::Provenance& made_by) {
  return {{"wideproof", made_by.version + ", commit " + made_by.commit},
          {"built with", made_by.compiler + ", LibTorch " + made_by.libtorch},
          {"computed on",
           made_by.threads == 0
               ? std::string("not known: summary.json is missing")
               : fmt::format(
                     "{} thread{}{} in {}", made_by.threads, made_by.threads == 1 ? "" : "s",
                     made_by.ranks == 1 ? "" : fmt::format(" of each of {} ranks", made_by.ranks),
                     duration_text(made_by.wall_seconds))}};
}

std::map<std::string, std::string> draw(const RunFolder& folder,
                                        const std::vector<report::Figure>& figures) {
  auto drawing = draw_figures(folder, figures);
  for (const auto& complaint : drawing.complaints) say(complaint);
  return std::move(drawing.svg);
}

}  // namespace wideproof::app
