// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/judgement.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/shortfall.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/widths/objections.hpp>

namespace wideproof::compare {
namespace {

void set_disagreement(Verdict& verdict, const Assessment& assessment, double smallest_p) {
  verdict.outcome = Outcome::disagree;
  verdict.p_value = smallest_p;
  if (all_equivalent(assessment.extrapolation->layers))
    verdict.reasons.push_back(
        fmt::format("all the same, every limit lies within {} of its prediction",
                    as_percent(assessment.options.equivalence_margin)));
}

void set_agreement(Verdict& verdict, const Assessment& assessment) {
  const Options& options = assessment.options;
  verdict.outcome = Outcome::agree;
  verdict.reasons.push_back(
      fmt::format("at width {} {} lies within {} of its prediction, each at one-sided level {:.2g}",
                  assessment.widths.back().width, every_entry(assessment),
                  as_percent(options.equivalence_margin), options.family_error / options.looks));
  const Claim* closest = nearest_to_rejection(assessment.claims);
  verdict.p_value = *closest->p_adjusted;
  verdict.reasons.push_back("the claim nearest to a rejection is " + describe(*closest));
}

/// Networks that depend on each other are no samples of what is predicted, whatever they show.
Verdict judge_dependence(const Claim& dependence, Verdict verdict) {
  verdict.outcome = Outcome::disagree;
  verdict.p_value = *dependence.p_adjusted;
  verdict.reasons.push_back(describe(dependence));
  verdict.reasons.emplace_back(
      "without independent networks no standard error can be trusted, so that the prediction "
      "itself "
      "is neither shown nor refuted");
  return verdict;
}

/// Why claims about sparsity or selectivity cannot agree.
std::vector<std::string> activity_shortfalls(const Assessment& assessment) {
  std::vector<std::string> all;
  for (const auto& shortfall : {assessment.sparsity.shortfall, assessment.selectivity.shortfall})
    if (!shortfall.empty()) all.push_back(shortfall);
  return all;
}

void set_shortfalls(Verdict& verdict, const std::vector<std::string>& shortfalls) {
  verdict.reasons.insert(verdict.reasons.end(), shortfalls.begin(), shortfalls.end());
  verdict.advice = shortfalls.front();
}

}  // namespace

Verdict judge_claims(const Assessment& assessment) {
  const Options& options = assessment.options;
  const Extrapolation& extrapolation = *assessment.extrapolation;
  Verdict verdict{
      Outcome::inconclusive, options.family_error, smallest_unguarded_p(assessment.claims), {}};
  if (const Claim* dependence = assessment.dependence())
    return judge_dependence(*dependence, verdict);
  std::vector<std::string>& reasons = verdict.reasons;
  if (!assessment.heavy_tails.empty())
    reasons.push_back(describe_heavy_tails(assessment.heavy_tails, options));
  if (has_a_lack_of_fit(assessment)) {
    reasons.push_back(
        fmt::format("the means do not follow a series of order {} in 1/n (lack of fit {}), so no "
                    "limit can be trusted: leave out the narrowest width or add wider ones",
                    extrapolation.order, p_text(*extrapolation.lack_of_fit_p)));
    verdict.advice = describe_remedy(assessment);
    return verdict;
  }
  const Objections found = add_objections(reasons, assessment.claims);
  const auto shortfalls = activity_shortfalls(assessment);
  if (found.are_claims_rejected)
    set_disagreement(verdict, assessment, found.smallest_p);
  else if (!all_equivalent(assessment.at_largest_width()))
    reasons.push_back(describe_shortfall(assessment));
  else if (!assessment.heavy_at_largest_width.empty())
    reasons.push_back(describe_untrusted_equivalence(assessment));
  else if (!shortfalls.empty())
    set_shortfalls(verdict, shortfalls);
  else if (!found.are_claims_open)
    set_agreement(verdict, assessment);
  if (verdict.outcome == Outcome::inconclusive && verdict.advice.empty())
    verdict.advice = describe_remedy(assessment);
  if (!extrapolation.lack_of_fit_p)
    reasons.emplace_back("so few widths cannot test the 1/n law itself");
  return verdict;
}

Verdict judge_single_width(const Assessment& assessment) {
  const Options& options = assessment.options;
  const std::vector<LayerComparison> layers = assessment.at_largest_width();
  const std::int64_t width = assessment.widths.back().width;
  const auto beyond = [&options](const MatrixComparison& comparison, const Entry& entry) {
    if (entry.quantity == Quantity::gram && !options.norms_are_predicted) return 1.0;
    return std::min(1.0,
                    options.looks * beyond_margin_p(comparison, entry, options.equivalence_margin));
  };
  std::vector<double> p_values;
  for (const auto& [index, entry] : family(layers.size(), layers.front().gram.predicted.rows()))
    if (layers[index].has_limit(entry))
      p_values.push_back(beyond(layers[index].matrix(entry.quantity), entry));
  Verdict verdict{Outcome::inconclusive, options.family_error, 1.0, {}};
  if (const Claim* dependence = assessment.dependence())
    return judge_dependence(*dependence, verdict);
  for (const double p : holm_adjusted(p_values)) verdict.p_value = std::fmin(verdict.p_value, p);

  const auto shortfalls = activity_shortfalls(assessment);
  if (all_equivalent(layers) && !assessment.heavy_at_largest_width.empty()) {
    verdict.reasons.push_back(describe_untrusted_equivalence(assessment));
  } else if (all_equivalent(layers) && !shortfalls.empty()) {
    set_shortfalls(verdict, shortfalls);
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
                    describe_entry(assessment, layers[worst.index], worst.entry)));
  } else {
    verdict.reasons.push_back(describe_shortfall(assessment));
  }
  if (verdict.outcome == Outcome::inconclusive && verdict.advice.empty())
    verdict.advice = describe_remedy(assessment);
  verdict.reasons.emplace_back(
      "one width cannot tell the 1/n bias from a wrong limit, so only the means at that width are "
      "judged, and these cannot show that the limit is wrong: simulate four widths or more");
  return verdict;
}

Verdict judge_overflow(const model::Measurement& measurement, const model::ClassSeries& series,
                       const Options& options) {
  Verdict verdict{
      Outcome::inconclusive, options.family_error, std::numeric_limits<double>::quiet_NaN(), {}};
  for (const model::LayerMeasurement& measured : measurement) {
    const MatrixName name = options.name(static_cast<std::size_t>(measured.layer) - 1);
    for (const Quantity quantity : {Quantity::gram, Quantity::correlation}) {
      const model::SampleMoments& moments =
          quantity == Quantity::gram ? measured.gram : measured.correlation;
      if (moments.mean.allFinite() && moments.variance.allFinite()) continue;
      verdict.reasons.push_back(
          fmt::format("width {}, {}: the {} is not finite: activations overflowed or "
                      "vanished, so nothing is judged",
                      measured.width, name.name,
                      quantity == Quantity::gram ? name.quantity : name_of(quantity)));
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
