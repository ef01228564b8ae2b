// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_claims.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/statistics/paired_ratio.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

using Errors = std::vector<double>;

std::string describe(const PointSelector& selector) {
  std::string text;
  for (const auto& [key, value] : selector)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", key, value);
  return "{" + text + "}";
}

std::string where(const SweepClaim& claim) {
  std::string text = fmt::format("P = {}", claim.training_points);
  if (claim.width > 0) text += fmt::format(", n = {}", claim.width);
  return text;
}

const Errors* errors_of(const SweepResult& sweep, std::size_t point, const SweepClaim& claim) {
  const auto& all = sweep.points[point].errors;
  const auto at = all.find(claim.training_points);
  if (at == all.end()) return nullptr;
  const auto found = at->second.find(claim.width);
  const auto usable = [](double error) { return std::isfinite(error); };
  if (found == at->second.end() || std::none_of(found->second.begin(), found->second.end(), usable))
    return nullptr;
  return &found->second;
}

PairedRatio pair(const SweepClaim& claim, Errors a, Errors b) {
  const std::size_t draws = std::max(a.size(), b.size());
  a.resize(draws, std::nan(""));
  b.resize(draws, std::nan(""));
  PairedRatio ratio = paired_ratio(a, b);
  if (!claim.exact) return ratio;
  ratio.draws = std::max<std::int64_t>(ratio.draws, 2);
  ratio.standard_error = 0.0;
  return ratio;
}

/// What a claim says of one pair, and both tests of it.
struct Test {
  PairedRatio ratio;
  double within = 1.0;
  double beyond = 1.0;
};

Test test(const PairedRatio& ratio, Interval bounds) {
  return {ratio, within_p(ratio, bounds), beyond_p(ratio, bounds)};
}

/// Writes the outcome; `scale` turns 1 + δ into what is claimed.
void settle(Claim& claim, const Test& of, double scale, double family_error) {
  if (std::isfinite(of.ratio.difference)) claim.measurement = scale * (1.0 + of.ratio.difference);
  if (std::isnan(of.within))
    claim.obstacle = "fewer than two draws of data have both errors, or an error is zero";
  if (std::isnan(of.beyond)) return;
  const Interval interval = interval_of(of.ratio, 1.0 - 2.0 * family_error);
  claim.low = scale * (1.0 + interval.low);
  claim.high = scale * (1.0 + interval.high);
  claim.p_value = claim.p_unguarded = of.beyond;
  if (of.within < family_error) claim.outcome = Outcome::agree;
}

void judge_value(Claim& claim, const SweepClaim& said, const Errors& errors, double family_error) {
  const PairedRatio ratio = pair(said, errors, Errors(errors.size(), *said.value));
  claim.prediction = said.value;
  claim.detail = fmt::format("error {:.4g}, said to be {:.4g} to within {:.3g}%", ratio.numerator,
                             *said.value, 100.0 * said.tolerance);
  settle(claim, test(ratio, {-said.tolerance, said.tolerance}), *said.value, family_error);
}

void judge_ratio(Claim& claim, const SweepClaim& said, const Errors& at, const Errors& over,
                 double family_error) {
  const PairedRatio ratio = pair(said, at, over);
  const Interval bounds{said.low ? *said.low - 1.0 : -infinity,
                        said.high ? *said.high - 1.0 : infinity};
  claim.detail = fmt::format("error {:.4g} over {:.4g}, a ratio of {:.4g}, said to be",
                             ratio.numerator, ratio.denominator, 1.0 + ratio.difference);
  if (said.low) claim.detail += fmt::format(" {:.4g} or more", *said.low);
  if (said.high) claim.detail += fmt::format("{} {:.4g} or less", said.low ? "," : "", *said.high);
  settle(claim, test(ratio, bounds), 1.0, family_error);
}

void judge_best(Claim& claim, const SweepResult& sweep, std::size_t point, const SweepClaim& said,
                double family_error) {
  const Errors& own = *errors_of(sweep, point, said);
  std::vector<Test> tests;
  std::vector<std::size_t> others;
  std::size_t left_out = 0;
  for (const std::size_t i : points_with(sweep, said.over)) {
    if (i == point) continue;
    const Errors* other = errors_of(sweep, i, said);
    if (other == nullptr) {
      ++left_out;
      continue;
    }
    tests.push_back(test(pair(said, own, *other), {-infinity, said.tolerance}));
    others.push_back(i);
  }
  if (tests.empty()) {
    claim.obstacle = "no other point has errors to compare with";
    return;
  }
  // Loudest: the smallest p against the claim; where none can be tested, any.
  std::vector<double> beyond;
  beyond.reserve(tests.size());
  for (const Test& of : tests) beyond.push_back(of.beyond);
  const std::vector<double> adjusted = holm_adjusted(beyond);
  std::size_t loudest = 0;
  Test joint = tests.front();
  for (std::size_t i = 1; i < tests.size(); ++i)
    if (tests[i].beyond < tests[loudest].beyond || std::isnan(tests[loudest].beyond)) loudest = i;
  joint = tests[loudest];
  joint.beyond = adjusted[loudest];
  for (const Test& of : tests)
    joint.within = std::isnan(of.within) ? of.within : std::max(joint.within, of.within);
  claim.detail = fmt::format(
      "error {:.4g}; against it speaks {} with {:.4g}, a ratio of {:.4g}; a ratio up to {:.4g} is "
      "allowed",
      joint.ratio.numerator, name_of(sweep, others[loudest]), joint.ratio.denominator,
      1.0 + joint.ratio.difference, 1.0 + said.tolerance);
  if (left_out > 0) claim.detail += fmt::format("; {} points have no errors there", left_out);
  settle(claim, joint, 1.0, family_error);
}

Claim judge(const SweepResult& sweep, const SweepClaim& said, double family_error) {
  Claim claim;
  claim.name = said.kind == SweepClaim::Kind::best    ? "best"
               : said.kind == SweepClaim::Kind::ratio ? "ratio"
                                                      : "value";
  claim.statement = said.statement;
  claim.where = where(said);
  const auto errors_at = [&](const PointSelector& selector) -> const Errors* {
    const auto point = find_point(sweep, selector);
    const Errors* errors = point ? errors_of(sweep, *point, said) : nullptr;
    if (errors == nullptr)
      claim.obstacle =
          fmt::format("there are no errors of {} at {}", describe(selector), claim.where);
    return errors;
  };
  const Errors* at = errors_at(said.at);
  if (at == nullptr) return claim;
  if (said.kind == SweepClaim::Kind::value) {
    judge_value(claim, said, *at, family_error);
  } else if (said.kind == SweepClaim::Kind::ratio) {
    if (const Errors* over = errors_at(said.over))
      judge_ratio(claim, said, *at, *over, family_error);
  } else {
    judge_best(claim, sweep, *find_point(sweep, said.at), said, family_error);
  }
  return claim;
}

void check_keys(const SweepResult& sweep, const PointSelector& selector, const std::string& key) {
  for (const auto& [name, value] : selector)
    if (std::find(sweep.keys.begin(), sweep.keys.end(), name) == sweep.keys.end())
      throw model::InputError(
          fmt::format("{}.{} = {}: is not a key of the sweep", key, name, value));
}

std::size_t check_point(const SweepResult& sweep, const PointSelector& selector,
                        const std::string& key) {
  check_keys(sweep, selector, key);
  const auto point = find_point(sweep, selector);
  if (!point)
    throw model::InputError(
        fmt::format("{} = {}: must name one point of the sweep", key, describe(selector)));
  return *point;
}

template <class Map>
std::string keys_of(const Map& map) {
  std::string text;
  for (const auto& [key, value] : map) text += fmt::format("{}{}", text.empty() ? "" : ", ", key);
  return text.empty() ? "none" : text;
}

/// Refuses a P or a width that the point does not measure.
void check_errors(const SweepResult& sweep, std::size_t point, const SweepClaim& claim,
                  const std::string& name) {
  const auto& errors = sweep.points[point].errors;
  const auto at = errors.find(claim.training_points);
  if (at == errors.end())
    throw model::InputError(name + ".training_points", claim.training_points,
                            fmt::format("must be one that the point {} has: {}",
                                        name_of(sweep, point), keys_of(errors)));
  if (!at->second.contains(claim.width))
    throw model::InputError(name + ".width", claim.width,
                            fmt::format("must be 0, for the kernel, or a width that the point {} "
                                        "has: {}",
                                        name_of(sweep, point), keys_of(at->second)));
}

// The condition is written so that a NaN fails it.
void check_positive(const std::optional<double>& number, const std::string& key) {
  if (number && !(std::isfinite(*number) && *number > 0.0))
    throw model::InputError(key, *number, "must be positive and finite");
}

bool measures(const SweepResult& sweep, std::size_t point, const SweepClaim& claim) {
  const auto& errors = sweep.points[point].errors;
  const auto at = errors.find(claim.training_points);
  return at != errors.end() && at->second.contains(claim.width);
}

void check_rivals(const SweepResult& sweep, std::size_t point, const SweepClaim& claim,
                  const std::string& name) {
  const std::vector<std::size_t> others = points_with(sweep, claim.over);
  if (std::none_of(others.begin(), others.end(), [&](std::size_t other) {
        return other != point && measures(sweep, other, claim);
      }))
    throw model::InputError(fmt::format("{}.over = {}: must leave another point with errors at {}",
                                        name, describe(claim.over), where(claim)));
}

}  // namespace

void check(const std::vector<SweepClaim>& claims, const SweepResult& sweep,
           const std::string& key) {
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const SweepClaim& claim = claims[i];
    const std::string name = fmt::format("{}[{}]", key, i);
    const std::size_t point = check_point(sweep, claim.at, name + ".at");
    check_errors(sweep, point, claim, name);
    if (claim.exact && claim.width != 0)
      throw model::InputError(name + ".exact", true,
                              "must be false for networks, which are drawn at random");
    check_positive(claim.low, name + ".low");
    check_positive(claim.high, name + ".high");
    check_positive(claim.value, name + ".value");
    if (!(claim.tolerance > 0.0 && claim.tolerance < 1.0))
      throw model::InputError(name + ".tolerance", claim.tolerance, "must lie in (0, 1)");
    if (claim.kind == SweepClaim::Kind::value && !claim.value)
      throw model::InputError(name + ".value: is missing");
    check_keys(sweep, claim.over, name + ".over");
    if (claim.kind == SweepClaim::Kind::best) check_rivals(sweep, point, claim, name);
    if (claim.kind != SweepClaim::Kind::ratio) continue;
    check_errors(sweep, check_point(sweep, claim.over, name + ".over"), claim, name);
    if (!claim.low && !claim.high)
      throw model::InputError(name + ".low: a ratio needs a bound, low or high");
    if (claim.low && claim.high && !(*claim.low <= *claim.high))
      throw model::InputError(name + ".low", *claim.low, "must not exceed high");
  }
}

std::vector<Claim> sweep_claims(const SweepResult& sweep, const std::vector<SweepClaim>& claims,
                                double family_error) {
  std::vector<Claim> judged;
  std::vector<double> p_values;
  for (const SweepClaim& claim : claims) {
    judged.push_back(judge(sweep, claim, family_error));
    p_values.push_back(judged.back().p_value.value_or(std::nan("")));
  }
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (!judged[i].p_value) continue;
    judged[i].p_adjusted = adjusted[i];
    if (adjusted[i] < family_error) judged[i].outcome = Outcome::disagree;
  }
  return judged;
}

}  // namespace wideproof::compare
