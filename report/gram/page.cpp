// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/page.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/gram/figures/kernel_figures.hpp>
#include <wideproof/report/gram/figures/width_figures.hpp>
#include <wideproof/report/gram/likeness_words.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/page_ending.hpp>
#include <wideproof/report/sparsity/selectivity_table.hpp>
#include <wideproof/report/sparsity/sparsity_table.hpp>

namespace wideproof::report {
namespace {

/// "1.0006 ± 0.0008"; "1, exact" where the error is rounding
std::string with_error(double value, double error, bool is_exact = false) {
  if (!std::isfinite(value)) return number_or_dash(value);
  if (is_exact || error < 1e-6 * std::abs(value)) return number_or_dash(value) + ", exact";
  return number_or_dash(value) + " ± " + number_or_dash(error, "{:.2g}");
}

std::string exponent(const std::optional<compare::Exponent>& fitted) {
  return fitted ? fmt::format("{:.3f} ({:.3f} to {:.3f})", fitted->value, fitted->low, fitted->high)
                : "–";
}

/// "2.76 (gram(1,2))"
std::string z_text(const compare::MatrixName& matrix,
                   const std::optional<compare::EntryAtZ>& farthest) {
  if (!farthest) return number_or_dash(std::nullopt);
  const std::string z = std::isinf(farthest->z) ? "∞" : number_or_dash(farthest->z, "{:.3g}");
  return fmt::format("{} ({})", z, matrix.entry(farthest->entry));
}

/// What the user's matrices were taken for.
const char* reading_of(model::PredictionKind kind) {
  switch (kind) {
    case model::PredictionKind::kernel:
      return " Its matrices were read as the kernels that the next layers see; compared are the "
             "Gram matrices that they are made of.";
    case model::PredictionKind::correlation:
      return " Its matrices were read as correlations: nothing is claimed of norms, by which each "
             "network was divided.";
    case model::PredictionKind::gram:
    case model::PredictionKind::tangent:
      break;
  }
  return "";
}

void add_experiment(HtmlPage& page, const GramStudy& study) {
  page.section(study.is_sampled_here() ? "The experiment" : "The samples");
  for (const std::string& paragraph : study.sampled_elsewhere) page.paragraph(paragraph);
  if (!study.is_sampled_here()) return;
  for (const std::string& paragraph :
       experiment_in_words(study.experiment, study.theory, study.measurement, study.input_source,
                           study.inputs(), study.input_dimension))
    page.paragraph(paragraph);
  if (study.further) page.paragraph(study.further->taken);
  if (!study.predicts_theory())
    page.paragraph("The prediction that was put to the proof was read from " +
                   study.experiment.compare().prediction +
                   "; thresholds and weight variance are the theory's." +
                   reading_of(study.experiment.compare().prediction_kind));
}

void add_figures(HtmlPage& page, const GramStudy& study, const GramFigures& figures,
                 const std::map<std::string, std::string>& svg) {
  if (!figures.matrices.empty()) {
    page.section(study.assessment.options.norms_are_predicted
                     ? study.assessment.options.compared + ", predicted and measured"
                     : "Correlations, predicted and measured");
    for (const auto& [matrix, maps] : figures.matrices) {
      std::string title = matrix.name;
      title.front() = static_cast<char>(std::toupper(title.front()));
      page.subsection(matrix.name.starts_with("layer")
                          ? fmt::format("{} of {}", title, study.layers())
                          : title);
      page.figures(maps, svg);
    }
  }
  if (!figures.kernels.empty()) {
    page.section("Kernel and correlation");
    page.figures(figures.kernels, svg);
  }
  if (!figures.widths.empty()) {
    page.section("How wide is wide enough?");
    page.paragraph(
        "A network of finite width is off the limit in two ways: its mean over networks by a bias "
        "that falls as 1/n, and each single network by a fluctuation that falls as 1/√n.");
    page.figures(figures.widths, svg);
  }
}

void add_layers(HtmlPage& page, const GramStudy& study) {
  page.section("Layer by layer");
  const std::string at = best_estimates_at(study.assessment);
  const bool has_norms = study.assessment.options.norms_are_predicted;
  const std::string of_norms =
      has_norms ? fmt::format(" The norm of a layer is {}.{}", norm_in_words(study.theory),
                              norms_without_limit(study.assessment.best_estimates()))
                : "";
  HtmlTable table{fmt::format("Layers at {}, and how fast networks approach the limit; exponents "
                              "of n with 95% intervals.{}",
                              at, of_norms),
                  {{"layer"},
                   {"predicted norm"},
                   {"measured norm", "± standard error"},
                   {"largest |z|", "standard errors, and the entry's name"},
                   {"within margin", "", false},
                   {"spread ∝ nᵉ", "predicted e = −1/2"},
                   {"bias ∝ nᵉ", "predicted e = −1"}},
                  {}};
  const std::vector<compare::LayerComparison> layers = study.assessment.best_estimates();
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const compare::MatrixComparison& gram = layers[l].gram;
    const compare::NormEstimate& norm = study.assessment.norms[l];
    const compare::LayerConvergence& convergence = study.assessment.convergence[l];
    const compare::MatrixName name = study.assessment.options.name(l);
    const bool has_norm = has_norms && layers[l].has_norm();
    table.rows.push_back(
        {name.symbol, has_norm ? number_or_dash(gram.predicted.diagonal().mean()) : "–",
         has_norm ? with_error(norm.value, norm.standard_error,
                               !exactness_of_norms(study.assessment, l).empty())
                  : "–",
         z_text(name, largest_z(layers[l])), layers[l].equivalence.holds ? "yes" : "not shown",
         exponent(convergence.fluctuation), exponent(convergence.bias)});
  }
  page.table(table);
}

void add_networks(HtmlPage& page, const GramStudy& study) {
  const bool has_fractions = std::any_of(
      study.measurement.begin(), study.measurement.end(),
      [](const model::LayerMeasurement& at) { return std::isfinite(at.active_fraction_mean); });
  HtmlTable table{has_fractions ? "What was sampled, and the active fraction that it showed"
                                : "What was sampled",
                  {{"width n", "neurons in a layer"},
                   {"layer"},
                   {"networks"},
                   {"mean norm", "± standard error"}},
                  {}};
  if (has_fractions) {
    table.columns.push_back({"active fraction", "± standard error"});
    table.columns.push_back({"predicted", "active fraction"});
  }
  const bool has_norms = study.assessment.options.norms_are_predicted;
  for (std::size_t i = 0; i < study.measurement.size(); ++i) {
    const model::LayerMeasurement& at = study.measurement[i];
    const double error =
        std::sqrt(at.active_fraction_variance / static_cast<double>(at.replicates));
    const std::size_t width = i / study.depth();
    const std::size_t layer = i % study.depth();
    if (layer >= study.layers()) continue;  // of these active neurons say nothing
    const compare::NormEstimate norm = has_norms
                                           ? compare::norm_at(study.series, width, layer)
                                           : compare::own_norm_at(study.own_series, width, layer);
    table.rows.push_back({compare::with_commas(at.width), std::to_string(at.layer),
                          compare::with_commas(at.replicates),
                          with_error(norm.value, norm.standard_error)});
    if (!has_fractions) continue;
    table.rows.back().push_back(with_error(at.active_fraction_mean, error));
    table.rows.back().push_back(number_or_dash(study.theory.layers[layer].active_fraction));
  }
  page.table(table);
}

void add_fluctuations(HtmlPage& page, const GramStudy& study) {
  if (!study.assessment.fluctuation) {
    const std::string& why = study.theory.fluctuation.not_derived;
    if (!study.predicts_theory())
      page.paragraph(
          "How much single networks fluctuate was not judged: your file of matrices "
          "says nothing of it.");
    else if (!why.empty())
      page.paragraph("The size of fluctuations was not compared. " + why);
    return;
  }
  HtmlTable table{
      "n Var(G_ab) and n Var(c_ab), n times the variance of one network's entry, in the limit "
      "n → ∞, averaged over entries whose inputs have the same cosine",
      {{"layer"}, {"entries", "", false}, {"predicted"}, {"measured"}, {"95% interval"}},
      {}};
  for (const auto& [column, value, low, high] : fluctuation_limits(*study.assessment.fluctuation))
    table.rows.push_back(
        {column.matrix.symbol,
         column.label == 0 ? "the diagonal, G_aa" : "like " + column.matrix.entry(column.example),
         number_or_dash(column.predicted), number_or_dash(value), interval_or_dash(low, high)});
  page.table(table);
}

/// With the names that entries have.
std::string what_is_predicted(bool has_norms) {
  return has_norms ? "The formula predicts each layer's Gram matrix, the inner products of the "
                     "layer's activations for every two inputs; gram(1,2) is that of the first "
                     "two inputs, and correlation(1,2) their cosine."
                   : "The formula predicts each layer's correlations, the cosines of the layer's "
                     "activations for every two inputs; correlation(1,2) is that of the first two "
                     "inputs.";
}

}  // namespace

std::vector<Figure> GramFigures::all() const {
  std::vector<Figure> figures = kernels;
  for (const MatrixFigures& layer : matrices)
    figures.insert(figures.end(), layer.figures.begin(), layer.figures.end());
  figures.insert(figures.end(), widths.begin(), widths.end());
  if (sparsity) figures.push_back(*sparsity);
  return figures;
}

GramFigures gram_figures(const GramStudy& study) {
  GramFigures figures;
  if (study.is_sampled_here()) {
    for (const auto& figure :
         {kernel_figure(study), further_kernel_figure(study), correlation_map_figure(study)})
      if (figure) figures.kernels.push_back(*figure);
  }
  figures.matrices = matrix_figures(study);
  figures.widths = width_figures(study);
  figures.sparsity = sparsity_figure(study.sparsity());
  return figures;
}

std::string gram_report(const GramStudy& study, const GramFigures& figures,
                        const std::map<std::string, std::string>& svg) {
  const compare::Assessment& assessment = study.assessment;
  HtmlPage page(study.experiment.study().name,
                "Does a formula for infinitely wide networks hold? A report by wideproof. " +
                    what_is_predicted(assessment.options.norms_are_predicted) +
                    (study.further ? " " + study.further->predicted : ""));
  std::vector<std::string> reasons = assessment.verdict.reasons;
  if (const auto likeness = in_words(assessment.likeness); !likeness.empty())
    reasons.push_back(likeness);
  page.verdict(
      assessment.verdict.outcome,
      verdict_sentence(assessment, study.predicts_theory() ? Formula::ours : Formula::yours),
      reasons);
  add_experiment(page, study);
  add_claims(
      page, assessment.claims,
      {.introduction = fmt::format(
           "Each claim with a p follows from the prediction. A true prediction has one of them "
           "rejected with a chance of at most {:.3g}, all taken together. The intervals hold for "
           "all of a "
           "claim's numbers at once.",
           assessment.options.family_error),
       .caption = "Claims, and the number of each that speaks loudest against it"});
  add_figures(page, study, figures, svg);
  add_layers(page, study);
  add_fluctuations(page, study);
  add_networks(page, study);
  add_sparsity(page, study.sparsity(), svg);
  add_selectivity(page, study.selectivity());
  add_ending(page, study.provenance,
             files_of_run({.summary = "verdict, matrices, standard errors, provenance",
                           .results = "every matrix in double precision",
                           .tables = study.tables,
                           .has_figures = !figures.all().empty()}));
  return page.text();
}

}  // namespace wideproof::report
