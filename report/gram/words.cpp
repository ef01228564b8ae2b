// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/words.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/network_in_words.hpp>
#include <wideproof/report/page/plural.hpp>

namespace wideproof::report {
namespace {

/// At the start of a sentence.
const char* name_of(Formula formula) {
  return formula == Formula::ours ? "The formula" : "Your formula";
}

/// Sampled over all widths.
std::int64_t networks_of(const compare::Assessment& assessment) {
  std::int64_t networks = 0;
  for (const compare::WidthComparison& at : assessment.widths)
    if (at.comparison.layer == 1) networks += at.replicates;
  return networks;
}

/// "3,000 sampled networks"
std::string sampled_networks(const compare::Assessment& assessment) {
  const std::int64_t networks = networks_of(assessment);
  return fmt::format("{} sampled network{}", compare::with_commas(networks), plural(networks));
}

const char* what_is_given(compare::ClaimNumber number) {
  if (number == compare::ClaimNumber::exponent) return "the exponent ";
  return number == compare::ClaimNumber::variance_times_width ? "an n·Var of " : "";
}

/// "in layer 2, the norms, they give 1.05 (95%: 1.04 to 1.06), 5% more than the predicted 1"
std::string difference(const compare::Claim& claim) {
  const std::string measured = fmt::format(
      "in {}, they give {}{:.4g} ({})", claim.where, what_is_given(claim.number),
      *claim.measurement,
      claim.exactness.empty() ? fmt::format("95%: {:.4g} to {:.4g}", *claim.low, *claim.high)
                              : claim.exactness);
  const double relative = (*claim.measurement - *claim.prediction) / std::abs(*claim.prediction);
  if (claim.number == compare::ClaimNumber::exponent || !(std::abs(relative) < 1.0))
    return measured + fmt::format(" where {:.4g} is predicted", *claim.prediction);
  return measured + fmt::format(", {:.2g}% {} than the predicted {:.4g}", 100 * std::abs(relative),
                                relative > 0 ? "more" : "less", *claim.prediction);
}

/// "every entry of the Gram matrices"
std::string every_entry_of(const compare::Assessment& assessment) {
  const std::string of = " of the " + assessment.options.compared;
  std::string every = every_entry(assessment);
  const std::string_view plain = "every entry";
  return every.insert(plain.size(), of);
}

std::string agreement(const compare::Assessment& assessment, Formula formula) {
  const bool tested =
      std::any_of(assessment.claims.begin(), assessment.claims.end(),
                  [](const compare::Claim& claim) { return claim.p_value.has_value(); });
  const std::string within = fmt::format(
      "at {} neurons in a layer {} lies within {:.3g}% of the prediction",
      compare::with_commas(assessment.widths.back().width),
      assessment.options.norms_are_predicted ? every_entry_of(assessment) : "every correlation",
      100 * assessment.options.equivalence_margin);
  const std::string claims =
      tested ? fmt::format(", and none of the {} claims is rejected", assessment.claims.size())
             : "";
  return fmt::format("{} and {} agree: {}{}.", name_of(formula), sampled_networks(assessment),
                     within, claims);
}

std::string disagreement(const compare::Assessment& assessment, Formula formula) {
  const compare::Claim* worst = nullptr;
  for (const compare::Claim& claim : assessment.claims)
    if (claim.outcome == compare::Outcome::disagree && claim.p_adjusted &&
        (worst == nullptr || claim.p_adjusted < worst->p_adjusted))
      worst = &claim;
  const std::string start =
      fmt::format("{} and {} disagree", name_of(formula), sampled_networks(assessment));
  if (worst == nullptr) return start + ".";
  if (worst->number == compare::ClaimNumber::dependence)
    return fmt::format(
        "The {} are not independent of each other: {}. Until they are, nothing can "
        "be said of the prediction.",
        sampled_networks(assessment), worst->where);
  std::string statement = worst->statement;
  if (statement.ends_with('.')) statement.pop_back();
  return fmt::format("{}: {}. This claim is rejected: “{}”.", start, difference(*worst), statement);
}

std::string indecision(const compare::Assessment& assessment, Formula formula) {
  std::string text =
      fmt::format("{} do not settle whether {} holds: ", sampled_networks(assessment),
                  formula == Formula::ours ? "the formula" : "your formula");
  const auto& claims = assessment.claims;
  const auto convicted_in_vain =
      std::find_if(claims.begin(), claims.end(), [](const compare::Claim& claim) {
        return claim.p_value && claim.outcome == compare::Outcome::inconclusive;
      });
  if (convicted_in_vain != claims.end())
    return text + fmt::format("“{}” seems to fail, but {}.",
                              convicted_in_vain->statement.substr(
                                  0, convicted_in_vain->statement.find_last_of('.')),
                              convicted_in_vain->obstacle);
  if (claims.empty() && !assessment.options.norms_are_predicted)
    return text + "nothing could be tested. Why stands below.";
  if (claims.empty())
    return text + "activations overflowed or vanished in some of them. Change the weight variance.";
  return text + fmt::format(
                    "at {} neurons in a layer not every entry is shown to lie within "
                    "{:.3g}% of the prediction. What would decide it stands below.",
                    compare::with_commas(assessment.widths.back().width),
                    100 * assessment.options.equivalence_margin);
}

/// "256, 1,024 and 4,096"
std::string listed(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text += i + 1 == numbers.size() ? " and " : ", ";
    text += compare::with_commas(numbers[i]);
  }
  return text;
}

std::string of_sample(const model::Experiment& experiment, const model::Measurement& measurement) {
  const auto [least, most] =
      std::minmax_element(measurement.begin(), measurement.end(),
                          [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  const std::string networks =
      least->replicates == most->replicates
          ? compare::with_commas(most->replicates)
          : fmt::format("{} to {}", compare::with_commas(least->replicates),
                        compare::with_commas(most->replicates));
  const auto& widths = experiment.simulation().widths;
  return fmt::format("Sampled were {} networks {} n = {}, each on its own, in {}, seed {}.",
                     networks, widths.size() == 1 ? "of width" : "at each of the widths",
                     listed(widths), name_of(experiment.simulation().dtype),
                     experiment.study().seed);
}

/// Of each network.
std::string what_was_taken(const model::Experiment& experiment, const model::Prediction& theory) {
  if (experiment.compare().prediction_kind == model::PredictionKind::correlation)
    return "For each network the correlations of each layer were taken: for every two inputs the "
           "cosine of their activations z and z′, Σ z z′ / √(Σ z² Σ z′²) over its neurons.";
  const std::string scale =
      theory.gram_scale == 1.0
          ? ""
          : fmt::format(
                ", divided by the {:.5g} that one neuron contributes to it at unit variance, so "
                "that its diagonal is the variance of the pre-activations",
                theory.gram_scale);
  return "For each network the Gram matrix of each layer was taken, (1/n) Σ z z′ over its neurons "
         "for every two inputs" +
         scale + ".";
}

}  // namespace

std::string verdict_sentence(const compare::Assessment& assessment, Formula formula) {
  switch (assessment.verdict.outcome) {
    case compare::Outcome::agree:
      return agreement(assessment, formula);
    case compare::Outcome::disagree:
      return disagreement(assessment, formula);
    case compare::Outcome::inconclusive:
      return indecision(assessment, formula);
  }
  return {};
}

std::string norms_without_limit(const std::vector<compare::LayerComparison>& layers) {
  const bool all =
      std::all_of(layers.begin(), layers.end(), [](const auto& layer) { return layer.has_norm(); });
  return all ? "" : " Where none is given it has no limit, and pairs of inputs are judged.";
}

std::string norm_in_words(const model::Prediction& theory) {
  return std::string("the mean of the Gram matrix's diagonal") +
         (theory.gram_scale == 1.0 ? "" : ", here the variance of the pre-activations");
}

std::vector<std::string> experiment_in_words(const model::Experiment& experiment,
                                             const model::Prediction& theory,
                                             const model::Measurement& measurement,
                                             const std::string& input_source, std::int64_t inputs,
                                             std::int64_t input_dimension) {
  return {network_in_words(experiment), weights_in_words(experiment, theory),
          fmt::format("{} input{} of dimension {} ({}), {}.", compare::with_commas(inputs),
                      plural(inputs), compare::with_commas(input_dimension), input_source,
                      experiment.inputs().normalize ? "scaled to unit norm" : "as they are"),
          of_sample(experiment, measurement), what_was_taken(experiment, theory)};
}

}  // namespace wideproof::report
