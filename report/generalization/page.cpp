// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/page.hpp>

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/network_in_words.hpp>
#include <wideproof/report/page/page_ending.hpp>

namespace wideproof::report {
namespace {

void add_experiment(HtmlPage& html, const GeneralizationPage& page) {
  const auto& regression = model::generalization_of(page.experiment).regression;
  html.section("The experiment");
  for (const auto& paragraph : network_in_words(page.experiment, page.limit)) {
    html.paragraph(paragraph);
  }
  const bool is_random = regression.split == model::RegressionSpec::Split::random;
  html.paragraph(fmt::format(
      "From {} inputs ({}, {} numbers each) {} takes N = {}P points and trains on P of them, {}, "
      "by {}. Errors are mean squares over all N points, training points included, and over "
      "outputs; targets are {}{}.",
      compare::with_commas(page.inputs), page.input_source, page.input_dimension,
      is_random ? fmt::format("each of {} draws", regression.draws) : "the one draw",
      regression.pool_ratio,
      is_random ? "drawn without replacement"
                : fmt::format("every {}th of them", regression.pool_ratio),
      regression.ridge > 0 ? fmt::format("ridge regression (ridge {:.4g})", regression.ridge)
                           : "regression without a ridge",
      name_of(model::generalization_of(page.experiment).targets.source),
      model::generalization_of(page.experiment).targets.center ? ", less their mean" : ""));
  const auto& simulation = page.experiment.simulation();
  if (simulation.widths.empty()) return;
  html.paragraph(fmt::format(
      "Finite networks with {} neurons a layer, {} for each draw of data and width, have their "
      "readout trained on the same points: the Gram matrix of the sampled network takes the place "
      "of the infinite-width kernel.",
      fmt::join(simulation.widths, ", "), simulation.replicates));
}

std::string mean_text(const compare::MeanError& error) {
  if (error.draws == 0 || !std::isfinite(error.mean)) return "–";
  if (error.draws == 1 || !std::isfinite(error.low)) return fmt::format("{:.4g}", error.mean);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", error.mean, error.low, error.high);
}

std::string percent_text(const compare::PairedRatio& ratio, const compare::Interval& interval) {
  if (!std::isfinite(ratio.difference)) return "–";
  if (!std::isfinite(interval.low)) return fmt::format("{:+.2f}", 100 * ratio.difference);
  return fmt::format("{:+.2f} ({:+.2f} to {:+.2f})", 100 * ratio.difference, 100 * interval.low,
                     100 * interval.high);
}

ClaimsSection claims_section(const compare::GeneralizationOptions& options) {
  const double level = agreement_level(options);
  return {
      .introduction = fmt::format(
          "Each claim says that two errors are equal to within {:.3g}%. It holds where the whole "
          "interval lies within: a wrong claim passes with a chance of at most {:.3g}. It fails "
          "where the difference is shown to lie beyond: a true one is rejected with a chance of "
          "at most {:.3g}, all claims taken together.",
          100 * options.equivalence_margin, level, options.family_error),
      .caption = "Claims, and by how much the error differs from that of kernel regression",
      .level = 1.0 - 2.0 * level};
}

void add_errors(HtmlPage& html, const compare::GeneralizationAssessment& assessment) {
  html.section("Errors");
  HtmlTable table{"Mean squared errors, with 95% intervals over draws of data",
                  {{"P", "training points"},
                   {"", "", false},
                   {"networks"},
                   {"all N points", "squared targets"},
                   {"unseen points", "squared targets"},
                   {"beside kernel regression", "%"}},
                  {}};
  for (const auto& point : assessment.points) {
    const auto count = compare::with_commas(point.training_points);
    if (point.predicted.draws > 0) {
      table.rows.push_back({count, "theory", "", mean_text(point.predicted), "–",
                            percent_text(point.prediction, point.prediction_interval)});
    }
    table.rows.push_back({count, "kernel regression", "", mean_text(point.kernel.pool),
                          mean_text(point.kernel.unseen), ""});
    for (const auto& at : point.networks) {
      table.rows.push_back({count, fmt::format("n = {}", compare::with_commas(at.width)),
                            compare::with_commas(at.networks), mean_text(at.error.pool),
                            mean_text(at.error.unseen),
                            percent_text(at.excess, at.excess_interval)});
    }
  }
  html.table(table);
}

void add_dimensions(HtmlPage& html, const compare::GeneralizationAssessment& assessment) {
  HtmlTable dimensions{"What the theory says beside the error, mean over draws",
                       {{"P"},
                        {"κ", "effective ridge"},
                        {"γ"},
                        {"effective dimension", "participation ratio of the spectrum"},
                        {"of the errors", "participation ratio of the mode errors"}},
                       {}};
  for (const auto& point : assessment.points) {
    if (point.predicted.draws == 0) continue;
    const auto& theory = point.theory;
    dimensions.rows.push_back(
        {compare::with_commas(point.training_points), fmt::format("{:.4g}", theory.kappa),
         fmt::format("{:.4g}", theory.gamma), fmt::format("{:.4g}", theory.spectrum_dimension),
         fmt::format("{:.4g}", theory.error_dimension)});
  }
  if (!dimensions.rows.empty()) html.table(dimensions);
}

}  // namespace

std::string verdict_sentence(const compare::GeneralizationAssessment& assessment,
                             const std::vector<std::int64_t>& widths) {
  const std::string margin = fmt::format("{:.3g}%", 100 * assessment.options.equivalence_margin);
  const bool has_networks = !widths.empty();
  const std::string_view who = has_networks ? "Theory, kernel regression and finite networks"
                                            : "Theory and kernel regression";
  switch (assessment.verdict.outcome) {
    case compare::Outcome::agree:
      return fmt::format("{} agree: their errors lie within {} of each other.", who, margin);
    case compare::Outcome::disagree:
      return fmt::format("{} disagree by more than {}.", who, margin);
    case compare::Outcome::inconclusive:
      break;
  }
  return fmt::format(
      "Not decided: the data neither show that {} lie within {} of each other, nor that they "
      "do not. More draws of data narrow the intervals.",
      has_networks ? "theory, kernel regression and finite networks"
                   : "theory and kernel regression",
      margin);
}

std::string generalization_report(const GeneralizationPage& page,
                                  const std::map<std::string, std::string>& svg) {
  HtmlPage html(page.experiment.study().name,
                "What do wide networks with a trained readout get wrong? A report by wideproof.");
  // The reasons are long; on a telephone they would keep the curve from sight.
  html.verdict(page.assessment.verdict.outcome,
               verdict_sentence(page.assessment, page.experiment.simulation().widths), {});
  if (!page.figures.empty()) {
    html.section("Errors by training points");
    html.figures(page.figures, svg);
  }
  if (!page.assessment.verdict.reasons.empty()) {
    html.section("What decided");
    html.list(page.assessment.verdict.reasons);
  }
  add_experiment(html, page);
  add_claims(html, page.assessment.claims, claims_section(page.assessment.options));
  add_errors(html, page.assessment);
  add_dimensions(html, page.assessment);
  add_ending(html, page.provenance,
             files_of_run({.summary = "verdict, learning curve, provenance",
                           .results = "every error in double precision",
                           .tables = page.tables,
                           .has_figures = true}));
  return html.text();
}

}  // namespace wideproof::report
