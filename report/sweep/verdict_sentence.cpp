// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/verdict_sentence.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include <wideproof/report/sweep/claims_words.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t named_points = 3;

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

/// "within 2% of each other", or without the number where points differ in it.
std::string closeness(const compare::SweepResult& sweep, const model::Experiment& first) {
  const bool varies = std::find(sweep.keys.begin(), sweep.keys.end(),
                                "compare.equivalence_margin") != sweep.keys.end();
  if (varies) return "within the margin of each other";
  return fmt::format("within {:.3g}% of each other", 100 * first.compare().equivalence_margin);
}

/// "3 of the 20 points"
std::string so_many_of(std::size_t number, std::size_t all) {
  if (all == 1) return "the only point";
  return number == all ? fmt::format("all {} points", all)
                       : fmt::format("{} of the {} points", number, all);
}

std::string points_sentence(const compare::SweepResult& sweep, const model::Experiment& first,
                            const SweepWords& words) {
  const std::size_t all = sweep.points.size();
  const std::size_t agree = count(sweep, compare::Outcome::agree);
  const std::size_t disagree = count(sweep, compare::Outcome::disagree);
  const std::size_t open = count(sweep, compare::Outcome::inconclusive);
  if (all == 0) return "Nothing was decided: the sweep has no points.";
  if (!is_judged(sweep)) return words.only_measured;
  const std::string agreeing =
      agree == 0 ? "" : fmt::format(" At {} {} agree.", agree, words.compared);
  if (disagree > 0)
    return fmt::format("At {} {} disagree: {}.", so_many_of(disagree, all), words.compared,
                       named(sweep, compare::Outcome::disagree)) +
           agreeing +
           (open > 0 ? fmt::format(" {} {} not decided.", open, open == 1 ? "is" : "are") : "");
  const std::string close = words.compared + " lie " + closeness(sweep, first);
  if (open > 0)
    return fmt::format("At {} the data neither show that {}, nor that they do not: {}.",
                       so_many_of(open, all), close, named(sweep, compare::Outcome::inconclusive)) +
           agreeing;
  if (agree < all)
    return fmt::format("At {} {}; the others were measured only.", so_many_of(agree, all), close);
  return fmt::format("{} agree{}: {}.",
                     all == 1 ? "The only point" : fmt::format("All {} points", all),
                     all == 1 ? "s" : "", close);
}

}  // namespace

std::string verdict_sentence(const compare::SweepResult& sweep,
                             const std::vector<compare::Claim>& claims,
                             const model::Experiment& first, const SweepWords& words) {
  std::string sentence = refuted_claims(claims) + points_sentence(sweep, first, words);
  if (!claims.empty()) sentence.append(" ").append(claims_sentence(claims));
  return sentence;
}

}  // namespace wideproof::report
