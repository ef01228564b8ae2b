// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_claims.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/statistics/paired_ratio.hpp>
#include <wideproof/compare/sweep/rank_claims.hpp>

namespace wideproof::compare {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

using Draws = std::vector<double>;

/// What a claim is about: one quantity with that P and width, at every point of a sweep.
struct Subject {
  const SweepResult& sweep;
  const SweepClaim& claim;
  const SweepQuantity& quantity;

  /// nullptr where the point has none that is finite.
  const Draws* draws_at(std::size_t point) const {
    const SweepNumber* number =
        find_number(sweep.points[point], quantity.name, claim.training_points, claim.width);
    const auto usable = [](double value) { return std::isfinite(value); };
    if (number == nullptr || std::none_of(number->draws.begin(), number->draws.end(), usable))
      return nullptr;
    return &number->draws;
  }
};

PairedRatio pair(const SweepClaim& claim, Draws a, Draws b) {
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
  bool is_over_negative = false;  ///< of a ratio over a negative number less is not less
};

Test test(const PairedRatio& ratio, Interval bounds) {
  if (ratio.denominator < 0.0) return {ratio, std::nan(""), std::nan(""), true};
  return {ratio, within_p(ratio, bounds), beyond_p(ratio, bounds)};
}

/// Writes the outcome; `scale` turns 1 + δ into what is claimed.
void decide(Claim& claim, const SweepQuantity& quantity, const Test& tested, double scale,
            double family_error) {
  if (std::isfinite(tested.ratio.difference))
    claim.measurement = scale * (1.0 + tested.ratio.difference);
  if (tested.is_over_negative)
    claim.obstacle =
        fmt::format("{} is negative, and a ratio over it cannot be tested", quantity.indefinite);
  else if (std::isnan(tested.within))
    claim.obstacle = fmt::format("fewer than two draws of data have both {}, or {} is zero",
                                 quantity.plural, quantity.indefinite);
  if (std::isnan(tested.beyond)) return;
  const Interval interval = interval_of(tested.ratio, 1.0 - 2.0 * family_error);
  claim.low = scale * (1.0 + interval.low);
  claim.high = scale * (1.0 + interval.high);
  claim.p_value = claim.p_unguarded = tested.beyond;
  if (tested.within < family_error) claim.outcome = Outcome::agree;
}

void judge_value(Claim& claim, const Subject& subject, const Draws& at, double family_error) {
  const SweepClaim& said = subject.claim;
  const PairedRatio ratio = pair(said, at, Draws(at.size(), *said.value));
  claim.prediction = said.value;
  claim.measured = subject.quantity.name;
  claim.detail =
      fmt::format("{} {:.4g}, said to be {:.4g} to within {:.3g}%", subject.quantity.name,
                  ratio.numerator, *said.value, 100.0 * said.tolerance);
  decide(claim, subject.quantity, test(ratio, {-said.tolerance, said.tolerance}), *said.value,
         family_error);
}

void judge_ratio(Claim& claim, const Subject& subject, const Draws& at, const Draws& over,
                 double family_error) {
  const SweepClaim& said = subject.claim;
  const PairedRatio ratio = pair(said, at, over);
  const Interval bounds{said.low ? *said.low - 1.0 : -infinity,
                        said.high ? *said.high - 1.0 : infinity};
  claim.detail =
      fmt::format("{} {:.4g} over {:.4g}, a ratio of {:.4g}, said to be", subject.quantity.name,
                  ratio.numerator, ratio.denominator, 1.0 + ratio.difference);
  if (said.low) claim.detail += fmt::format(" {:.4g} or more", *said.low);
  if (said.high) claim.detail += fmt::format("{} {:.4g} or less", said.low ? "," : "", *said.high);
  decide(claim, subject.quantity, test(ratio, bounds), 1.0, family_error);
}

/// The point that is claimed to be best beside each other one.
struct Rivals {
  std::vector<Test> tests;
  std::vector<std::size_t> points;
  std::size_t left_out = 0;  ///< for want of numbers
};

Rivals rivals_of(const Subject& subject, std::size_t point, const Draws& at) {
  const SweepClaim& said = subject.claim;
  Rivals rivals;
  for (const std::size_t other : points_with(subject.sweep, said.over)) {
    if (other == point) continue;
    const Draws* draws = subject.draws_at(other);
    if (draws == nullptr) {
      ++rivals.left_out;
      continue;
    }
    rivals.tests.push_back(test(pair(said, at, *draws), {-infinity, said.tolerance}));
    rivals.points.push_back(other);
  }
  return rivals;
}

/// The rival with the smallest p against the claim; where none can be tested, any.
std::size_t loudest_of(const std::vector<Test>& tests) {
  std::size_t loudest = 0;
  for (std::size_t i = 1; i < tests.size(); ++i)
    if (tests[i].beyond < tests[loudest].beyond || std::isnan(tests[loudest].beyond)) loudest = i;
  return loudest;
}

/// The tests of all rivals as one: none may speak against the claim, and all have to speak for it.
Test joint_test(const std::vector<Test>& tests, std::size_t loudest) {
  std::vector<double> beyond;
  beyond.reserve(tests.size());
  for (const Test& one : tests) beyond.push_back(one.beyond);
  Test joint = tests[loudest];
  joint.beyond = holm_adjusted(beyond)[loudest];
  for (const Test& one : tests) {
    joint.within = std::isnan(one.within) ? one.within : std::max(joint.within, one.within);
    joint.is_over_negative = joint.is_over_negative || one.is_over_negative;
  }
  return joint;
}

void judge_best(Claim& claim, const Subject& subject, std::size_t point, const Draws& at,
                double family_error) {
  const std::string& plural = subject.quantity.plural;
  const Rivals rivals = rivals_of(subject, point, at);
  if (rivals.tests.empty()) {
    claim.obstacle = fmt::format("no other point has {} to compare with", plural);
    return;
  }
  const std::size_t loudest = loudest_of(rivals.tests);
  const Test joint = joint_test(rivals.tests, loudest);
  claim.detail = fmt::format(
      "{} {:.4g}; against it speaks {} with {:.4g}, a ratio of {:.4g}; a ratio up to {:.4g} is "
      "allowed",
      subject.quantity.name, joint.ratio.numerator, name_of(subject.sweep, rivals.points[loudest]),
      joint.ratio.denominator, 1.0 + joint.ratio.difference, 1.0 + subject.claim.tolerance);
  if (rivals.left_out > 0)
    claim.detail += fmt::format("; {} points have no {} there", rivals.left_out, plural);
  decide(claim, subject.quantity, joint, 1.0, family_error);
}

std::string kind_name(SweepClaim::Kind kind) {
  switch (kind) {
    case SweepClaim::Kind::best:
      return "best";
    case SweepClaim::Kind::ratio:
      return "ratio";
    case SweepClaim::Kind::trend:
      return "trend";
    case SweepClaim::Kind::association:
      return "association";
    case SweepClaim::Kind::value:
      break;
  }
  return "value";
}

Claim judge(const SweepResult& sweep, const SweepClaim& said, double family_error) {
  Claim claim;
  claim.name = kind_name(said.kind);
  claim.statement = said.statement;
  claim.where = place_of(said);
  claim.measured = "ratio";
  const SharedQuantity quantity = quantity_of(said, sweep);
  if (!quantity) {
    claim.obstacle = "the sweep measures nothing of the kind draw by draw";
    return claim;
  }
  if (said.is_of_ranks()) {
    const RankTest tested = judge_ranks(claim, sweep, said, *quantity, family_error);
    if (std::isnan(tested.beyond)) return claim;
    claim.p_value = claim.p_unguarded = tested.beyond;
    if (tested.within < family_error) claim.outcome = Outcome::agree;
    return claim;
  }
  const Subject subject{sweep, said, *quantity};
  const auto draws_at = [&](const PointSelector& selector) -> const Draws* {
    const auto point = find_point(sweep, selector);
    const Draws* draws = point ? subject.draws_at(*point) : nullptr;
    if (draws == nullptr)
      claim.obstacle = fmt::format("there are no {} of {}{}{}", quantity->plural, text_of(selector),
                                   claim.where.empty() ? "" : " at ", claim.where);
    return draws;
  };
  const Draws* at = draws_at(said.at);
  if (at == nullptr) return claim;
  if (said.kind == SweepClaim::Kind::value) {
    judge_value(claim, subject, *at, family_error);
  } else if (said.kind == SweepClaim::Kind::ratio) {
    if (const Draws* over = draws_at(said.over))
      judge_ratio(claim, subject, *at, *over, family_error);
  } else {
    judge_best(claim, subject, *find_point(sweep, said.at), *at, family_error);
  }
  return claim;
}

}  // namespace

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
