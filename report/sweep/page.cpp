// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/page.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/sweep/axes.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t named_points = 3;
constexpr std::size_t named_values = 12;

std::size_t count(const compare::SweepResult& sweep, compare::Outcome outcome) {
  return static_cast<std::size_t>(std::count_if(
      sweep.points.begin(), sweep.points.end(), [&](const compare::SweepPoint& point) {
        return point.is_judged && point.verdict.outcome == outcome;
      }));
}

/// "f = 0.1, m = 0; f = 0.2, m = 0 and 4 more"
std::string named(const compare::SweepResult& sweep, compare::Outcome outcome) {
  std::string text;
  std::size_t found = 0;
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    if (!sweep.points[i].is_judged || sweep.points[i].verdict.outcome != outcome) continue;
    if (found++ < named_points) text += (text.empty() ? "" : "; ") + short_name(sweep, i);
  }
  return found > named_points ? text + fmt::format(" and {} more", found - named_points) : text;
}

/// What stands beside what at a point.
std::string compared(const model::Experiment& first) {
  if (first.study().kind == model::StudyKind::gram) return "formula and sampled networks";
  return first.simulation().widths.empty() ? "theory and kernel regression"
                                           : "theory, kernel regression and finite networks";
}

/// "within 2% of each other", or without the number where points differ in it.
std::string closeness(const compare::SweepResult& sweep, const model::Experiment& first) {
  const bool varies = std::find(sweep.keys.begin(), sweep.keys.end(),
                                "compare.equivalence_margin") != sweep.keys.end();
  if (varies) return "within the margin of each other";
  return fmt::format("within {:.3g}% of each other", 100 * first.compare().equivalence_margin);
}

/// "3 of the 20 points"
std::string some_of(std::size_t number, std::size_t all) {
  if (all == 1) return "the only point";
  return number == all ? fmt::format("all {} points", all)
                       : fmt::format("{} of the {} points", number, all);
}

std::string points_sentence(const compare::SweepResult& sweep, const model::Experiment& first) {
  const std::size_t all = sweep.points.size();
  const std::size_t agree = count(sweep, compare::Outcome::agree);
  const std::size_t disagree = count(sweep, compare::Outcome::disagree);
  const std::size_t open = count(sweep, compare::Outcome::inconclusive);
  if (all == 0) return "Nothing was decided: the sweep has no points.";
  if (!is_judged(sweep))
    return "The points were measured only: no theory and no network was set beside kernel "
           "regression.";
  const std::string agreeing =
      agree == 0 ? "" : fmt::format(" At {} {} agree.", agree, compared(first));
  if (disagree > 0)
    return fmt::format("At {} {} disagree: {}.", some_of(disagree, all), compared(first),
                       named(sweep, compare::Outcome::disagree)) +
           agreeing +
           (open > 0 ? fmt::format(" {} {} not decided.", open, open == 1 ? "is" : "are") : "");
  const std::string close = compared(first) + " lie " + closeness(sweep, first);
  if (open > 0)
    return fmt::format("At {} the data neither show that {}, nor that they do not: {}.",
                       some_of(open, all), close, named(sweep, compare::Outcome::inconclusive)) +
           agreeing;
  if (agree < all)
    return fmt::format("At {} {}; the others were measured only.", some_of(agree, all), close);
  return fmt::format("{} agree{}: {}.",
                     all == 1 ? "The only point" : fmt::format("All {} points", all),
                     all == 1 ? "s" : "", close);
}

/// "Of 5 claims about the sweep 4 hold and 1 fails."
std::string claims_sentence(const std::vector<compare::Claim>& claims) {
  const auto of = [&](compare::Outcome outcome) {
    return std::count_if(claims.begin(), claims.end(),
                         [&](const compare::Claim& claim) { return claim.outcome == outcome; });
  };
  const auto hold = of(compare::Outcome::agree);
  const auto fail = of(compare::Outcome::disagree);
  const auto open = of(compare::Outcome::inconclusive);
  std::vector<std::string> parts;
  if (hold > 0) parts.push_back(fmt::format("{} hold{}", hold, hold == 1 ? "s" : ""));
  if (fail > 0) parts.push_back(fmt::format("{} fail{}", fail, fail == 1 ? "s" : ""));
  if (open > 0) parts.push_back(fmt::format("{} {} not decided", open, open == 1 ? "is" : "are"));
  return fmt::format("Of {} claim{} about the sweep {}.", claims.size(),
                     claims.size() == 1 ? "" : "s", fmt::join(parts, ", "));
}

/// "P = 64: error 0.1 over 0.2, a ratio of …"
std::string found_of(const compare::Claim& claim) {
  return claim.where + (claim.where.empty() || claim.detail.empty() ? "" : ": ") + claim.detail;
}

/// "The claim “…” is refuted: P = 64: error 0.29 over 0.2, a ratio of 1.45, said to be 1.01 or
/// less. " for each that failed; nothing where none did.
std::string refuted(const std::vector<compare::Claim>& claims) {
  std::string text;
  std::size_t found = 0;
  for (const compare::Claim& claim : claims) {
    if (claim.outcome != compare::Outcome::disagree || ++found > named_points) continue;
    const std::string statement =
        claim.statement.substr(0, claim.statement.find_last_not_of('.') + 1);
    const std::string what = found_of(claim);
    text +=
        fmt::format("The claim “{}” is refuted{}{}. ", statement, what.empty() ? "" : ": ", what);
  }
  if (found > named_points) text += fmt::format("So are {} more. ", found - named_points);
  return text;
}

void add_claims_of_sweep(HtmlPage& html, const SweepPage& page) {
  if (page.claims.empty()) return;
  html.section("What was claimed of the sweep, and what was found");
  html.paragraph(fmt::format(
      "{} They were written down with the experiment. A true one is called wrong with a chance of "
      "at most {:.3g}, all taken together; a wrong one is called true with a chance of at most "
      "that. Intervals are those that the outcomes rest on, at {}.",
      claims_sentence(page.claims), page.claims_error,
      compare::as_percent(1.0 - 2.0 * page.claims_error)));
  for (const compare::Claim& claim : page.claims) {
    std::vector<std::string> found;
    const std::string detail = found_of(claim);
    if (!detail.empty()) found.push_back(detail + ".");
    if (claim.measurement)
      found.push_back(fmt::format("Measured {}: {:.4g}, interval {}.",
                                  claim.name == "value" ? "error" : "ratio", *claim.measurement,
                                  interval_or_dash(claim.low, claim.high)));
    if (!claim.obstacle.empty()) found.push_back("It could not be tested: " + claim.obstacle + ".");
    html.verdict(claim.outcome, claim.statement, found);
  }
}

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
                  compare::with_commas(static_cast<std::int64_t>(points)), points == 1 ? "" : "s"));
  html.list(swept(page.sweep));
  std::string of_first = "The first of them: " + network_in_words(page.first);
  const auto& simulation = page.first.simulation();
  if (!simulation.widths.empty())
    of_first +=
        fmt::format(" Sampled were networks with n = {}.", fmt::join(simulation.widths, ", "));
  if (page.first.study().kind == model::StudyKind::generalization)
    of_first += fmt::format(
        " Their readout is trained on P = {} points of each of {} draws of data, and by kernel "
        "regression that of the infinitely wide network.",
        fmt::join(page.first.regression().training_points, ", "), page.first.regression().draws);
  html.paragraph(of_first);
}

/// The numbers of one quantity at a point with the most training points, the kernel's or the
/// limit's first.
std::vector<const compare::SweepNumber*> chief_numbers(const compare::SweepPoint& point,
                                                       const std::string& quantity) {
  std::vector<const compare::SweepNumber*> chief;
  for (const compare::SweepNumber& of : point.numbers) {
    if (of.quantity != quantity) continue;
    if (!chief.empty() && of.training_points > chief.front()->training_points) chief.clear();
    if (chief.empty() || of.training_points == chief.front()->training_points) chief.push_back(&of);
  }
  std::sort(chief.begin(), chief.end(),
            [](const compare::SweepNumber* one, const compare::SweepNumber* other) {
              return one->width < other->width;
            });
  return chief;
}

/// What the table says of one quantity.
struct Shown {
  std::string quantity;
  bool widest_too = false;  ///< some point has more than one width
};

std::vector<Shown> shown_of(const compare::SweepResult& sweep) {
  std::vector<Shown> shown;
  for (const SweepSeries& series : sweep_series(sweep)) {
    const auto found = std::find_if(shown.begin(), shown.end(), [&](const Shown& of) {
      return of.quantity == series.quantity;
    });
    if (found == shown.end()) shown.push_back({series.quantity});
  }
  for (Shown& of : shown)
    for (const compare::SweepPoint& point : sweep.points)
      of.widest_too = of.widest_too || chief_numbers(point, of.quantity).size() > 1;
  return shown;
}

std::string with_interval(const compare::SweepNumber& of) {
  if (!std::isfinite(of.value)) return "–";
  if (!std::isfinite(of.low) || !std::isfinite(of.high)) return fmt::format("{:.4g}", of.value);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", of.value, of.low, of.high);
}

/// "kernel", "n → ∞" or "n = 4,096": what a number was measured of.
std::string measured_of(const compare::SweepNumber& of) {
  if (of.width > 0) return fmt::format("n = {}", compare::with_commas(of.width));
  return of.quantity == "error" ? "kernel" : "n → ∞";
}

void add_points(HtmlPage& html, const SweepPage& page) {
  const compare::SweepResult& sweep = page.sweep;
  html.section("The points");
  HtmlTable table{"Each point with its outcome and its chief numbers, measured with 95% intervals",
                  {{"point", "", false}},
                  {}};
  for (std::size_t key = 0; key < sweep.keys.size(); ++key)
    table.columns.push_back({short_key(sweep, key), sweep.keys[key]});
  table.columns.push_back({"outcome", "", false});
  const std::vector<Shown> shown = shown_of(sweep);
  for (const auto& [quantity, widest_too] : shown) {
    const bool is_error = quantity == "error";
    table.columns.push_back(
        {quantity + ", predicted", is_error ? "squared targets" : "last layer, mean"});
    table.columns.push_back({quantity + ", measured", is_error ? "kernel regression" : ""});
    if (widest_too) table.columns.push_back({quantity + ", measured", "widest networks"});
  }
  const std::size_t rows = std::min(sweep.points.size(), most_rows);
  const bool linked = page.folders.size() == sweep.points.size();
  for (std::size_t i = 0; i < rows; ++i) {
    const compare::SweepPoint& point = sweep.points[i];
    table.rows.push_back({std::to_string(i + 1)});
    auto& row = table.rows.back();
    if (linked) table.links.push_back(page.folders[i] + "/");
    for (std::size_t key = 0; key < sweep.keys.size(); ++key)
      row.push_back(short_value(sweep, i, key));
    row.emplace_back(outcome_of(point));
    for (const auto& [quantity, widest_too] : shown) {
      const auto numbers = chief_numbers(point, quantity);
      const auto of = [&](const compare::SweepNumber* number) {
        return number == nullptr ? std::string("–")
                                 : with_interval(*number) + ", " + measured_of(*number);
      };
      const compare::SweepNumber* first = numbers.empty() ? nullptr : numbers.front();
      row.push_back(first == nullptr ? "–" : number_or_dash(first->predicted, "{:.4g}"));
      row.push_back(of(first));
      if (widest_too) row.push_back(of(numbers.size() > 1 ? numbers.back() : nullptr));
    }
  }
  html.table(table);
  const auto trained =
      std::find_if(sweep.points.begin(), sweep.points.end(),
                   [](const compare::SweepPoint& point) { return !point.errors.empty(); });
  if (trained != sweep.points.end())
    html.paragraph("Errors are those with the most training points of each point, over the pool.");
  if (linked) {
    html.paragraph(
        "A point's number leads to its folder. To read it as a page, make its report; of the first "
        "point, DIR being the folder of this page:");
    html.command("wideproof report DIR/" + page.folders.front());
  }
  if (rows < sweep.points.size())
    html.paragraph(
        fmt::format("… and {} more points, which are in sweep.csv.",
                    compare::with_commas(static_cast<std::int64_t>(sweep.points.size() - rows))));
}

}  // namespace

std::string verdict_sentence(const compare::SweepResult& sweep,
                             const std::vector<compare::Claim>& claims,
                             const model::Experiment& first) {
  std::string sentence = refuted(claims) + points_sentence(sweep, first);
  if (!claims.empty()) sentence.append(" ").append(claims_sentence(claims));
  return sentence;
}

std::string sweep_report(const SweepPage& page, const std::map<std::string, std::string>& svg) {
  HtmlPage html(page.name,
                "Does a formula for infinitely wide networks hold, and where? A sweep by "
                "wideproof.");
  html.verdict(page.verdict.outcome, verdict_sentence(page.sweep, page.claims, page.first),
               page.verdict.reasons);
  add_claims_of_sweep(html, page);
  add_experiment(html, page);
  if (!page.figures.empty()) {
    html.section("Figures");
    html.figures(page.figures, svg);
  }
  add_points(html, page);
  html.section("To repeat it");
  html.command("wideproof validate experiment.toml --out again");
  html.definitions(page.provenance);
  html.section("Files beside this page");
  std::vector<HtmlDefinition> files = {
      {"experiment.toml", "the sweep, complete; running it repeats all points"},
      {"summary.json", "verdict, points, claims, provenance"},
      {"sweep.csv", "every number of every point"}};
  if (!page.claims.empty()) files.push_back({"claims.csv", "the claims about the sweep"});
  if (!page.folders.empty())
    files.push_back({"points/", "a run's folder for each point, with its own tables and results"});
  if (!page.figures.empty())
    files.push_back(
        {"figures/", "each figure as SVG and PDF, with the CSV that it was drawn from"});
  html.files(files);
  return html.text();
}

}  // namespace wideproof::report
