// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_report.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/sweep/critical_curve.hpp>
#include <wideproof/app/sweep/predicted_between.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/sweep/sweep_verdict.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/sweep/figures.hpp>
#include <wideproof/report/sweep/page.hpp>
#include <wideproof/report/sweep/tables.hpp>
#include <wideproof/report/sweep/trace_figures.hpp>

namespace wideproof::app {
namespace {

double family_error(const SweepSpec& sweep) {
  return sweep.points.front().experiment.compare().family_error;
}

report::Json number_json(const compare::SweepNumber& number) {
  return {{"quantity", number.quantity->name},
          {"training_points", number.training_points},
          {"width", number.width},
          {"value", number.value},
          {"low", number.low},
          {"high", number.high},
          {"predicted", number.predicted}};
}

/// `verdict` may be null: nothing was measured, so that nothing was judged.
std::string summary(const SweepSpec& sweep, const report::Provenance& made_by,
                    const SweepReport& report, const compare::Verdict* verdict) {
  report::Json points = report::Json::array();
  for (std::size_t i = 0; i < report.result.points.size(); ++i) {
    const auto& point = report.result.points[i];
    report::Json values = report::Json::object();
    for (std::size_t k = 0; k < sweep.keys.size(); ++k) {
      const auto& value = sweep.points[i].values[k];
      values[sweep.keys[k]] = value.number ? report::Json(*value.number) : report::Json(value.text);
    }
    report::Json numbers = report::Json::array();
    for (const auto& number : point.numbers) numbers.push_back(number_json(number));
    points.push_back({{"folder", sweep.points[i].folder},
                      {"values", values},
                      {"network", network_constants(sweep.points[i].experiment.network())},
                      {"outcome", compare::outcome_of(point)},
                      {"p_value", point.verdict.p_value},
                      {"advice", point.verdict.advice},
                      {"numbers", numbers}});
  }
  const report::Json json = {
      {"schema", "wideproof.summary/1"},
      {"study", report::study_json(sweep.points.front().experiment)},
      {"provenance", report::provenance_json(made_by)},
      {"inputs", report::inputs_json({})},
      {"sweep", {{"keys", sweep.keys}, {"points", points}}},
      {"claims", report::claims_json(report.claims)},
      {"verdict", verdict == nullptr ? report::Json(nullptr) : report::verdict_json(*verdict)}};
  return report::json_text(json);
}

/// `options`: of a sweep that was predicted only, else null.
std::vector<report::Figure> figures_of(const SweepSpec& sweep, const SweepReport& report,
                                       const RunOptions* options) {
  auto figures = report::trace_figures(report.result, report.traces);
  for (auto& figure : report::sweep_figures(report.result, critical_curve(sweep),
                                            predicted_between(sweep, report.result, options)))
    figures.push_back(std::move(figure));
  return figures;
}

}  // namespace

double family_error_of_a_point(const SweepSpec& sweep) {
  return compare::family_error_of_a_point(family_error(sweep), !sweep.claims.empty(),
                                          sweep.points.size());
}

model::Experiment with_its_share(const SweepSpec& sweep, const SweepExperiment& point) {
  auto options = point.experiment.options();
  // All points agree only if each does, so that agreement needs no share.
  if (options.kind->takes().agreement_error && !options.compare.agreement_error) {
    options.compare.agreement_error = options.compare.family_error;
  }
  options.compare.family_error = family_error_of_a_point(sweep);
  return model::Experiment(std::move(options));
}

SweepReport judge_sweep(const SweepSpec& sweep, std::vector<StudyOutcome> outcomes) {
  SweepReport report;
  report.result.keys = sweep.keys;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    compare::SweepPoint point{.verdict = std::move(outcomes[i].verdict),
                              .numbers = std::move(outcomes[i].numbers),
                              .is_judged = outcomes[i].is_judged};
    for (const auto& value : sweep.points[i].values) point.values.push_back(value.text);
    report.result.points.push_back(std::move(point));
    report.traces.push_back(std::move(outcomes[i].traces));
  }
  report.claims = compare::sweep_claims(report.result, sweep.claims,
                                        compare::family_error_of_claims(family_error(sweep)));
  report.verdict = compare::sweep_verdict(report.result, report.claims, family_error(sweep));
  return report;
}

StudyOutcome recall_point(const RunFolder& folder, const model::Experiment& experiment) {
  const auto run = read_finished_run(folder);
  const auto results = folder.file("results.h5").string();
  // Before paths were taken from a run's folder, points had them as their sweep has.
  const auto sweeps = folder.path().parent_path().parent_path();
  if (run.record.experiment != sampled_part(to_toml(experiment, sweeps)))
    require_same_experiment(run.record, to_toml(experiment, folder.path()), results);
  return kind_of(experiment).recall(run, results, {}).outcome;
}

std::string terminal_text(const SweepSpec& sweep, const SweepReport& report) {
  auto text =
      fmt::format("{}: a sweep of {} points\n\n{}", sweep.name(), sweep.points.size(),
                  report::terminal_table(report.result, report.verdict, stdout_takes_colour()));
  if (!report.claims.empty()) text.append("\n").append(report::terminal_table(report.claims));
  return text;
}

std::string prediction_text(const SweepSpec& sweep, const SweepReport& report) {
  return fmt::format("{}: theory at {} points, and no network sampled\n\n{}", sweep.name(),
                     sweep.points.size(), report::terminal_table(report.result));
}

void write_sweep_report(const RunFolder& folder, const SweepSpec& sweep,
                        const report::Provenance& made_by, const SweepReport& report) {
  folder.write("sweep.csv", report::sweep_table(report.result));
  folder.write("claims.csv", report::claims_table(report.claims));
  const auto figures = figures_of(sweep, report, nullptr);
  const auto& first = sweep.points.front().experiment;
  const auto words = kind_of(first).sweep_words(first);
  report::SweepPage page{.first = first,
                         .words = words,
                         .sweep = report.result,
                         .verdict = report.verdict,
                         .claims = report.claims,
                         .figures = figures,
                         .name = sweep.name(),
                         .folders = {},
                         .provenance = in_words(made_by),
                         .claims_error = compare::family_error_of_claims(family_error(sweep))};
  std::transform(sweep.points.begin(), sweep.points.end(), std::back_inserter(page.folders),
                 [](const SweepExperiment& point) { return point.folder; });
  folder.write("report.html", report::sweep_report(page, draw(folder, figures)));
  folder.write("summary.json", summary(sweep, made_by, report, &report.verdict));
}

void write_sweep_prediction(const RunFolder& folder, const SweepSpec& sweep,
                            const report::Provenance& made_by, const SweepReport& report,
                            const RunOptions& options) {
  folder.write("sweep.csv", report::sweep_table(report.result));
  draw(folder, figures_of(sweep, report, &options));
  folder.write("summary.json", summary(sweep, made_by, report, nullptr));
}

}  // namespace wideproof::app
