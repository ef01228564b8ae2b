// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/terminal_table.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/report/gram/gram_study.hpp>
#include <wideproof/report/gram/likeness_words.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::report {
namespace {

constexpr std::string_view row_format = "{:>5}  {:<18}  {:>9}  {:>7}  {:>7}  {:<12}  {}\n";
constexpr std::string_view claim_format = "{:<20} {:>10} {:>10}  {:<22} {}\n";

std::string row(const compare::LayerComparison& layer, const compare::LayerConvergence& convergence,
                bool is_exact, bool has_norm) {
  const compare::MatrixComparison& gram = layer.gram;
  std::string norm = fmt::format("{:.5g}", gram.estimate.value.diagonal().mean());
  norm += is_exact ? ", exact"
                   : fmt::format(" ± {:.2g}", gram.estimate.standard_error.diagonal().mean());
  const std::optional<double> z = largest_z(layer);
  std::string spread = "-";
  if (convergence.fluctuation) {
    const compare::Exponent& exponent = *convergence.fluctuation;
    spread = fmt::format("{:.2f} ± {:.2f}", exponent.value, (exponent.high - exponent.low) / 2.0);
  }
  return fmt::format(row_format, layer.layer, has_norm ? norm : "-",
                     has_norm ? fmt::format("{:.5g}", gram.predicted.diagonal().mean()) : "-",
                     z ? fmt::format("{:.3g}", *z) : "-", fmt::format("{:.2g}", layer.p_value),
                     spread, layer.equivalence.holds ? "yes" : "no");
}

std::string row(const compare::Claim& claim) {
  std::string interval = claim.exactness.empty() ? "-" : "exact";
  if (claim.exactness.empty() && std::isfinite(*claim.low) && std::isfinite(*claim.high))
    interval = fmt::format("{:.5g} to {:.5g}", *claim.low, *claim.high);
  return fmt::format(claim_format, claim.name, fmt::format("{:.5g}", *claim.prediction),
                     fmt::format("{:.5g}", *claim.measurement), interval, name_of(claim.outcome));
}

}  // namespace

std::string terminal_table(const compare::Assessment& assessment, bool in_colour) {
  const std::vector<compare::LayerComparison> layers = assessment.best_estimates();
  std::string text = fmt::format(row_format, "layer", "norm at " + best_estimates_at(assessment),
                                 "predicted", "worst z", "p", "spread ~ n^",
                                 fmt::format("in ±{}", assessment.options.equivalence_margin));
  for (std::size_t i = 0; i < layers.size(); ++i)
    text += row(layers[i], assessment.convergence[i], !exactness_of_norms(assessment, i).empty(),
                assessment.options.norms_are_predicted);
  if (!assessment.claims.empty())
    text.append("\n").append(
        fmt::format(claim_format, "claim", "predicted", "measured", "95%", "outcome"));
  for (const compare::Claim& claim : assessment.claims) text += row(claim);
  for (const std::string& sentence : exact_claims(assessment.claims))
    text += wrapped_item(sentence);
  text += "\n" + verdict_text(assessment.verdict, in_colour);
  const std::string likeness = in_words(assessment.likeness);
  return likeness.empty() ? text : text + wrapped_item(likeness);
}

}  // namespace wideproof::report
