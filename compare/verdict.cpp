// SPDX-License-Identifier: MIT
#include <wideproof/compare/verdict.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/distributions.hpp>
#include <wideproof/compare/holm.hpp>

namespace wideproof::compare {
namespace {

double entry_p(const MatrixComparison& comparison, const Entry& entry) {
  return comparison.p(entry.row, entry.column);
}

/// `layer 2, gram[0][1] = 0.512 ± 0.003, predicted 0.480 (z = 10.7)`
std::string describe(const LayerComparison& layer, const Entry& entry) {
  const MatrixComparison& of = layer.of(entry.quantity);
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  return fmt::format("layer {}, {} = {:.5g} ± {:.2g}, predicted {:.5g} (z = {:.3g})", layer.layer,
                     name_of(entry), of.estimate.value(a, b), of.estimate.standard_error(a, b),
                     of.predicted(a, b), of.z(a, b));
}

std::string describe_most_significant(const std::vector<LayerComparison>& layers) {
  const auto& [index, entry] = most_significant(layers, entry_p);
  return fmt::format("{}, family-wise p = {:.2g}", describe(layers[index], entry),
                     layers[index].of(entry.quantity).p_adjusted(entry.row, entry.column));
}

const LayerComparison& least_equivalent(const std::vector<LayerComparison>& layers) {
  return *std::max_element(layers.begin(), layers.end(), [](const auto& one, const auto& other) {
    return nearer_to_holding(one.equivalence, other.equivalence);
  });
}

bool all_equivalent(const std::vector<LayerComparison>& layers) {
  return std::all_of(layers.begin(), layers.end(),
                     [](const LayerComparison& layer) { return layer.equivalence.holds; });
}

/// Why equivalence fails at the worst entry, and how many more replicates would settle it: so many
/// that it holds or, where the estimate lies beyond the margin, that a true difference of that size
/// is told from one of at most `null_margin`·scale.
std::string describe_shortfall(const std::vector<LayerComparison>& layers, double null_margin,
                               const Options& options) {
  const LayerComparison& layer = least_equivalent(layers);
  const Equivalence& equivalence = layer.equivalence;
  const Entry& entry = equivalence.worst;
  const std::string where = describe(layer, entry);
  if (std::isfinite(equivalence.replicate_factor))
    return fmt::format(
        "not within {} of the prediction with enough certainty: {}; about {:.2g} times the "
        "replicates would settle it",
        equivalence.margin, where, equivalence.replicate_factor);

  const MatrixComparison& of = layer.of(entry.quantity);
  const auto tests = static_cast<double>(family(layers.size(), of.predicted.rows()).size());
  const double sides = null_margin > 0.0 ? 1.0 : 2.0;
  const double critical =
      student_upper_quantile(options.family_error / (sides * tests),
                             of.estimate.degrees_of_freedom(entry.row, entry.column));
  const double excess = (equivalence.distance - null_margin) * of.scale(entry.row, entry.column) /
                        of.estimate.standard_error(entry.row, entry.column);
  return fmt::format(
      "beyond {} of the prediction, but not significantly: {}; about {:.2g} times the replicates "
      "would tell a real difference of that size from chance",
      equivalence.margin, where, std::max(1.0, std::pow(critical / excess, 2)));
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::agree:
      return "agree";
    case Outcome::disagree:
      return "disagree";
    case Outcome::inconclusive:
      break;
  }
  return "inconclusive";
}

Verdict judge_limit(const Extrapolation& extrapolation, const Options& options) {
  const std::vector<LayerComparison>& layers = extrapolation.layers;
  const double level = options.family_error;
  Verdict verdict{Outcome::inconclusive, level, extrapolation.p_value, {}};
  const auto say = [&verdict](std::string reason) { verdict.reasons.push_back(std::move(reason)); };

  if (extrapolation.lack_of_fit_p && *extrapolation.lack_of_fit_p < level) {
    say(
        fmt::format("the means do not follow a law of order {} in 1/n (lack of fit, family-wise "
                    "p = {:.2g}), so the limit is not to be trusted: leave out the narrowest "
                    "width or add wider ones",
                    extrapolation.order, *extrapolation.lack_of_fit_p));
    return verdict;
  }
  const bool rejected = extrapolation.p_value < level;
  const bool guarded = extrapolation.guard_p_value && *extrapolation.guard_p_value >= level;
  if (rejected && guarded) {
    say("lines in 1/n miss the prediction: " + describe_most_significant(layers));
    say(
        fmt::format("but parabolas do not (family-wise p = {:.2g}): a curvature that these widths "
                    "cannot exclude would explain it; add wider networks or replicates",
                    *extrapolation.guard_p_value));
  } else if (rejected && !options.order && extrapolation.order == 1 &&
             !extrapolation.guard_p_value) {
    say("lines in 1/n miss the prediction: " + describe_most_significant(layers));
    say("but a line alone convicts nobody, for a curvature would explain it: simulate four widths "
        "or more");
  } else if (rejected) {
    verdict.outcome = Outcome::disagree;
    if (extrapolation.guard_p_value)
      verdict.p_value = std::max(extrapolation.p_value, *extrapolation.guard_p_value);
    say("the limit misses the prediction: " + describe_most_significant(layers));
    if (all_equivalent(layers))
      say(fmt::format("every limit lies within {} of its prediction all the same",
                      options.equivalence_margin));
  } else if (all_equivalent(layers)) {
    verdict.outcome = Outcome::agree;
    say(fmt::format("every limit lies within {} of its prediction, each at one-sided level {}",
                    options.equivalence_margin, level));
    say("closest to a rejection: " + describe_most_significant(layers));
  } else {
    say(describe_shortfall(layers, 0.0, options));
  }
  if (!extrapolation.lack_of_fit_p) say("no width is left over to test the 1/n law itself");
  return verdict;
}

Verdict judge_single_width(const std::vector<LayerComparison>& layers, std::int64_t width,
                           const Options& options) {
  const auto beyond = [&options](const MatrixComparison& comparison, const Entry& entry) {
    return beyond_margin_p(comparison, entry, options.equivalence_margin);
  };
  std::vector<double> p_values;
  for (const auto& [index, entry] : family(layers.size(), layers.front().gram.predicted.rows()))
    p_values.push_back(beyond(layers[index].of(entry.quantity), entry));
  Verdict verdict{Outcome::inconclusive, options.family_error, 1.0, {}};
  for (const double p : holm_adjusted(p_values)) verdict.p_value = std::fmin(verdict.p_value, p);

  if (all_equivalent(layers)) {
    verdict.outcome = Outcome::agree;
    verdict.reasons.push_back(
        fmt::format("at width {} every mean lies within {} of its prediction, each at one-sided "
                    "level {}",
                    width, options.equivalence_margin, options.family_error));
  } else if (verdict.p_value < options.family_error) {
    const FamilyMember worst = most_significant(layers, beyond);
    verdict.reasons.push_back(fmt::format(
        "at width {} a mean lies beyond {} of its prediction (family-wise p = {:.2g}): {}", width,
        options.equivalence_margin, verdict.p_value, describe(layers[worst.index], worst.entry)));
  } else {
    verdict.reasons.push_back(fmt::format(
        "at width {}: {}", width, describe_shortfall(layers, options.equivalence_margin, options)));
  }
  verdict.reasons.emplace_back(
      "one width cannot tell the 1/n bias from a wrong limit, so only the means at that width are "
      "judged, and they convict nobody: simulate four widths or more to test the limit");
  return verdict;
}

Verdict judge_overflow(const model::Measurement& measurement, const Options& options) {
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
  return verdict;
}

}  // namespace wideproof::compare
