// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/page.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/network_in_words.hpp>
#include <wideproof/report/page/page_ending.hpp>
#include <wideproof/report/page/plural.hpp>
#include <wideproof/report/sweep/claims_words.hpp>
#include <wideproof/report/sweep/figures.hpp>
#include <wideproof/report/sweep/names.hpp>
#include <wideproof/report/sweep/points_table.hpp>
#include <wideproof/report/sweep/verdict_sentence.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t named_values = 12;

/// "network.active_fraction (f): 0.05, 0.1, 0.3"
std::vector<std::string> swept(const compare::SweepResult& sweep) {
  std::vector<std::string> items;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      const std::string value = short_value(sweep, i, key);
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
    const std::string name = short_key(sweep, key);
    std::string text = sweep.keys[key];
    if (name != key_in_words(sweep.keys[key])) text += fmt::format(" ({})", name);
    if (values.size() > named_values) {
      text +=
          fmt::format(": {} values, from {} to {}", values.size(), values.front(), values.back());
    } else {
      text += fmt::format(": {}", fmt::join(values, ", "));
    }
    items.push_back(text);
  }
  return items;
}

void add_experiment(HtmlPage& html, const SweepPage& page) {
  html.section("What was swept");
  const std::size_t points = page.sweep.points.size();
  html.paragraph(
      fmt::format("{} experiment{}, alike but for the values of these keys of the experiment file:",
                  compare::with_commas(static_cast<std::int64_t>(points)),
                  plural(static_cast<std::int64_t>(points))));
  html.list(swept(page.sweep));
  std::string first_point = "The first of them: " + network_in_words(page.first);
  const auto& widths = page.first.simulation().widths;
  if (!widths.empty())
    first_point += fmt::format(" Sampled were networks with n = {}.", fmt::join(widths, ", "));
  if (!page.words.first_point.empty()) first_point += " " + page.words.first_point;
  html.paragraph(first_point);
}

}  // namespace

std::string sweep_report(const SweepPage& page, const std::map<std::string, std::string>& svg) {
  HtmlPage html(page.name,
                "Does a formula for infinitely wide networks hold, and where? A sweep by "
                "wideproof.");
  html.verdict(page.verdict.outcome,
               verdict_sentence(page.sweep, page.claims, page.first, page.words),
               page.verdict.reasons);
  add_claims_of_sweep(html, page.claims, page.claims_error);
  add_experiment(html, page);
  if (!page.figures.empty()) {
    html.section("Figures");
    html.figures(page.figures, svg);
    if (const std::string text = left_out_in_words(page.sweep); !text.empty()) html.paragraph(text);
  }
  add_points(html, page.sweep, page.folders);
  std::vector<HtmlDefinition> files = {
      {"experiment.toml", "the sweep, complete; running it repeats all points"},
      {"summary.json", "verdict, points, claims, provenance"},
      {"sweep.csv", "every number of every point"}};
  if (!page.claims.empty()) files.push_back({"claims.csv", "the claims about the sweep"});
  if (!page.folders.empty())
    files.push_back({"points/", "a run's folder for each point, with its own tables and results"});
  if (!page.figures.empty()) files.push_back(figures_folder());
  add_ending(html, page.provenance, files);
  return html.text();
}

}  // namespace wideproof::report
