// SPDX-License-Identifier: MIT
#include <wideproof/compare/alike/alike.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/alike/alike_claims.hpp>
#include <wideproof/compare/alike/common_widths.hpp>
#include <wideproof/compare/independence/independence.hpp>
#include <wideproof/compare/matrices/measured_series.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>
#include <wideproof/compare/widths/objections.hpp>

namespace wideproof::compare {
namespace {

/// M + (A − B), with the error of the difference.
MatrixEstimate difference_about(const Eigen::MatrixXd& middle, const MatrixEstimate& a,
                                const MatrixEstimate& b) {
  const Eigen::ArrayXXd va = a.standard_error.array().square();
  const Eigen::ArrayXXd vb = b.standard_error.array().square();
  const Eigen::ArrayXXd freedom = (va + vb).square() / (va.square() / a.degrees_of_freedom.array() +
                                                        vb.square() / b.degrees_of_freedom.array());
  // Where neither varies the error is 0 whatever the degrees of freedom.
  return {middle + a.value - b.value, (va + vb).sqrt(),
          (va + vb > 0.0).select(freedom, a.degrees_of_freedom.array())};
}

PredictedLayer middle_of(const model::LayerMeasurement& a, const model::LayerMeasurement& b) {
  PredictedLayer middle;
  middle.gram = (a.gram.mean + b.gram.mean) / 2.0;
  middle.correlation = (a.correlation.mean + b.correlation.mean) / 2.0;
  return middle;
}

AlikeLayer compare_layers(const model::LayerMeasurement& a, const model::LayerMeasurement& b,
                          const Options& options) {
  const PredictedLayer middle = middle_of(a, b);
  const auto of = [&](Quantity quantity, const Eigen::MatrixXd& matrix) {
    return difference_about(matrix, mean_estimate(a, quantity), mean_estimate(b, quantity));
  };
  const double neurons =
      static_cast<double>(a.width) * static_cast<double>(std::min(a.replicates, b.replicates));
  return {a.width,
          compare_layer(a.layer, of(Quantity::gram, middle.gram),
                        of(Quantity::correlation, middle.correlation), middle, options,
                        rare_below(options, neurons)),
          a.replicates, b.replicates};
}

/// Holm over the layers of all widths.
void adjust_over_widths(std::vector<AlikeLayer>& at) {
  std::vector<LayerComparison> layers;
  for (AlikeLayer& layer : at) layers.push_back(std::move(layer.comparison));
  adjust_as_family(layers);
  for (std::size_t i = 0; i < at.size(); ++i) at[i].comparison = std::move(layers[i]);
}

bool are_same(const model::SampleMoments& a, const model::SampleMoments& b) {
  return a.mean == b.mean && a.variance == b.variance;
}

double largest_difference(const std::vector<AlikeLayer>& at) {
  double largest = 0.0;
  for (const AlikeLayer& layer : at) {
    for (const MatrixComparison* matrix : {&layer.comparison.gram, &layer.comparison.correlation}) {
      const Eigen::ArrayXXd relative =
          (matrix->estimate.value - matrix->predicted).array().abs() / matrix->scale.array();
      for (Eigen::Index k = 0; k < relative.size(); ++k)
        if (relative(k) > largest) largest = relative(k);
    }
  }
  return largest;
}

/// The degrees of freedom of a sum of two estimated covariances; see JointTest.
double degrees_of_freedom(const VectorEstimate& a, const VectorEstimate& b) {
  const auto size = [](const Eigen::MatrixXd& matrix) {
    return matrix.squaredNorm() + matrix.trace() * matrix.trace();
  };
  return size(a.covariance + b.covariance) /
         (size(a.covariance) / a.degrees_of_freedom + size(b.covariance) / b.degrees_of_freedom);
}

WidthVectors differences_of(const WidthVectors& first, const WidthVectors& second) {
  WidthVectors difference = first;
  difference.weights =
      (first.weights.array() * second.weights.array()) / (first.weights + second.weights).array();
  for (std::size_t w = 0; w < first.at.size(); ++w) {
    const VectorEstimate& a = first.at[w];
    const VectorEstimate& b = second.at[w];
    difference.at[w] = {a.value - b.value, a.covariance + b.covariance, degrees_of_freedom(a, b)};
  }
  return difference;
}

/// The claims of either set's independence.
void add_independence(std::vector<OpenClaim>& claims, const CommonWidths& sets,
                      const Options& options) {
  const auto add = [&](const model::ClassSeries& series, const char* which) {
    auto claim = independence_claim(series, options.rounding);
    if (!claim) return;
    claim->claim.where = fmt::format("of the {}, {}", which, claim->claim.where);
    claims.push_back(std::move(*claim));
  };
  add(sets.first_series, "first");
  add(sets.second_series, "second");
}

Verdict verdict_of(const Alike& alike) {
  const Options& options = alike.options;
  Verdict verdict{
      Outcome::inconclusive, options.family_error, smallest_unguarded_p(alike.claims), {}};
  const Objections found = add_objections(verdict.reasons, alike.claims);
  const Claim& equivalence = alike.claims.back();
  if (found.are_claims_rejected) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = found.smallest_p;
  } else if (equivalence.outcome != Outcome::agree) {
    verdict.reasons.push_back(
        fmt::format("at width {} not every entry of one is shown to lie within {} of the other's: "
                    "add networks, "
                    "or take a wider margin",
                    alike.widths.back(), as_percent(options.equivalence_margin)));
    verdict.advice = verdict.reasons.back();
  } else if (!found.are_claims_open) {
    verdict.outcome = Outcome::agree;
    const Claim* nearest = nearest_to_rejection(alike.claims);
    verdict.p_value = *nearest->p_adjusted;
    verdict.reasons.push_back("the claim nearest to a rejection is " + describe(*nearest));
  }
  return verdict;
}

}  // namespace

Alike compare_sets(const NetworkSet& first, const NetworkSet& second, const Options& asked) {
  check(asked);
  const CommonWidths sets =
      common_widths(first.measurement, first.series, second.measurement, second.series);
  Alike alike;
  alike.options = asked;
  alike.options.rounding = 2.0 * asked.rounding;  // of a difference
  alike.widths = sets.widths;
  alike.layers = sets.first.back().layer;
  alike.are_same_bits = true;
  std::vector<PredictedLayer> middles;
  for (std::size_t i = 0; i < sets.first.size(); ++i) {
    alike.at.push_back(compare_layers(sets.first[i], sets.second[i], alike.options));
    alike.are_same_bits = alike.are_same_bits && are_same(sets.first[i].gram, sets.second[i].gram);
    if (sets.first[i].width == sets.widths.back())
      middles.push_back(middle_of(sets.first[i], sets.second[i]));
  }
  adjust_over_widths(alike.at);
  alike.largest_difference = largest_difference(alike.at);
  const JointLayers joint(middles.size());
  const auto columns = joint.select(gram_columns(sets.first_series, middles, alike.options));
  if (sets.widths.size() > 1 && !columns.empty()) {
    const WidthVectors differences =
        differences_of(class_means(sets.first_series, columns, alike.options),
                       class_means(sets.second_series, columns, alike.options));
    alike.limits = fit_class_limit(differences,
                                   Eigen::VectorXd::Zero(static_cast<Eigen::Index>(columns.size())),
                                   std::nullopt, alike.options.lack_of_fit_error);
  }
  std::vector<OpenClaim> claims = {means_claim(alike)};
  for (auto& claim : {class_means_claim(alike, sets, columns), limits_claim(alike, columns),
                      variances_claim(sets, columns)})
    if (claim) claims.push_back(*claim);
  if (asked.asks_independence) add_independence(claims, sets, asked);
  claims.push_back(alike_equivalence_claim(alike));
  judge_together(claims, alike.options.family_error, alike.options.looks);
  for (OpenClaim& open : claims) alike.claims.push_back(std::move(open.claim));
  alike.verdict = verdict_of(alike);
  return alike;
}

}  // namespace wideproof::compare
