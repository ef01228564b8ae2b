// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_report.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/generalization/generalization_report.hpp>
#include <wideproof/app/kinds/generalization/regression_results.hpp>
#include <wideproof/app/kinds/generalization/regression_runner.hpp>
#include <wideproof/app/kinds/gram/assessment_json.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/study/finished_run.hpp>
#include <wideproof/app/study/summary_json.hpp>
#include <wideproof/app/sweep/critical_curve.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/sweep/figures.hpp>
#include <wideproof/report/sweep/page.hpp>
#include <wideproof/report/sweep/tables.hpp>
#include <wideproof/report/sweep/trace_figures.hpp>

namespace wideproof::app {
namespace {

double family_error(const SweepSpec& sweep) {
  return sweep.points.front().experiment.compare().family_error;
}

double share_of_the_points(const SweepSpec& sweep) {
  return family_error(sweep) / (sweep.claims.empty() ? 1.0 : 2.0);
}

double family_error_of_claims(const SweepSpec& sweep) {
  return family_error(sweep) / 2.0;
}

/// What points and claims say together.
compare::Verdict verdict_of(const SweepSpec& sweep, const SweepReport& report) {
  using compare::Outcome;
  auto verdict = compare::sweep_verdict(report.result, share_of_the_points(sweep));
  verdict.family_error = family_error(sweep);
  // Points with nothing to judge leave the verdict to the claims.
  if (!report.claims.empty() && !compare::is_judged(report.result))
    verdict.outcome = Outcome::agree;
  // Points and claims have half of the family error each.
  for (const auto& claim : report.claims)
    if (claim.p_adjusted) verdict.p_value = std::fmin(verdict.p_value, *claim.p_adjusted);
  if (!report.claims.empty()) verdict.p_value = std::min(2.0 * verdict.p_value, 1.0);
  for (const auto& claim : report.claims) {
    if (claim.outcome == Outcome::agree) continue;
    verdict.reasons.push_back(
        fmt::format("claim \"{}\": {}", claim.statement, compare::name_of(claim.outcome)));
    if (verdict.outcome != Outcome::disagree) verdict.outcome = claim.outcome;
  }
  if (!report.claims.empty()) {
    verdict.reasons.push_back(fmt::format(
        "{} of {} claims about the sweep agree",
        std::count_if(report.claims.begin(), report.claims.end(),
                      [](const auto& claim) { return claim.outcome == Outcome::agree; }),
        report.claims.size()));
  }
  return verdict;
}

Json number_json(const compare::SweepNumber& number) {
  return {{"quantity", number.quantity},
          {"training_points", number.training_points},
          {"width", number.width},
          {"value", number.value},
          {"low", number.low},
          {"high", number.high},
          {"predicted", number.predicted}};
}

std::string summary(const SweepSpec& sweep, const Provenance& made_by, const SweepReport& report) {
  Json points = Json::array();
  for (std::size_t i = 0; i < report.result.points.size(); ++i) {
    const auto& point = report.result.points[i];
    Json values = Json::object();
    for (std::size_t k = 0; k < sweep.keys.size(); ++k) {
      const auto& value = sweep.points[i].values[k];
      values[sweep.keys[k]] = value.number ? Json(*value.number) : Json(value.text);
    }
    Json numbers = Json::array();
    for (const auto& number : point.numbers) numbers.push_back(number_json(number));
    const auto& network = sweep.points[i].experiment.network();
    points.push_back({{"folder", sweep.points[i].folder},
                      {"values", values},
                      {"network", network_json(network, limit_of(network))},
                      {"outcome", compare::outcome_of(point)},
                      {"p_value", point.verdict.p_value},
                      {"numbers", numbers}});
  }
  const Json json = {{"schema", "wideproof.summary/1"},
                     {"study", study_json(sweep.points.front().experiment.study())},
                     {"provenance", provenance_json(made_by)},
                     {"inputs", inputs_json({})},
                     {"sweep", {{"keys", sweep.keys}, {"points", points}}},
                     {"claims", claims_json(report.claims)},
                     {"verdict", verdict_json(report.verdict)}};
  return json_text(json);
}

}  // namespace

double family_error_of_a_point(const SweepSpec& sweep) {
  return share_of_the_points(sweep) / static_cast<double>(sweep.points.size());
}

SweepReport judge(const SweepSpec& sweep, std::vector<StudyOutcome> outcomes) {
  SweepReport report;
  report.result.keys = sweep.keys;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    auto point = std::move(outcomes[i].point);
    for (const auto& value : sweep.points[i].values) point.values.push_back(value.text);
    report.result.points.push_back(std::move(point));
    report.traces.push_back(std::move(outcomes[i].traces));
  }
  report.claims = compare::sweep_claims(report.result, sweep.claims, family_error_of_claims(sweep));
  report.verdict = verdict_of(sweep, report);
  return report;
}

StudyOutcome recall_point(const RunFolder& folder, const model::Experiment& experiment) {
  const auto [point, record] = read_finished_run(folder);
  require_same_experiment(record, to_toml(experiment), folder.file("results.h5").string());
  const auto results = folder.file("results.h5").string();
  StudyOutcome outcome;
  if (point.study().kind == model::StudyKind::generalization) {
    const auto measurement = read_measurement(results, point);
    const auto assessment = judge(point, measurement);
    outcome.verdict = assessment.verdict;
    outcome.point = compare::sweep_point({}, assessment, measurement);
    return outcome;
  }
  const auto read = read_results(results);
  const auto assessment = judge(point, read);
  outcome.verdict = assessment.verdict;
  outcome.point = compare::sweep_point({}, assessment);
  outcome.traces = traces(point, record.inputs, read, assessment);
  return outcome;
}

std::string terminal_text(const SweepSpec& sweep, const SweepReport& report) {
  auto text =
      fmt::format("{}: a sweep of {} points\n\n{}", sweep.name(), sweep.points.size(),
                  report::terminal_table(report.result, report.verdict, stdout_takes_colour()));
  if (!report.claims.empty()) text.append("\n").append(report::terminal_table(report.claims));
  return text;
}

void write_report(const RunFolder& folder, const SweepSpec& sweep, const Provenance& made_by,
                  const SweepReport& report) {
  folder.write("sweep.csv", report::sweep_table(report.result));
  folder.write("claims.csv", report::claims_table(report.claims));
  auto figures = report::trace_figures(report.result, report.traces);
  for (auto& figure : report::sweep_figures(report.result, critical_curve(sweep))) {
    figures.push_back(std::move(figure));
  }
  report::SweepPage page{.first = sweep.points.front().experiment,
                         .sweep = report.result,
                         .verdict = report.verdict,
                         .claims = report.claims,
                         .figures = figures,
                         .name = sweep.name(),
                         .folders = {},
                         .provenance = in_words(made_by),
                         .claims_error = family_error_of_claims(sweep)};
  std::transform(sweep.points.begin(), sweep.points.end(), std::back_inserter(page.folders),
                 [](const SweepPoint& point) { return point.folder; });
  folder.write("report.html", report::sweep_report(page, draw(folder, figures)));
  folder.write("summary.json", summary(sweep, made_by, report));
}

}  // namespace wideproof::app
