// SPDX-License-Identifier: MIT
#include <wideproof/compare/judgement.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/distributions.hpp>
#include <wideproof/compare/holm.hpp>
#include <wideproof/compare/plain_words.hpp>

namespace wideproof::compare {
namespace {

/// `layer 2, gram[0][1] = 0.512 ± 0.003, predicted 0.480 (z = 10.7)`
std::string describe(const LayerComparison& layer, const Entry& entry) {
  const MatrixComparison& of = layer.of(entry.quantity);
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  return fmt::format("layer {}, {} = {:.5g} ± {:.2g}, predicted {:.5g} (z = {:.3g})", layer.layer,
                     name_of(entry), of.estimate.value(a, b), of.estimate.standard_error(a, b),
                     of.predicted(a, b), of.z(a, b));
}

/// `limit: layer 3, class 1 = 1.02 (95%: 1.01 to 1.03), predicted 1, family-wise p = 2e-05`
std::string describe(const Claim& claim, double p) {
  return fmt::format("{}: {}{} = {:.5g} (95%: {:.5g} to {:.5g}), predicted {:.5g}, family-wise {}",
                     claim.name, claim.name == "fluctuation" ? "n·Var, " : "", claim.where,
                     *claim.measurement, *claim.low, *claim.high, *claim.prediction, p_text(p));
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

/// The factor F by which the largest width would have to grow for the worst entry to be equivalent,
/// bias falling as 1/F and standard error as 1/√F: |d|/F + t·se/√F = M, a quadratic in √F.
double wider_by(const MatrixComparison& of, const Entry& entry, double margin, double level) {
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  const double bound = margin * of.scale(a, b);
  const double noise = student_upper_quantile(level, of.estimate.degrees_of_freedom(a, b)) *
                       of.estimate.standard_error(a, b);
  const double bias = std::abs(of.difference(a, b));
  return std::pow((noise + std::sqrt(noise * noise + 4.0 * bound * bias)) / (2.0 * bound), 2);
}

/// Why equivalence fails at the worst entry of the largest width, and what would settle it: more
/// replicates by a factor, or wider networks.
std::string describe_shortfall(const Assessment& assessment) {
  const std::vector<LayerComparison> layers = at_largest_width(assessment);
  const LayerComparison& worst =
      *std::max_element(layers.begin(), layers.end(), [](const auto& one, const auto& other) {
        return nearer_to_holding(one.equivalence, other.equivalence);
      });
  const Equivalence& equivalence = worst.equivalence;
  const std::int64_t width = assessment.widths.back().width;
  const double wide_enough =
      static_cast<double>(width) *
      wider_by(worst.of(equivalence.worst.quantity), equivalence.worst, equivalence.margin,
               assessment.options.family_error / assessment.options.looks);
  const std::string where = describe(worst, equivalence.worst);
  const MatrixComparison& of = worst.of(equivalence.worst.quantity);
  const Options& options = assessment.options;
  const double beyond = options.looks * beyond_margin_p(of, equivalence.worst, equivalence.margin);
  if (std::isinf(equivalence.replicate_factor) && !(beyond < options.family_error)) {
    const double noise =
        of.estimate.standard_error(equivalence.worst.row, equivalence.worst.column) *
        student_upper_quantile(
            options.family_error / options.looks,
            of.estimate.degrees_of_freedom(equivalence.worst.row, equivalence.worst.column));
    const double bound =
        equivalence.margin * of.scale(equivalence.worst.row, equivalence.worst.column);
    return fmt::format(
        "at width {} the means are not known well enough for a margin of {}: {}; were there no "
        "difference, some {:.2g} times the replicates would show it",
        width, as_percent(equivalence.margin), where,
        std::max(1.0, 4.0 * std::pow(noise / bound, 2)));
  }
  if (std::isfinite(equivalence.replicate_factor))
    return fmt::format(
        "at width {} not within {} of the prediction with enough certainty: {}; about {:.2g} times "
        "the replicates or a largest width of about {:.2g} would settle it",
        width, as_percent(equivalence.margin), where, equivalence.replicate_factor, wide_enough);
  std::string text = fmt::format("at width {} beyond {} of the prediction: {}", width,
                                 as_percent(equivalence.margin), where);
  if (!assessment.too_narrow)
    text += fmt::format(
        "; a difference that falls as 1/n would be within it at a width of about {:.2g}",
        wide_enough);
  return text;
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
  verdict.p_value = *std::min_element(by_order.begin(), by_order.end());
  if (!assessment.heavy_tails.empty()) say(describe_heavy_tails(assessment.heavy_tails));
  if (extrapolation.lack_of_fit_p && *extrapolation.lack_of_fit_p < options.family_error) {
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
                    describe(layers[worst.index], worst.entry)));
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
