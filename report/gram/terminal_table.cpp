// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/terminal_table.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/gram/gram_study.hpp>
#include <wideproof/report/gram/likeness_words.hpp>
#include <wideproof/report/page/claims_text.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::report {
namespace {

constexpr std::string_view norm_format = "{:>5}  {:<18}  {:>9}  {:<12}  {}\n";
constexpr std::string_view entry_format = "{:>5}  {:<19}  {:<18}  {:>9}  {:>7}  {:>8}\n";

std::string or_dash(double number, const char* format) {
  if (std::isnan(number)) return "-";
  return std::isinf(number) ? "∞" : fmt::format(fmt::runtime(format), number);
}

std::string shown_estimate(double value, double error, bool is_exact) {
  return fmt::format("{:.5g}", value) + (is_exact ? ", exact" : fmt::format(" ± {:.2g}", error));
}

std::string symbol_of(const compare::Assessment& assessment,
                      const compare::LayerComparison& layer) {
  return assessment.options.name(static_cast<std::size_t>(layer.layer) - 1).symbol;
}

std::string norm_row(const std::string& symbol, const compare::LayerComparison& layer,
                     const compare::NormEstimate& estimate,
                     const compare::LayerConvergence& convergence, bool is_exact, bool has_norm) {
  std::string spread = "-";
  if (convergence.fluctuation) {
    const compare::Exponent& exponent = *convergence.fluctuation;
    spread = fmt::format("{:.2f} ± {:.2f}", exponent.value, (exponent.high - exponent.low) / 2.0);
  }
  const std::string norm = shown_estimate(estimate.value, estimate.standard_error, is_exact);
  return fmt::format(norm_format, symbol, has_norm ? norm : "-",
                     has_norm ? fmt::format("{:.5g}", layer.gram.predicted.diagonal().mean()) : "-",
                     spread, layer.equivalence.holds ? "yes" : "no");
}

std::string entry_row(const compare::Assessment& assessment,
                      const compare::LayerComparison& layer) {
  const std::optional<compare::EntryAtZ> worst = largest_z(layer);
  const auto name = assessment.options.name(static_cast<std::size_t>(layer.layer) - 1);
  if (!worst) return fmt::format(entry_format, name.symbol, "none is tested", "-", "-", "-", "-");
  const auto& [quantity, a, b] = worst->entry;
  const compare::MatrixComparison& matrix = layer.matrix(quantity);
  const double scale = matrix.scale(a, b);
  // What has a z has an error that it counts, be it no more than rounding.
  const bool is_exact =
      std::isinf(worst->z) &&
      !exactness(assessment, static_cast<std::size_t>(layer.layer) - 1, worst->entry).empty();
  const double p = matrix.p_adjusted(a, b);
  return fmt::format(
      entry_format, name.symbol, name.entry(worst->entry),
      shown_estimate(compare::without_rounding(matrix.estimate.value(a, b), scale),
                     matrix.estimate.standard_error(a, b), is_exact),
      fmt::format("{:.5g}", compare::without_rounding(matrix.predicted(a, b), scale)),
      or_dash(worst->z, "{:.3g}"), std::isnan(p) ? "-" : compare::p_number(p));
}

std::string layer_rows(const compare::Assessment& assessment, std::string_view norm_is) {
  const std::vector<compare::LayerComparison> layers = assessment.best_estimates();
  const std::string at = "at " + best_estimates_at(assessment);
  std::string text = fmt::format(norm_format, "layer", "norm " + at, "predicted", "spread ~ n^",
                                 fmt::format("in ±{}", assessment.options.equivalence_margin));
  for (std::size_t i = 0; i < layers.size(); ++i)
    text += norm_row(symbol_of(assessment, layers[i]), layers[i], assessment.norms[i],
                     assessment.convergence[i], !exactness_of_norms(assessment, i).empty(),
                     assessment.options.norms_are_predicted && layers[i].has_norm());
  if (assessment.options.norms_are_predicted)
    text += wrapped_lines(fmt::format("The norm is {}.{}", norm_is, norms_without_limit(layers)));
  text += "\n";
  text += fmt::format(entry_format, "layer", "farthest entry", at, "predicted", "|z|", "p");
  for (const compare::LayerComparison& layer : layers) text += entry_row(assessment, layer);
  return text;
}

}  // namespace

std::string terminal_table(const compare::Assessment& assessment, bool in_colour,
                           std::string_view norm_is) {
  std::string text = layer_rows(assessment, norm_is);
  text += claims_text(assessment.claims);
  text += "\n" + verdict_text(assessment.verdict, in_colour);
  const std::string likeness = in_words(assessment.likeness);
  return likeness.empty() ? text : text + wrapped_item(likeness);
}

}  // namespace wideproof::report
