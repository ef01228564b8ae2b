// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/judgement.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/gram/equivalence_plan.hpp>
#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>

namespace wideproof::compare {
namespace {

/// `layer 2, gram[0][1] = 0.512 ± 0.003, predicted 0.480 (z = 10.7)`
std::string describe(const Assessment& assessment, const LayerComparison& layer,
                     const Entry& entry) {
  const MatrixComparison& of = layer.of(entry.quantity);
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  const double scale = of.scale(a, b);
  const std::string exact = exactness(assessment, static_cast<std::size_t>(layer.layer) - 1, entry);
  const std::string start = fmt::format("layer {}, {} = {:.5g}", layer.layer, name_of(entry),
                                        without_rounding(of.estimate.value(a, b), scale));
  const double predicted = without_rounding(of.predicted(a, b), scale);
  if (!exact.empty()) return start + fmt::format(" ({}), predicted {:.5g}", exact, predicted);
  return start + fmt::format(" ± {:.2g}, predicted {:.5g} (z = {:.3g})",
                             of.estimate.standard_error(a, b), predicted,
                             without_rounding(of.z(a, b)));
}

/// `limit: layer 3, class 1 = 1.02 (95%: 1.01 to 1.03), predicted 1, family-wise p = 2e-05`
std::string describe(const Claim& claim, double p) {
  return fmt::format("{}: {}{} = {:.5g} ({}), predicted {:.5g}, family-wise {}", claim.name,
                     claim.name == "fluctuation" ? "n·Var, " : "", claim.where, *claim.measurement,
                     claim.exactness.empty()
                         ? fmt::format("95%: {:.5g} to {:.5g}", *claim.low, *claim.high)
                         : claim.exactness,
                     *claim.prediction, p_text(p));
}

std::vector<LayerComparison> at_largest_width(const Assessment& assessment) {
  std::vector<LayerComparison> layers;
  for (const WidthComparison& at : assessment.widths)
    if (at.width == assessment.widths.back().width) layers.push_back(at.comparison);
  return layers;
}

bool all_equivalent(const std::vector<LayerComparison>& layers) {
  return std::all_of(layers.begin(), layers.end(),
                     [](const LayerComparison& layer) { return layer.equivalence.holds; });
}

/// Rounded up to two digits, so that what is promised of it still holds: "1,300", "2.4".
std::string at_least(double number) {
  const double unit = std::pow(10.0, std::floor(std::log10(number)) - 1.0);
  const double rounded = std::ceil(number / unit * (1.0 - 1e-9)) * unit;
  return rounded < 10.0 ? fmt::format("{:.2g}", rounded)
                        : with_commas(static_cast<std::int64_t>(std::llround(rounded)));
}

std::string times_the_replicates(double factor) {
  return fmt::format("about {} times the replicates", at_least(factor));
}

/// What would decide a run in which equivalence is open.
std::string advice(const Assessment& assessment) {
  constexpr const char* in_nine = "would decide it in nine runs of ten";
  constexpr const char* no_promise = "more replicates cannot be promised to decide it";
  const auto width = [&assessment](double factor) {
    return fmt::format("a largest width of about {}",
                       at_least(factor * static_cast<double>(assessment.widths.back().width)));
  };
  const bool has_law = !assessment.too_narrow && !assessment.silent;
  if (assessment.extrapolation && has_law) {
    constexpr const char* provided = "if the prediction holds and the bias falls as 1/n";
    const EquivalencePlan plan = plan_equivalence(assessment, Supposed::law);
    if (plan.replicates && plan.width)
      return fmt::format("{}, {} or {} {}", provided, times_the_replicates(*plan.replicates),
                         width(*plan.width), in_nine);
    if (plan.replicates)
      return fmt::format("{}, {} {}", provided, times_the_replicates(*plan.replicates), in_nine);
    std::string none =
        std::string(no_promise) + ", for the bias of this width may lie beyond the margin itself";
    if (!plan.width) return none;
    return fmt::format("{}; {}, {} {}", none, provided, width(*plan.width), in_nine);
  }
  const EquivalencePlan plan = plan_equivalence(assessment, Supposed::estimate);
  std::string text;
  if (plan.replicates) {
    text = fmt::format("{} {}", times_the_replicates(*plan.replicates), in_nine);
  } else {
    text = std::string(no_promise) + ", for the difference itself may lie beyond the margin";
    const EquivalencePlan of_nothing = plan_equivalence(assessment, Supposed::nothing);
    if (of_nothing.replicates)
      text += fmt::format("; were there none, {} {}", times_the_replicates(*of_nothing.replicates),
                          in_nine);
  }
  if (plan.width && has_law)
    text += fmt::format("; if it falls as 1/n, {} {}", width(*plan.width), in_nine);
  return text;
}

/// Why equivalence fails at the worst entry of the largest width, and what would decide it.
std::string describe_shortfall(const Assessment& assessment) {
  const Options& options = assessment.options;
  const std::vector<LayerComparison> layers = at_largest_width(assessment);
  const LayerComparison& worst =
      *std::max_element(layers.begin(), layers.end(), [](const auto& one, const auto& other) {
        return nearer_to_holding(one.equivalence, other.equivalence);
      });
  const Equivalence& equivalence = worst.equivalence;
  const double beyond = options.looks * beyond_margin_p(worst.of(equivalence.worst.quantity),
                                                        equivalence.worst, equivalence.margin);
  const std::string margin = as_percent(equivalence.margin);
  std::string how = fmt::format("beyond {} of the prediction", margin);
  if (std::isfinite(equivalence.replicate_factor))
    how = fmt::format("not within {} of the prediction with enough certainty", margin);
  else if (!(beyond < options.family_error))
    how = fmt::format("the means are not known well enough for a margin of {}", margin);
  return fmt::format("at width {} {}: {}; {}", assessment.widths.back().width, how,
                     describe(assessment, worst, equivalence.worst), advice(assessment));
}

/// The worst of them, and how many there are.
std::string describe_heavy_tails(const std::vector<HeavyTail>& tails) {
  const std::string others =
      tails.size() > 1 ? fmt::format("; it is the worst of {}", tails.size()) : "";
  return "heavy tails: " + describe(worst_of(tails)) + others;
}

std::string not_known_to_be_equivalent(const Assessment& assessment) {
  return fmt::format(
      "at width {} every entry seems to lie within {} of its prediction, but {}: add replicates",
      assessment.widths.back().width, as_percent(assessment.options.equivalence_margin),
      describe_heavy_tails(assessment.heavy_at_largest_width));
}

}  // namespace

Verdict judge_claims(const Assessment& assessment) {
  const Options& options = assessment.options;
  const Extrapolation& extrapolation = *assessment.extrapolation;
  Verdict verdict{Outcome::inconclusive, options.family_error, 1.0, {}};
  const auto say = [&verdict](std::string reason) { verdict.reasons.push_back(std::move(reason)); };

  std::vector<double> p_values;
  for (const Claim& claim : assessment.claims)
    if (claim.p_unguarded) p_values.push_back(*claim.p_unguarded);
  const std::vector<double> by_order = holm_adjusted(p_values);
  for (const double p : by_order) verdict.p_value = std::fmin(verdict.p_value, p);
  if (!assessment.heavy_tails.empty()) say(describe_heavy_tails(assessment.heavy_tails));
  if (extrapolation.lack_of_fit_p && !(*extrapolation.lack_of_fit_p >= options.family_error)) {
    say(
        fmt::format("the means do not follow a law of order {} in 1/n (lack of fit {}), so "
                    "the limit is not to be trusted: leave out the narrowest width or add wider "
                    "ones",
                    extrapolation.order, p_text(*extrapolation.lack_of_fit_p)));
    return verdict;
  }

  bool rejected = false;
  bool suspected = false;
  double smallest = 1.0;
  for (const Claim& claim : assessment.claims) {
    if (!claim.p_adjusted || claim.outcome == Outcome::agree) continue;
    if (!std::isfinite(*claim.p_adjusted)) {
      say(fmt::format("{}: {}", claim.name, claim.obstacle));
      suspected = true;
      continue;
    }
    say(describe(claim, *claim.p_adjusted));
    if (claim.outcome == Outcome::disagree) {
      rejected = true;
      smallest = std::min(smallest, *claim.p_adjusted);
    } else {
      suspected = true;
      const std::string obstacle = "which convicts nobody: " + claim.obstacle;
      if (std::find(verdict.reasons.begin(), verdict.reasons.end(), obstacle) ==
          verdict.reasons.end())
        say(obstacle);
    }
  }
  if (rejected) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = smallest;
    if (all_equivalent(extrapolation.layers))
      say(fmt::format("every limit lies within {} of its prediction all the same",
                      as_percent(options.equivalence_margin)));
  } else if (!all_equivalent(at_largest_width(assessment))) {
    say(describe_shortfall(assessment));
  } else if (!assessment.heavy_at_largest_width.empty()) {
    say(not_known_to_be_equivalent(assessment));
  } else if (!suspected) {
    verdict.outcome = Outcome::agree;
    say(
        fmt::format("at width {} every entry lies within {} of its prediction, each at one-sided "
                    "level {:.2g}",
                    assessment.widths.back().width, as_percent(options.equivalence_margin),
                    options.family_error / options.looks));
    const Claim* closest = nullptr;
    for (const Claim& claim : assessment.claims)
      if (claim.p_value && (closest == nullptr || *claim.p_value < *closest->p_value))
        closest = &claim;
    verdict.p_value = *closest->p_adjusted;
    say("closest to a rejection: " + describe(*closest, *closest->p_adjusted));
  }
  if (!extrapolation.lack_of_fit_p) say("no width is left over to test the 1/n law itself");
  return verdict;
}

Verdict judge_single_width(const Assessment& assessment) {
  const Options& options = assessment.options;
  const std::vector<LayerComparison> layers = at_largest_width(assessment);
  const std::int64_t width = assessment.widths.back().width;
  const auto beyond = [&options](const MatrixComparison& comparison, const Entry& entry) {
    return std::min(1.0,
                    options.looks * beyond_margin_p(comparison, entry, options.equivalence_margin));
  };
  std::vector<double> p_values;
  for (const auto& [index, entry] : family(layers.size(), layers.front().gram.predicted.rows()))
    p_values.push_back(beyond(layers[index].of(entry.quantity), entry));
  Verdict verdict{Outcome::inconclusive, options.family_error, 1.0, {}};
  for (const double p : holm_adjusted(p_values)) verdict.p_value = std::fmin(verdict.p_value, p);

  if (all_equivalent(layers) && !assessment.heavy_at_largest_width.empty()) {
    verdict.reasons.push_back(not_known_to_be_equivalent(assessment));
  } else if (all_equivalent(layers)) {
    verdict.outcome = Outcome::agree;
    verdict.reasons.push_back(fmt::format(
        "at width {} every mean lies within {} of its prediction, each at one-sided "
        "level {:.2g}",
        width, as_percent(options.equivalence_margin), options.family_error / options.looks));
  } else if (verdict.p_value < options.family_error) {
    const FamilyMember worst = most_significant(layers, beyond);
    verdict.reasons.push_back(
        fmt::format("at width {} a mean lies beyond {} of its prediction (family-wise {}): {}",
                    width, as_percent(options.equivalence_margin), p_text(verdict.p_value),
                    describe(assessment, layers[worst.index], worst.entry)));
  } else {
    verdict.reasons.push_back(describe_shortfall(assessment));
  }
  verdict.reasons.emplace_back(
      "one width cannot tell the 1/n bias from a wrong limit, so only the means at that width are "
      "judged, and they convict nobody: simulate four widths or more to test the limit");
  return verdict;
}

Verdict judge_overflow(const model::Measurement& measurement, const model::ClassSeries& series,
                       const Options& options) {
  Verdict verdict{
      Outcome::inconclusive, options.family_error, std::numeric_limits<double>::quiet_NaN(), {}};
  for (const model::LayerMeasurement& measured : measurement) {
    for (const Quantity quantity : {Quantity::gram, Quantity::correlation}) {
      const model::SampleMoments& moments =
          quantity == Quantity::gram ? measured.gram : measured.correlation;
      if (moments.mean.allFinite() && moments.variance.allFinite()) continue;
      verdict.reasons.push_back(
          fmt::format("width {}, layer {}: the {} is not finite: activations overflowed or "
                      "vanished, so nothing is judged",
                      measured.width, measured.layer, name_of(quantity)));
      return verdict;
    }
  }
  if (!is_finite(series))
    verdict.reasons.emplace_back(
        "the class means of some network are not finite: activations overflowed or vanished, so "
        "nothing is judged");
  return verdict;
}

}  // namespace wideproof::compare
