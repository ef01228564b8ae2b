// SPDX-License-Identifier: MIT
#include <wideproof/report/training/page.hpp>

#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/widths/limit_words.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/page_ending.hpp>
#include <wideproof/report/training/activity_page.hpp>
#include <wideproof/report/training/persistence.hpp>
#include <wideproof/report/training/words.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_inputs_of_a_table = 24;

std::string bias_at(const compare::TrainingAssessment& assessment, std::size_t step) {
  const std::string place = fmt::format("step {}", assessment.steps[step]);
  for (const compare::PlacedExponent& at : assessment.found.biases)
    if (at.place == place) return in_words(at.exponent);
  return "–";
}

void add_steps(HtmlPage& page, const compare::TrainingAssessment& assessment) {
  if (assessment.means.empty()) return;
  page.section("Step by step");
  const std::size_t widest = assessment.widths().size() - 1;
  const std::string at_width = fmt::format("n = {}", assessment.means.back().width);
  const bool has_limit = assessment.has_limit();
  HtmlTable table{
      has_limit ? "How far means over networks lie from their prediction, the root of the mean "
                  "square over outputs and inputs, beside what their errors alone would make of "
                  "it; how much networks differ; and how fast means approach their prediction"
                : "How much networks differ",
      {{"step"}},
      {}};
  if (has_limit) {
    table.columns.push_back({"means off", "n → ∞"});
    table.columns.push_back({"means off", at_width});
  }
  table.columns.push_back({"deviation", at_width});
  if (has_limit) {
    table.columns.push_back({"deviation", "predicted"});
    table.columns.push_back({"deviation", "over predicted, " + limits_at(assessment)});
    table.columns.push_back(
        {"bias ∝ nᵉ", fmt::format("predicted e = −{:g}", assessment.options.power)});
  }
  for (std::size_t step = 0; step < assessment.steps.size(); ++step) {
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(compare::with_commas(assessment.steps[step]));
    if (has_limit) {
      row.push_back(in_words(distance_in_the_limit(assessment, step)));
      row.push_back(in_words(distance_at(assessment, widest, step)));
    }
    row.push_back(number_or_dash(deviation_at(assessment, widest, step), "{:.4g}"));
    if (has_limit) {
      row.push_back(number_or_dash(predicted_deviation(assessment, step), "{:.4g}"));
      row.push_back(deviation_ratio(assessment, step));
      row.push_back(bias_at(assessment, step));
    }
  }
  page.table(table);
}

void add_widths(HtmlPage& page, const compare::TrainingAssessment& assessment) {
  if (assessment.means.empty()) return;
  page.section("Width by width");
  struct Column {
    HtmlTable::Column head;
    compare::NetworkMean compare::TrainedMeans::*mean;
  };
  using Means = compare::TrainedMeans;
  std::vector<Column> columns = {
      {{"loss", "training"}, &Means::loss},
      {{"loss", "test"}, &Means::test_loss},
      {{"accuracy", "training"}, &Means::accuracy},
      {{"accuracy", "test"}, &Means::test_accuracy},
      {{"loss", "validation"}, &Means::validation_loss},
      {{"accuracy", "validation"}, &Means::validation_accuracy},
      {{"regulariser R"}, &Means::regularizer},
      {{"drift of Θ̂"}, &Means::tangent_drift},
      {{"effective dimension", "last layer"}, &Means::effective_dimension},
      {{"active fraction", "last layer"}, &Means::active_fraction},
      {{"correlation of weights", "last layer"}, &Means::degree_of_correlation}};
  std::erase_if(columns, [&](const Column& column) {
    for (const Means& at : assessment.means)
      if (std::isfinite((at.*column.mean).mean)) return false;
    return true;
  });
  HtmlTable table{"Means over networks, ± standard errors, at the first and the last recorded step",
                  {{"width n", "neurons in a layer"}, {"step"}, {"networks"}},
                  {}};
  for (const Column& column : columns) table.columns.push_back(column.head);
  for (std::size_t w = 0; w < assessment.widths().size(); ++w)
    for (const std::size_t step : spread_out(assessment.steps.size(), 2)) {
      const Means& at = assessment.at(w, step);
      table.rows.push_back({compare::with_commas(at.width), compare::with_commas(at.step),
                            compare::with_commas(at.replicates)});
      for (const Column& column : columns) table.rows.back().push_back(with_error(at.*column.mean));
    }
  page.table(table);
  if (assessment.drift_exponent)
    page.paragraph(fmt::format("The drift of the tangent kernel goes as n to the power {}.",
                               in_words(*assessment.drift_exponent)));
}

/// Inputs that do not train, or without any those that do.
void add_regressions(HtmlPage& page, const TrainingStudy& study) {
  const compare::TrainingAssessment& assessment = study.assessment;
  if (!assessment.prediction || assessment.prediction->tangent_regression.size() == 0 ||
      assessment.means.empty() || assessment.means.back().output_mean.size() == 0)
    return;
  const model::TrainingPrediction& prediction = *assessment.prediction;
  const compare::TrainedMeans& networks = assessment.means.back();
  const bool has_test = assessment.points > assessment.training_points;
  const Eigen::Index first = has_test ? assessment.training_points : 0;
  const auto count = static_cast<std::size_t>(assessment.points - first);
  page.section("Kernel regression beside trained networks");
  HtmlTable table{
      fmt::format("{} of {} inputs after step {}: regression with the output's kernel (NNGP) and "
                  "with its tangent kernel, each to the end of training; networks of width {}, ± "
                  "standard errors, and their deviation from one another",
                  assessment.outputs > 1 ? "The first output" : "The output",
                  has_test ? "test" : "training", assessment.steps.back(), networks.width),
      {{"input"}, {"target"}, {"NNGP", "regression"}, {"tangent kernel", "regression"}},
      {}};
  if (assessment.has_limit()) table.columns.push_back({"limit", "mean at that step"});
  table.columns.push_back({"networks", fmt::format("n = {}", networks.width)});
  table.columns.push_back({"deviation", "of a network"});
  for (const std::size_t i : spread_out(count, most_inputs_of_a_table)) {
    const Eigen::Index a = first + static_cast<Eigen::Index>(i);
    const double target = a < study.data.targets.rows() ? study.data.targets(a, 0) : std::nan("");
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {std::to_string(i + 1), number_or_dash(target, "{:.4g}"),
           prediction.kernel_regression.size() == 0
               ? "–"
               : number_or_dash(prediction.kernel_regression(0, a), "{:.4g}"),
           number_or_dash(prediction.tangent_regression(0, a), "{:.4g}")};
    if (assessment.has_limit())
      row.push_back(number_or_dash(prediction.descent.back().mean(0, a), "{:.4g}"));
    row.push_back(with_error(networks.output_mean(0, a), networks.output_standard_error(0, a)));
    row.push_back(number_or_dash(networks.output_deviation(0, a), "{:.3g}"));
  }
  page.table(table);
}

ClaimsSection claims_section_of(const compare::TrainingAssessment& assessment) {
  return {.introduction = fmt::format(
              "Each claim follows from the prediction. A true prediction has one of them rejected "
              "with a chance of at most {:.3g}, all taken together. Means are extrapolated as a "
              "series in {}; a rejection has to survive one more term of it. Means are equal where "
              "they differ by at most {} of the targets' size, {:.4g}; deviations where they do by "
              "as much of themselves.",
              assessment.options.family_error,
              compare::WidthSeriesTerm{.width = "n", .power = assessment.options.power}.name(),
              compare::as_percent(assessment.options.equivalence_margin), assessment.target_scale),
          .caption =
              "Claims, each with the number that speaks loudest against it; intervals hold "
              "for all of a claim's numbers at once"};
}

}  // namespace

std::string training_report(const TrainingStudy& study, const std::vector<Figure>& figures,
                            const std::map<std::string, std::string>& svg) {
  const compare::TrainingAssessment& assessment = study.assessment;
  HtmlPage page(study.name,
                "Do trained networks do what infinite width predicts? A report by wideproof.");
  page.verdict(assessment.verdict.outcome, verdict_sentence(assessment), {});
  if (!figures.empty()) {
    page.section("Training");
    page.figures(figures, svg);
  }
  page.section("What decided");
  page.list(assessment.verdict.reasons);
  page.section("The experiment");
  for (const std::string& paragraph : study.experiment) page.paragraph(paragraph);
  add_claims(page, assessment.claims, claims_section_of(assessment));
  add_regressions(page, study);
  add_steps(page, assessment);
  add_widths(page, assessment);
  add_activity(page, study.activity);
  add_persistence(page, assessment.untrained.persistence.means);
  add_ending(page, study.provenance,
             files_of_run({.summary = "verdict, predictions, trained networks, provenance",
                           .results = "every network's numbers in double precision",
                           .tables = study.tables,
                           .has_figures = !figures.empty()}));
  return page.text();
}

}  // namespace wideproof::report
