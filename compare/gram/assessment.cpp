// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/assessment.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include <wideproof/compare/gram/claims.hpp>
#include <wideproof/compare/gram/judgement.hpp>
#include <wideproof/compare/independence/independence.hpp>
#include <wideproof/compare/matrices/measured_series.hpp>
#include <wideproof/compare/statistics/bootstrap.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

std::vector<LayerComparison> compare_width(const std::vector<PredictedLayer>& predicted,
                                           const std::vector<LayerSeries>& series,
                                           const JudgedPairs& judged, std::size_t width_index,
                                           const Options& options) {
  std::vector<LayerComparison> layers;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const model::LayerMeasurement& measured = series[i].at[width_index];
    layers.push_back(
        compare_layer(measured.layer, mean_estimate(measured, Quantity::gram),
                      mean_estimate(measured, Quantity::correlation), predicted[i], options,
                      rare_below(options, static_cast<double>(measured.width) *
                                              static_cast<double>(measured.replicates))));
    leave_out(layers.back(), judged, i);
  }
  adjust_as_family(layers);
  return layers;
}

Eigen::MatrixXd relative_variance(const PredictedLayer& predicted) {
  if (predicted.gram_variance.size() == 0) return {};
  return predicted.gram_variance.cwiseQuotient(norm_scale(predicted.gram).cwiseAbs2());
}

std::vector<WidthComparison> compare_widths(const std::vector<PredictedLayer>& predicted,
                                            const std::vector<LayerSeries>& series,
                                            const JudgedPairs& judged, const Options& options) {
  std::vector<WidthComparison> compared;
  for (std::size_t width = 0; width < series.front().widths(); ++width) {
    const std::vector<LayerComparison> layers =
        compare_width(predicted, series, judged, width, options);
    for (std::size_t layer = 0; layer < series.size(); ++layer) {
      const model::LayerMeasurement& measured = series[layer].at[width];
      compared.push_back({measured.width, measured.replicates, layers[layer],
                          relative_variance_times_width(measured),
                          relative_variance(predicted[layer])});
    }
  }
  return compared;
}

void check_shapes(const std::vector<PredictedLayer>& predicted) {
  for (const PredictedLayer& layer : predicted)
    if (layer.gram.rows() != predicted.front().gram.rows())
      throw model::InputError("compare.prediction: every layer needs a matrix of the same shape");
}

/// By layer: in the limit, or at the largest width where no limits are known.
std::vector<NormEstimate> best_norms(const model::ClassSeries& series,
                                     const std::vector<PredictedLayer>& predicted,
                                     const std::optional<Extrapolation>& extrapolation,
                                     const Options& options) {
  std::vector<NormEstimate> norms;
  for (std::size_t layer = 0; layer < predicted.size(); ++layer) {
    const double scale = predicted[layer].gram.diagonal().mean();
    norms.push_back(extrapolation
                        ? norm_limit(series, layer, extrapolation->order, options.rounding * scale)
                        : norm_at(series, series.widths.size() - 1, layer));
  }
  return norms;
}

/// By the chosen order of the limits, or where none is heavy by the guard's.
std::vector<HeavyTail> heavy_limits(const ClassLimit& limit, const model::ClassSeries& series,
                                    const std::vector<ClassColumn>& columns,
                                    const Options& options) {
  std::vector<HeavyTail> tails = heavy_tails(series, columns, limit.influence, options);
  if (limit.guard && tails.empty())
    tails = heavy_tails(series, columns, limit.guard_influence, options);
  return tails;
}

/// Replaces the p-values of the joint tests of the limit by resampled ones.
void resample(Extrapolation& extrapolation, const model::ClassSeries& series,
              const Options& options) {
  const auto resampled = [&](JointTest& test, const Eigen::VectorXd& influence) {
    if (!std::isfinite(test.statistic)) return;
    std::vector<ResampledWidth> widths;
    for (const model::WidthSeries& at : series.widths) {
      ResampledWidth width{rows_of(at, extrapolation.columns), {}, 0.0};
      width.influence = influence[static_cast<Eigen::Index>(widths.size())];
      width.extra_variance.resize(width.rows.cols());
      for (std::size_t k = 0; k < extrapolation.columns.size(); ++k)
        width.extra_variance[static_cast<Eigen::Index>(k)] =
            std::pow(options.rounding * extrapolation.columns[k].scale, 2);
      widths.push_back(std::move(width));
    }
    test.p_value = bootstrap_p(widths, test);
    test.resampled = true;
  };
  ClassLimit& classes = extrapolation.classes;
  resampled(classes.test, classes.influence);
  if (classes.guard) resampled(*classes.guard, classes.guard_influence);
}

/// The width and layer whose norm varies most from network to network, if that is too much. A norm
/// that is 0 in every network counts as varying without bound.
std::optional<NarrowWidth> too_narrow_width(const std::vector<WidthComparison>& widths) {
  NarrowWidth worst;
  for (const WidthComparison& at : widths) {
    if (!at.comparison.has_norm()) continue;
    const Eigen::MatrixXd& norms = at.comparison.gram.estimate.value;
    for (Eigen::Index a = 0; a < norms.rows(); ++a) {
      const double relative_variance =
          norms(a, a) > 0.0 ? at.relative_variance_times_width(a, a) / static_cast<double>(at.width)
                            : std::numeric_limits<double>::infinity();
      if (relative_variance > worst.relative_variance)
        worst = {at.width, at.comparison.layer, relative_variance};
    }
  }
  return worst.relative_variance > 1.0 ? std::optional(worst) : std::nullopt;
}

/// The largest share of silent networks, where it is more than a tenth of the relative standard
/// error of some norm.
std::optional<SilentNetworks> silent_networks(const model::Measurement& measurement) {
  constexpr double small_beside = 0.1;
  std::optional<SilentNetworks> worst;
  double largest = 0.0;
  for (const model::LayerMeasurement& at : measurement) {
    const double share =
        static_cast<double>(at.silent_networks) / static_cast<double>(at.replicates);
    const Eigen::ArrayXd relative_error =
        at.gram.standard_error(at.replicates).diagonal().array() / at.gram.mean.diagonal().array();
    if (share > largest && !(share <= small_beside * relative_error.minCoeff())) {
      worst = {at.width, at.layer, at.silent_networks, at.replicates};
      largest = share;
    }
  }
  return worst;
}

/// Of the columns that are heavy at the largest width alone, those whose mean may lie beyond the
/// margin for all that Chebyshev's inequality says: ten standard errors are exceeded in 1%.
std::vector<HeavyTail> heavy_at_largest_width(const model::ClassSeries& series,
                                              const std::vector<ClassColumn>& all,
                                              const Options& options) {
  constexpr double standard_errors = 10.0;
  std::vector<ClassColumn> candidates;
  for (const std::vector<ClassColumn>& columns : in_runs_of_layers(all)) {
    const WidthVectors means = class_means(series, columns, options);
    const VectorEstimate& widest = means.at.back();
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const auto index = static_cast<Eigen::Index>(k);
      const double distance = std::abs(widest.value[index] - columns[k].predicted) +
                              standard_errors * std::sqrt(widest.covariance(index, index));
      if (distance > options.equivalence_margin * columns[k].scale)
        candidates.push_back(columns[k]);
    }
  }
  const auto widths = static_cast<Eigen::Index>(series.widths.size());
  return heavy_tails(series, candidates, Eigen::VectorXd::Unit(widths, widths - 1), options);
}

}  // namespace

std::vector<LayerComparison> Assessment::at_largest_width() const {
  std::vector<LayerComparison> layers;
  for (const WidthComparison& at : widths)
    if (at.width == widths.back().width) layers.push_back(at.comparison);
  return layers;
}

const Claim* Assessment::dependence() const {
  const auto found = std::find_if(claims.begin(), claims.end(), [](const Claim& claim) {
    return claim.number == ClaimNumber::dependence && claim.outcome == Outcome::disagree;
  });
  return found == claims.end() ? nullptr : &*found;
}

std::vector<LayerComparison> Assessment::best_estimates() const {
  return extrapolation ? extrapolation->layers : at_largest_width();
}

std::string every_entry(const Assessment& assessment) {
  const bool all = std::all_of(
      assessment.widths.begin(), assessment.widths.end(),
      [](const WidthComparison& at) { return at.comparison.without_limit.size() == 0; });
  return all ? "every entry" : "every entry that has a limit";
}

Assessment assess(const std::vector<PredictedLayer>& predicted,
                  const model::Measurement& measurement, const model::ClassSeries& series,
                  const Options& options, const OnJudging& on_judging, SparsityAssessment sparsity,
                  SelectivityAssessment selectivity) {
  const auto tell = [&on_judging](std::string_view stage) {
    if (on_judging) on_judging(stage);
  };
  check(options);
  check_shapes(predicted);
  const std::vector<LayerSeries> by_layer = series_by_layer(
      measurement, predicted.size(), predicted.empty() ? 0 : predicted.front().gram.rows());
  check_series(series, measurement, predicted);
  const bool has_widths = by_layer.front().widths() > 1;
  const JudgedPairs judged(by_layer, predicted, series.classes, options);

  Assessment assessment;
  assessment.options = options;
  assessment.sparsity = std::move(sparsity);
  assessment.selectivity = std::move(selectivity);
  assessment.judged_shares = judged.shares(series.classes);
  tell("every width");
  assessment.widths = compare_widths(predicted, by_layer, judged, options);
  assessment.norms = best_norms(series, predicted, std::nullopt, options);
  for (const LayerSeries& layer : by_layer)
    assessment.convergence.push_back({layer.layer, std::nullopt, std::nullopt});
  assessment.verdict = judge_overflow(measurement, series, options);
  if (!assessment.verdict.reasons.empty()) return assessment;

  const std::vector<ClassColumn> columns =
      judged_only(gram_columns(series, predicted, options), judged);
  if (columns.empty()) {  // norms always bear a claim
    assessment.verdict.reasons = judged.lines();
    assessment.verdict.reasons.emplace_back(
        "no two inputs have a correlation that bears a claim, so nothing is judged");
    return assessment;
  }
  const JointLayers joint(predicted.size());
  if (has_widths) {
    tell("the limits");
    const std::vector<ClassColumn> of_joint = joint.select(columns);
    assessment.extrapolation = extrapolate(by_layer, predicted, of_joint,
                                           class_means(series, of_joint, options), judged, options);
    assessment.norms = best_norms(series, predicted, assessment.extrapolation, options);
    assessment.heavy_tails =
        heavy_limits(assessment.extrapolation->classes, series, columns, options);
    if (!assessment.heavy_tails.empty()) {
      tell("resampled limits, for heavy tails");
      resample(*assessment.extrapolation, series, options);
    }
  }
  tell("the speed of convergence");
  assessment.heavy_at_largest_width = heavy_at_largest_width(series, columns, options);
  assessment.too_narrow = too_narrow_width(assessment.widths);
  assessment.silent = silent_networks(measurement);
  assessment.spread_is_heavy = is_spread_heavy(series, columns);
  assessment.convergence = convergence(series, columns, assessment.judged_shares, options);
  tell("the fluctuations");
  assessment.fluctuation = compare_fluctuations(series, predicted, judged, joint, options);
  if (options.asks_independence)
    assessment.independence = independence_claim(series, options.rounding);
  tell("the claims");
  assessment.claims = claims_of(assessment);
  assessment.verdict = has_widths ? judge_claims(assessment) : judge_single_width(assessment);
  for (std::string& line : judged.lines()) assessment.verdict.reasons.push_back(std::move(line));
  return assessment;
}

}  // namespace wideproof::compare
