// SPDX-License-Identifier: MIT
#include <wideproof/compare/terminal_table.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace wideproof::compare {
namespace {

constexpr std::size_t columns = 80;
constexpr std::string_view row_format = "{:>5}  {:<18}  {:>9}  {:>7}  {:>7}  {:<12}  {}\n";
constexpr std::string_view claim_format = "{:<20} {:>10} {:>10}  {:<22} {}\n";

double largest_z(const LayerComparison& layer) {
  double largest = 0.0;
  for (const Quantity quantity : {Quantity::gram, Quantity::correlation}) {
    const MatrixComparison& of = layer.of(quantity);
    for (const Entry& entry : distinct_entries(quantity, of.predicted.rows())) {
      const double z = std::abs(of.z(entry.row, entry.column));
      if (of.p(entry.row, entry.column) == 1.0) continue;  // not tested: rounding, or rare
      if (std::isnan(z)) return z;
      largest = std::max(largest, z);
    }
  }
  return largest;
}

std::string row(const LayerComparison& layer, const LayerConvergence& convergence) {
  const MatrixComparison& gram = layer.gram;
  std::string spread = "-";
  if (convergence.fluctuation) {
    const Exponent& exponent = *convergence.fluctuation;
    spread = fmt::format("{:.2f} ± {:.2f}", exponent.value, (exponent.high - exponent.low) / 2.0);
  }
  return fmt::format(row_format, layer.layer,
                     fmt::format("{:.5g} ± {:.2g}", gram.estimate.value.diagonal().mean(),
                                 gram.estimate.standard_error.diagonal().mean()),
                     fmt::format("{:.5g}", gram.predicted.diagonal().mean()),
                     fmt::format("{:.3g}", largest_z(layer)), fmt::format("{:.2g}", layer.p_value),
                     spread, layer.equivalence.holds ? "yes" : "no");
}

std::string row(const Claim& claim) {
  return fmt::format(claim_format, claim.name, fmt::format("{:.5g}", *claim.prediction),
                     fmt::format("{:.5g}", *claim.measurement),
                     fmt::format("{:.5g} to {:.5g}", *claim.low, *claim.high),
                     name_of(claim.outcome));
}

/// Characters shown, counting a UTF-8 sequence once.
std::size_t shown_length(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
  }));
}

/// `text` as an item of a list, broken at spaces.
std::string item(const std::string& text) {
  std::string lines = "  -";
  std::size_t used = lines.size();
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t length = shown_length(word);
    if (used + 1 + length > columns) {
      lines += "\n   ";
      used = 3;
    }
    lines += " " + word;
    used += 1 + length;
  }
  return lines + "\n";
}

std::string word_of(Outcome outcome, bool in_colour) {
  if (!in_colour) return std::string(name_of(outcome));
  const int colour = outcome == Outcome::agree ? 32 : outcome == Outcome::disagree ? 31 : 33;
  return fmt::format("\033[1;{}m{}\033[0m", colour, name_of(outcome));
}

}  // namespace

std::string terminal_table(const Assessment& assessment, bool in_colour) {
  std::vector<LayerComparison> layers;
  std::string where = "n → ∞";
  if (assessment.extrapolation) {
    layers = assessment.extrapolation->layers;
  } else {
    const std::int64_t widest = assessment.widths.back().width;
    where = fmt::format("n = {}", widest);
    for (const WidthComparison& at : assessment.widths)
      if (at.width == widest) layers.push_back(at.comparison);
  }
  std::string text =
      fmt::format(row_format, "layer", "norm at " + where, "predicted", "worst z", "p",
                  "spread ~ n^", fmt::format("in ±{}", assessment.options.equivalence_margin));
  for (std::size_t i = 0; i < layers.size(); ++i) text += row(layers[i], assessment.convergence[i]);
  if (!assessment.claims.empty())
    text += "\n" + fmt::format(claim_format, "claim", "predicted", "measured", "95%", "outcome");
  for (const Claim& claim : assessment.claims) text += row(claim);
  const Verdict& verdict = assessment.verdict;
  const std::string p = std::isnan(verdict.p_value)
                            ? "nothing was tested"
                            : fmt::format("family-wise p = {:.2g}", verdict.p_value);
  fmt::format_to(std::back_inserter(text), "\nverdict: {} ({}, error rate {})\n",
                 word_of(verdict.outcome, in_colour), p, verdict.family_error);
  for (const std::string& reason : verdict.reasons) text += item(reason);
  return text;
}

}  // namespace wideproof::compare
