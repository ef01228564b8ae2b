// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/single_claims.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/compare/gram/joint_limits.hpp>
#include <wideproof/compare/matrices/equivalence.hpp>
#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/widths/bias_exponent.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>
#include <wideproof/compare/widths/limit_words.hpp>

namespace wideproof::compare {
namespace {

constexpr double one_side = 0.025;

/// With an interval that holds for all `members` of the claim at once (Bonferroni). `scale`: of the
/// terms that the numbers are sums of.
void set_estimate(Claim& claim, double prediction, double value, double error, double freedom,
                  double members, double scale) {
  const double half = student_upper_quantile(one_side / members, freedom) * error;
  value = without_rounding(value, scale);
  claim.prediction = without_rounding(prediction, scale);
  claim.measurement = value;
  claim.low = value - half;
  claim.high = value + half;
}

void set_p(Claim& claim, double p, const std::optional<double>& guard) {
  claim.p_unguarded = p;
  claim.p_value = guard ? std::max(p, *guard) : p;
}

void set_p(Claim& claim, const ClassLimit& limit) {
  std::optional<double> guard;
  if (limit.guard) guard = limit.guard->p_value;
  set_p(claim, limit.test.p_value, guard);
}

/// "all layers", or which of them joint tests look at.
std::string joint_layers(const Assessment& assessment) {
  const JointLayers joint(assessment.depth());
  if (joint.count() == joint.depth()) return "all layers";
  return fmt::format("{} layers, spread evenly over all {}", joint.count(), joint.depth());
}

/// What of the networks is compared.
const char* compared_matrices(const Assessment& assessment) {
  return assessment.options.norms_are_predicted ? assessment.options.compared.c_str()
                                                : "correlations";
}

/// "layer 2, gram(1,3)"
std::string where(const Assessment& assessment, const LayerComparison& layer, const Entry& entry) {
  const MatrixName name = assessment.options.name(static_cast<std::size_t>(layer.layer) - 1);
  return fmt::format("{}, {}", name.name, name.entry(entry));
}

/// NaN where one of them is: nothing is known then of all together.
double smallest_of(const std::vector<double>& p_values) {
  double smallest = 1.0;
  for (const double p : p_values) smallest = std::isnan(p) ? p : std::min(p, smallest);
  return smallest;
}

/// The number of a joint test that speaks loudest.
void set_loudest(Claim& claim, const JointLimits& joint, Eigen::Index k, double scale) {
  const ClassLimit& fit = joint.fit;
  set_estimate(claim, joint.predicted()[k], fit.limit[k], fit.standard_error[k],
               fit.degrees_of_freedom[k], static_cast<double>(fit.limit.size()), scale);
  for (std::optional<double>* number :
       {&claim.prediction, &claim.measurement, &claim.low, &claim.high})
    *number = joint.on_own_scale(**number);
  claim.where = joint.name(k);
}

double entries_of(const std::vector<LayerComparison>& layers) {
  return static_cast<double>(family(layers.size(), layers.front().gram.predicted.rows()).size());
}

/// Whether the farthest entry is plainly beyond the margin, Bonferroni over the entries.
bool is_plainly_beyond(const Assessment& assessment, const std::vector<LayerComparison>& layers) {
  const LayerComparison& worst = farthest_from_holding(layers);
  const Equivalence& equivalence = worst.equivalence;
  const double p = beyond_margin_p(worst.matrix(equivalence.worst.quantity), equivalence.worst,
                                   equivalence.margin);
  return assessment.options.looks * entries_of(layers) * p < assessment.options.family_error;
}

/// Of the layers that have this exponent, Holm over them; nullopt if none has.
std::optional<Claim> exponent_claim(const Assessment& assessment, const char* name,
                                    const char* statement, double predicted,
                                    std::optional<Exponent> LayerConvergence::*member) {
  std::vector<double> p_values, unguarded;
  const LayerConvergence* loudest_layer = nullptr;
  for (const LayerConvergence& layer : assessment.convergence) {
    const std::optional<Exponent>& exponent = layer.*member;
    if (!exponent) continue;
    p_values.push_back(exponent->p_value);
    unguarded.push_back(exponent->p_unguarded);
    if (loudest_layer == nullptr || exponent->p_unguarded < (loudest_layer->*member)->p_unguarded)
      loudest_layer = &layer;
  }
  if (loudest_layer == nullptr) return std::nullopt;
  const std::vector<double> guarded = holm_adjusted(p_values);
  unguarded = holm_adjusted(unguarded);
  const Exponent& exponent = *(loudest_layer->*member);
  Claim claim;
  claim.name = name;
  claim.number = ClaimNumber::exponent;
  claim.statement = statement;
  set_p(claim, smallest_of(unguarded), smallest_of(guarded));
  claim.prediction = predicted;
  claim.measurement = exponent.value;
  // From one layer's interval to one for all of them, by the normal law's quantiles.
  const double wider = normal_upper_quantile(one_side / static_cast<double>(p_values.size())) /
                       normal_upper_quantile(one_side);
  claim.low = exponent.value - wider * (exponent.value - exponent.low);
  claim.high = exponent.value + wider * (exponent.high - exponent.value);
  claim.where = assessment.options.name(static_cast<std::size_t>(loudest_layer->layer) - 1).name;
  claim.detail =
      fmt::format("Holm over {} layer{}", p_values.size(), p_values.size() == 1 ? "" : "s");
  return claim;
}

}  // namespace

Claim limit_claim(const Assessment& assessment) {
  const JointLimits joint = joint_means(*assessment.extrapolation);
  Claim claim;
  claim.name = "limit";
  claim.statement = fmt::format(
      "The {} of {}, averaged over pairs of inputs with the same cosine, tend to the prediction, "
      "tested jointly.",
      compared_matrices(assessment), joint_layers(assessment));
  set_p(claim, joint.fit);
  const Eigen::Index k = joint.loudest();
  const ClassColumn& column = joint.columns[static_cast<std::size_t>(k)];
  set_loudest(claim, joint, k, column.scale);
  claim.exactness = column.label == 0 ? exactness_of_norms(assessment, column.layer)
                                      : exactness(assessment, column.layer, column.example);
  claim.detail = describe(joint.fit, {});
  return claim;
}

Claim entries_claim(const Assessment& assessment) {
  const Extrapolation& extrapolation = *assessment.extrapolation;
  Claim claim;
  claim.name = "entries";
  std::string every = every_entry(assessment);
  every.front() = 'E';
  claim.statement = every + " of every layer tends to its prediction.";
  set_p(claim, extrapolation.p_value, extrapolation.guard_p_value);
  claim.is_complete = are_complete(extrapolation.layers);
  const auto& [index, entry] = most_significant(
      extrapolation.layers,
      [](const MatrixComparison& matrix, const Entry& at) { return matrix.p(at.row, at.column); });
  const MatrixComparison& matrix = extrapolation.layers[index].matrix(entry.quantity);
  const MatrixEstimate& limit = matrix.estimate;
  set_estimate(claim, matrix.predicted(entry.row, entry.column),
               limit.value(entry.row, entry.column), limit.standard_error(entry.row, entry.column),
               limit.degrees_of_freedom(entry.row, entry.column), entries_of(extrapolation.layers),
               matrix.scale(entry.row, entry.column));
  claim.exactness = exactness(assessment, index, entry);
  claim.where = where(assessment, extrapolation.layers[index], entry);
  claim.detail =
      fmt::format("order {} in 1/n: z = {:.3g}, Holm over the entries {}", extrapolation.order,
                  without_rounding(matrix.z(entry.row, entry.column)),
                  p_text(matrix.p_adjusted(entry.row, entry.column)));
  if (extrapolation.guard_p_value)
    claim.detail += fmt::format("; order {}: {}", extrapolation.order + 1,
                                p_text(*extrapolation.guard_p_value));
  return claim;
}

Claim equivalence_claim(const Assessment& assessment) {
  const std::vector<LayerComparison> layers = assessment.at_largest_width();
  const LayerComparison& worst = farthest_from_holding(layers);
  const bool holds = all_equivalent(layers);
  const Equivalence& equivalence = worst.equivalence;
  const auto& [quantity, a, b] = equivalence.worst;
  const MatrixComparison& matrix = worst.matrix(quantity);
  Claim claim;
  claim.name = "equivalence";
  claim.statement = fmt::format("At width {} {} lies within {} of its prediction.",
                                assessment.widths.back().width, every_entry(assessment),
                                as_percent(equivalence.margin));
  claim.outcome = holds ? Outcome::agree : Outcome::inconclusive;
  if (!holds && is_plainly_beyond(assessment, layers)) {
    claim.outcome = Outcome::disagree;
    claim.statement += " This does not hold, which does not count against the limit.";
  }
  if (holds && !assessment.heavy_at_largest_width.empty()) {
    claim.outcome = Outcome::inconclusive;
    claim.obstacle =
        "heavy tails at this width: " + describe(worst_of(assessment.heavy_at_largest_width));
  }
  set_estimate(claim, matrix.predicted(a, b), matrix.estimate.value(a, b),
               matrix.estimate.standard_error(a, b), matrix.estimate.degrees_of_freedom(a, b),
               entries_of(layers), matrix.scale(a, b));
  claim.exactness =
      exactness(assessment, static_cast<std::size_t>(worst.layer) - 1, equivalence.worst);
  claim.where = where(assessment, worst, equivalence.worst);
  claim.detail = fmt::format("two one-sided tests of each entry at level {:.2g}",
                             assessment.options.family_error / assessment.options.looks);
  return claim;
}

std::optional<Claim> fluctuation_exponent_claim(const Assessment& assessment) {
  return exponent_claim(assessment, "fluctuation-exponent",
                        "The spread of single networks around their mean falls as 1/√n.",
                        predicted_fluctuation_exponent, &LayerConvergence::fluctuation);
}

std::optional<Claim> bias_exponent_claim(const Assessment& assessment) {
  return exponent_claim(assessment, "bias-exponent",
                        "The mean over networks approaches its limit as 1/n.",
                        BiasSeries().predicted_exponent(), &LayerConvergence::bias);
}

Claim fluctuation_claim(const Assessment& assessment) {
  const JointLimits joint = joint_variances(*assessment.fluctuation);
  Claim claim;
  claim.name = "fluctuation";
  claim.number = ClaimNumber::variance_times_width;
  claim.statement = fmt::format(
      "n times the variance of one network's {}, of {}, tends to the prediction, tested jointly.",
      !assessment.options.norms_are_predicted ? "correlations"
      : assessment.options.names.empty()      ? "Gram entries and correlations"
                                              : "entries and correlations",
      joint_layers(assessment));
  set_p(claim, joint.fit);
  set_loudest(claim, joint, joint.loudest(), 1.0);
  claim.detail = "logarithms, " + describe(joint.fit, {});
  return claim;
}

}  // namespace wideproof::compare
