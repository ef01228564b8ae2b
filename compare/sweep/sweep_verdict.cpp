// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_verdict.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/sweep/grouped_advice.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t named_points = 5;
constexpr std::size_t named_alike = 3;
constexpr std::size_t most_advice = 12;

std::vector<std::size_t> points_that(const SweepResult& sweep, Outcome outcome) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < sweep.points.size(); ++i)
    if (sweep.points[i].is_judged && sweep.points[i].verdict.outcome == outcome) found.push_back(i);
  return found;
}

/// `3 of 20 points disagree: f = 0.1; f = 0.2, …`
std::string list(const SweepResult& sweep, Outcome outcome) {
  const std::vector<std::size_t> found = points_that(sweep, outcome);
  if (found.empty()) return "";
  std::string text =
      fmt::format("{} of {} points {}", found.size(), sweep.points.size(), name_of(outcome));
  if (outcome == Outcome::agree) return text;
  for (std::size_t i = 0; i < std::min(found.size(), named_points); ++i)
    text += (i == 0 ? ": " : "; ") + name_of(sweep, found[i]);
  if (found.size() > named_points)
    text += fmt::format("; and {} more", found.size() - named_points);
  const std::vector<std::string>& reasons = sweep.points[found.front()].verdict.reasons;
  if (!reasons.empty()) text += ". The first of them says: " + reasons.front();
  return text;
}

/// The values of a point by the last parts of their keys, or by the whole ones where those do not
/// tell them apart.
std::string brief_name(const SweepResult& sweep, std::size_t point) {
  std::vector<std::string> names;
  for (const std::string& key : sweep.keys) names.push_back(key.substr(key.rfind('.') + 1));
  if (std::set<std::string>(names.begin(), names.end()).size() < names.size())
    return name_of(sweep, point);
  std::string text;
  for (std::size_t k = 0; k < names.size(); ++k)
    text += fmt::format("{}{} = {}", k == 0 ? "" : ", ", names[k], sweep.points[point].values[k]);
  return text;
}

/// "active_fraction = 0.1, taps = 5", "3 points (…; …; …)", "all 9 points", of the points `open`.
std::string places_of(const SweepResult& sweep, const std::vector<std::size_t>& open,
                      const AdviceGroup& group) {
  const std::size_t count = group.points.size();
  if (count == 1) return brief_name(sweep, open[group.points.front()]);
  if (count == sweep.points.size()) return fmt::format("all {} points", count);
  std::string names;
  for (std::size_t i = 0; i < std::min(count, named_alike); ++i)
    names += (i == 0 ? "" : "; ") + brief_name(sweep, open[group.points[i]]);
  if (count > named_alike) names += fmt::format("; and {} more", count - named_alike);
  return fmt::format("{} points ({})", count, names);
}

/// Of an open point whose p, times the number of points, is below the error rate.
std::string idle_p(const SweepResult& sweep, std::size_t point, double family_error) {
  const double p = static_cast<double>(sweep.points.size()) * sweep.points[point].verdict.p_value;
  if (!(p < family_error)) return "";
  return fmt::format(" (its family-wise {} does not count for the verdict, as the point is open)",
                     p_text(p));
}

/// How many points are open, then what would decide them: a line for all that need the same.
void add_open_points(std::vector<std::string>& reasons, const SweepResult& sweep,
                     double family_error) {
  const std::vector<std::size_t> open = points_that(sweep, Outcome::inconclusive);
  if (open.empty()) return;
  reasons.push_back(fmt::format("{} of {} points {} inconclusive", open.size(), sweep.points.size(),
                                open.size() == 1 ? "is" : "are"));
  std::vector<std::string> advice;
  for (const std::size_t point : open) {
    const Verdict& verdict = sweep.points[point].verdict;
    const std::string& why = verdict.advice.empty() && !verdict.reasons.empty()
                                 ? verdict.reasons.front()
                                 : verdict.advice;
    advice.push_back(why + idle_p(sweep, point, family_error));
  }
  std::size_t advised = 0;
  const std::vector<AdviceGroup> groups = grouped_advice(advice);
  for (std::size_t g = 0; g < std::min(groups.size(), most_advice); ++g) {
    advised += groups[g].points.size();
    if (groups[g].text.empty()) continue;
    reasons.push_back("at " + places_of(sweep, open, groups[g]) + ": " + groups[g].text);
  }
  if (advised < open.size())
    reasons.push_back(
        fmt::format("and at {} more points; summary.json says of each what would decide it",
                    open.size() - advised));
}

Verdict verdict_of_points(const SweepResult& sweep, double family_error, bool has_claims) {
  Verdict verdict{Outcome::inconclusive, family_error, std::nan(""), {}};
  const auto points = static_cast<double>(sweep.points.size());
  for (const SweepPoint& point : sweep.points)
    verdict.p_value = std::fmin(verdict.p_value, std::min(points * point.verdict.p_value, 1.0));
  const auto count = [&](Outcome outcome) {
    return std::count_if(sweep.points.begin(), sweep.points.end(), [&](const SweepPoint& point) {
      return point.is_judged && point.verdict.outcome == outcome;
    });
  };
  if (count(Outcome::disagree) > 0)
    verdict.outcome = Outcome::disagree;
  else if (is_judged(sweep) && count(Outcome::inconclusive) == 0)
    verdict.outcome = Outcome::agree;
  const std::string disagreeing = list(sweep, Outcome::disagree);
  if (!disagreeing.empty()) verdict.reasons.push_back(disagreeing);
  add_open_points(verdict.reasons, sweep, share_of_the_points(family_error, has_claims));
  const std::string agreeing = list(sweep, Outcome::agree);
  if (!agreeing.empty()) verdict.reasons.push_back(agreeing);
  const auto only_measured =
      std::count_if(sweep.points.begin(), sweep.points.end(),
                    [](const SweepPoint& point) { return !point.is_judged; });
  if (only_measured > 0)
    verdict.reasons.push_back(
        fmt::format("{} of {} points were measured, with nothing set beside them", only_measured,
                    sweep.points.size()));
  if (sweep.points.empty()) verdict.reasons.emplace_back("The sweep has no points.");
  return verdict;
}

}  // namespace

double share_of_the_points(double family_error, bool has_claims) {
  return family_error / (has_claims ? 2.0 : 1.0);
}

double family_error_of_a_point(double family_error, bool has_claims, std::size_t points) {
  return share_of_the_points(family_error, has_claims) / static_cast<double>(points);
}

double family_error_of_claims(double family_error) {
  return family_error / 2.0;
}

Verdict sweep_verdict(const SweepResult& sweep, const std::vector<Claim>& claims,
                      double family_error) {
  Verdict verdict = verdict_of_points(sweep, family_error, !claims.empty());
  if (claims.empty()) return verdict;
  if (!is_judged(sweep)) verdict.outcome = Outcome::agree;
  std::size_t agreeing = 0;
  for (const Claim& claim : claims) {
    if (claim.p_adjusted) verdict.p_value = std::fmin(verdict.p_value, *claim.p_adjusted);
    if (claim.outcome == Outcome::agree) {
      ++agreeing;
      continue;
    }
    verdict.reasons.push_back(
        fmt::format("claim \"{}\": {}", claim.statement, name_of(claim.outcome)));
    if (verdict.outcome != Outcome::disagree) verdict.outcome = claim.outcome;
  }
  verdict.p_value = std::min(2.0 * verdict.p_value, 1.0);
  verdict.reasons.push_back(
      fmt::format("{} of {} claims about the sweep agree", agreeing, claims.size()));
  return verdict;
}

}  // namespace wideproof::compare
