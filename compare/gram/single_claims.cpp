// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/single_claims.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>

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

std::string describe(const JointTest& test) {
  std::string law = fmt::format(
      "regularised T² = {:.4g} of {} numbers, λ = {:.2g}, {:.0f} "
      "degrees of freedom",
      test.statistic, test.rank, test.ridge, test.degrees_of_freedom);
  if (test.ridge == 0.0)
    law = fmt::format("Hotelling's T² = {:.4g} in {} directions, {:.0f} degrees of freedom",
                      test.statistic, test.rank, test.degrees_of_freedom);
  return law + fmt::format(", {}{}", p_text(test.p_value), test.resampled ? " (resampled)" : "");
}

std::string describe(const ClassLimit& of) {
  std::string text = fmt::format("order {} in 1/n: {}", of.order, describe(of.test));
  if (of.guard) text += fmt::format("; order {}: {}", of.order + 1, describe(*of.guard));
  if (of.lack_of_fit) text += fmt::format("; lack of fit {}", p_text(of.lack_of_fit->p_value));
  return text;
}

void set_p(Claim& claim, double p, const std::optional<double>& guard) {
  claim.p_unguarded = p;
  claim.p_value = guard ? std::max(p, *guard) : p;
}

void set_p(Claim& claim, const ClassLimit& of) {
  std::optional<double> guard;
  if (of.guard) guard = of.guard->p_value;
  set_p(claim, of.test.p_value, guard);
}

/// "all layers", or which of them joint tests look at.
std::string joint_layers(const Assessment& assessment) {
  const JointLayers joint(assessment.convergence.size());
  if (joint.count() == joint.depth()) return "all layers";
  return fmt::format("{} layers, spread evenly over all {},", joint.count(), joint.depth());
}

/// NaN where one of them is: nothing is known then of all together.
double smallest_of(const std::vector<double>& p_values) {
  double smallest = 1.0;
  for (const double p : p_values) smallest = std::isnan(p) ? p : std::min(p, smallest);
  return smallest;
}

/// The number farthest from its prediction in standard errors.
Eigen::Index loudest(const ClassLimit& of, const Eigen::VectorXd& predicted) {
  Eigen::Index index = 0;
  ((of.limit - predicted).array() / of.standard_error.array()).abs().maxCoeff(&index);
  return index;
}

double entries_of(const std::vector<LayerComparison>& layers) {
  return static_cast<double>(family(layers.size(), layers.front().gram.predicted.rows()).size());
}

}  // namespace

Claim limit_claim(const Assessment& assessment) {
  const Extrapolation& extrapolation = *assessment.extrapolation;
  const ClassLimit& of = extrapolation.classes;
  Claim claim;
  claim.name = "limit";
  claim.statement = fmt::format("The class means of {} together tend to the prediction.",
                                joint_layers(assessment));
  set_p(claim, of);
  Eigen::VectorXd predicted(of.limit.size());
  for (Eigen::Index k = 0; k < predicted.size(); ++k)
    predicted[k] = extrapolation.columns[static_cast<std::size_t>(k)].predicted;
  const Eigen::Index k = loudest(of, predicted);
  const ClassColumn& column = extrapolation.columns[static_cast<std::size_t>(k)];
  set_estimate(claim, predicted[k], of.limit[k], of.standard_error[k], of.degrees_of_freedom[k],
               static_cast<double>(of.limit.size()), column.scale);
  claim.where = name_of(column);
  claim.exactness = column.label == 0 ? exactness_of_norms(assessment, column.layer)
                                      : exactness(assessment, column.layer, column.example);
  claim.detail = describe(of);
  return claim;
}

Claim entries_claim(const Assessment& assessment) {
  const Extrapolation& extrapolation = *assessment.extrapolation;
  Claim claim;
  claim.name = "entries";
  claim.statement = "Every entry of every layer tends to its prediction.";
  set_p(claim, extrapolation.p_value, extrapolation.guard_p_value);
  claim.is_complete = are_complete(extrapolation.layers);
  const auto& [index, entry] = most_significant(
      extrapolation.layers,
      [](const MatrixComparison& of, const Entry& at) { return of.p(at.row, at.column); });
  const MatrixComparison& of = extrapolation.layers[index].of(entry.quantity);
  const MatrixEstimate& limit = of.estimate;
  set_estimate(claim, of.predicted(entry.row, entry.column), limit.value(entry.row, entry.column),
               limit.standard_error(entry.row, entry.column),
               limit.degrees_of_freedom(entry.row, entry.column), entries_of(extrapolation.layers),
               of.scale(entry.row, entry.column));
  claim.exactness = exactness(assessment, index, entry);
  claim.where = fmt::format("layer {}, {}", extrapolation.layers[index].layer, name_of(entry));
  claim.detail = fmt::format("order {} in 1/n: z = {:.3g}, Holm over the entries {}",
                             extrapolation.order, without_rounding(of.z(entry.row, entry.column)),
                             p_text(of.p_adjusted(entry.row, entry.column)));
  if (extrapolation.guard_p_value)
    claim.detail += fmt::format("; order {}: {}", extrapolation.order + 1,
                                p_text(*extrapolation.guard_p_value));
  return claim;
}

Claim equivalence_claim(const Assessment& assessment) {
  const WidthComparison& widest = assessment.widths.back();
  const auto first =
      std::find_if(assessment.widths.begin(), assessment.widths.end(),
                   [&widest](const WidthComparison& at) { return at.width == widest.width; });
  const auto worst = std::max_element(
      first, assessment.widths.end(), [](const WidthComparison& one, const WidthComparison& other) {
        return nearer_to_holding(one.comparison.equivalence, other.comparison.equivalence);
      });
  const bool holds = std::all_of(first, assessment.widths.end(), [](const WidthComparison& at) {
    return at.comparison.equivalence.holds;
  });
  const Equivalence& equivalence = worst->comparison.equivalence;
  const auto layers = static_cast<std::size_t>(assessment.widths.end() - first);
  const auto entries = family(layers, worst->comparison.gram.predicted.rows()).size();
  const auto& [quantity, a, b] = equivalence.worst;
  const MatrixComparison& of = worst->comparison.of(quantity);
  Claim claim;
  claim.name = "equivalence";
  claim.statement = fmt::format("At width {} every entry lies within {} of its prediction.",
                                widest.width, as_percent(equivalence.margin));
  claim.outcome = holds ? Outcome::agree : Outcome::inconclusive;
  if (holds && !assessment.heavy_at_largest_width.empty()) {
    claim.outcome = Outcome::inconclusive;
    claim.obstacle =
        "heavy tails at this width: " + describe(worst_of(assessment.heavy_at_largest_width));
  }
  set_estimate(claim, of.predicted(a, b), of.estimate.value(a, b), of.estimate.standard_error(a, b),
               of.estimate.degrees_of_freedom(a, b), static_cast<double>(entries), of.scale(a, b));
  claim.exactness = exactness(assessment, static_cast<std::size_t>(worst->comparison.layer) - 1,
                              equivalence.worst);
  claim.where = fmt::format("layer {}, {}", worst->comparison.layer, name_of(equivalence.worst));
  claim.detail = fmt::format("two one-sided tests of each entry at level {:.2g}",
                             assessment.options.family_error / assessment.options.looks);
  return claim;
}

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
  claim.statement = statement;
  set_p(claim, smallest_of(unguarded), smallest_of(guarded));
  claim.prediction = predicted;
  claim.measurement = exponent.value;
  // From one layer's interval to one for all of them, by the normal law's quantiles.
  const double wider = normal_upper_quantile(one_side / static_cast<double>(p_values.size())) /
                       normal_upper_quantile(one_side);
  claim.low = exponent.value - wider * (exponent.value - exponent.low);
  claim.high = exponent.value + wider * (exponent.high - exponent.value);
  claim.where = fmt::format("layer {}", loudest_layer->layer);
  claim.detail =
      fmt::format("Holm over {} layer{}", p_values.size(), p_values.size() == 1 ? "" : "s");
  return claim;
}

Claim fluctuation_claim(const Assessment& assessment) {
  const FluctuationComparison& fluctuation = *assessment.fluctuation;
  const ClassLimit& of = fluctuation.log_limit;
  Claim claim;
  claim.name = "fluctuation";
  const JointLayers joint(assessment.convergence.size());
  claim.statement =
      fmt::format("n times the variance of every class{} tends to its prediction.",
                  joint.count() == joint.depth() ? "" : " of " + joint_layers(assessment));
  set_p(claim, of);
  Eigen::VectorXd predicted(of.limit.size());
  for (Eigen::Index k = 0; k < predicted.size(); ++k)
    predicted[k] = std::log(fluctuation.columns[static_cast<std::size_t>(k)].predicted);
  const Eigen::Index k = loudest(of, predicted);
  set_estimate(claim, predicted[k], of.limit[k], of.standard_error[k], of.degrees_of_freedom[k],
               static_cast<double>(of.limit.size()), 1.0);
  for (std::optional<double>* number :
       {&claim.prediction, &claim.measurement, &claim.low, &claim.high})
    *number = std::exp(**number);
  claim.where = name_of(fluctuation.columns[static_cast<std::size_t>(k)]);
  claim.detail = "logarithms, " + describe(of);
  return claim;
}

}  // namespace wideproof::compare
