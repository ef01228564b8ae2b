// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/assessment.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/limits/limit_claims.hpp>
#include <wideproof/compare/limits/limit_verdict.hpp>
#include <wideproof/compare/training/claims.hpp>
#include <wideproof/compare/widths/bias_exponent.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

using model::InputError;
using model::TrainedLaw;
using model::TrainedWidth;
using model::TrainingMeasurement;
using model::TrainingPrediction;

void check_shapes(const std::vector<TrainedLaw>& laws, const TrainingMeasurement& measurement) {
  if (laws.empty()) return;
  if (laws.size() != measurement.steps.size())
    throw InputError(fmt::format("the prediction has {} recorded steps, but {} were measured",
                                 laws.size(), measurement.steps.size()));
  for (const TrainedLaw& law : laws) {
    if (law.mean.rows() != measurement.outputs || law.mean.cols() != measurement.points)
      throw InputError(fmt::format("the predicted mean is {} × {}, where {} × {} were measured",
                                   law.mean.rows(), law.mean.cols(), measurement.outputs,
                                   measurement.points));
    if (law.covariance.rows() != measurement.points || law.covariance.cols() != measurement.points)
      throw InputError(fmt::format("the predicted covariance is {} × {}, where there are {} inputs",
                                   law.covariance.rows(), law.covariance.cols(),
                                   measurement.points));
  }
}

void check_shapes(const TrainingMeasurement& measurement) {
  for (const TrainedWidth& at : measurement.widths)
    for (const model::TrainedNetwork& network : at.networks) {
      if (network.size() != measurement.steps.size())
        throw InputError(
            fmt::format("width {}: a network was recorded at {} steps, where there "
                        "are {}",
                        at.width, network.size(), measurement.steps.size()));
      for (const model::TrainedState& state : network)
        if (state.outputs.size() > 0 && (state.outputs.rows() != measurement.outputs ||
                                         state.outputs.cols() != measurement.points))
          throw InputError(
              fmt::format("width {}: the outputs are {} × {}, where {} × {} or none "
                          "were to be measured",
                          at.width, state.outputs.rows(), state.outputs.cols(), measurement.outputs,
                          measurement.points));
    }
}

/// Largest root mean square over inputs of a predicted mean, or largest deviation; 0 without one.
double predicted_scale(const std::vector<TrainedLaw>& laws) {
  double largest = 0.0;
  for (const TrainedLaw& law : laws)
    for (const double square : {law.mean.squaredNorm() / static_cast<double>(law.mean.size()),
                                law.covariance.diagonal().maxCoeff()})
      if (std::isfinite(square)) largest = std::max(largest, square);
  return std::sqrt(largest);
}

double scale_of(const TrainedOptions& options, const TrainingAssessment& assessment) {
  if (options.target_scale > 0.0 && std::isfinite(options.target_scale))
    return options.target_scale;
  const double predicted =
      assessment.has_limit() ? predicted_scale(assessment.prediction->descent) : 0.0;
  return predicted > 0.0 ? predicted : 1.0;
}

std::string hindrance_of(const TrainedWidth& at, const TrainingMeasurement& measurement) {
  if (at.networks.size() < 2)
    return fmt::format(
        "width {}: {} not show how much networks differ; it takes two or more, so nothing is "
        "judged",
        at.width, at.networks.size() == 1 ? "one network does" : "no networks do");
  for (std::size_t step = 0; step < measurement.steps.size(); ++step) {
    std::size_t unusable = 0;
    for (const model::TrainedNetwork& network : at.networks) {
      if (network[step].outputs.size() == 0)
        return "the outputs of networks were not kept, so nothing is judged";
      if (!network[step].outputs.allFinite()) ++unusable;
    }
    if (unusable > 0)
      return fmt::format(
          "width {}, step {}: outputs are not finite in {} of {} networks: training diverged, so "
          "nothing is judged",
          at.width, measurement.steps[step], unusable, at.networks.size());
  }
  return "";
}

std::string hindrance_of(const TrainingAssessment& assessment,
                         const TrainingMeasurement& measurement) {
  if (measurement.widths.empty() || measurement.steps.empty() || measurement.points == 0 ||
      measurement.outputs == 0)
    return "nothing was measured";
  if (assessment.options.is_centred && measurement.steps.back() == 0)
    return "centred outputs are 0 before the first step, so there is nothing to judge";
  for (const TrainedWidth& at : measurement.widths) {
    std::string hindrance = hindrance_of(at, measurement);
    if (!hindrance.empty()) return hindrance;
  }
  if (assessment.has_limit())
    for (std::size_t step = 0; step < measurement.steps.size(); ++step) {
      const TrainedLaw& law = assessment.prediction->descent[step];
      if (!law.mean.allFinite() || !law.covariance.allFinite())
        return fmt::format("step {}: the prediction is not finite, so nothing is judged",
                           measurement.steps[step]);
    }
  return "";
}

/// By step, of what rises above the noise. What every network shows alike is known too well.
std::vector<PlacedExponent> biases_of(const TrainedNumbers& numbers,
                                      const TrainingAssessment& assessment) {
  const std::vector<LimitEstimate<>>& estimates = assessment.found.estimates();
  const std::vector<LimitNumber> all = plain(numbers.all());
  std::vector<std::vector<BiasSeries>> candidates(assessment.steps.size());
  for (std::size_t k = 0; k < all.size(); ++k)
    if (all[k].is_judged && !estimates[k].is_exact)
      candidates[numbers.all()[k].step].push_back(
          bias_of(numbers.measured(), all, k, assessment.found.options));
  std::vector<PlacedExponent> biases;
  for (std::size_t step = 0; step < candidates.size(); ++step)
    if (const auto exponent = bias_exponent(candidates[step]))
      biases.push_back({fmt::format("step {}", assessment.steps[step]), *exponent});
  return biases;
}

/// Fills all that is fitted, the claims and the verdict.
void conclude(TrainingAssessment& assessment, const TrainingMeasurement& measurement,
              const LimitOptions& limits) {
  const TrainedNumbers numbers(assessment.prediction ? &*assessment.prediction : nullptr,
                               measurement, assessment.target_scale, assessment.options);
  assessment.numbers = numbers.all();
  assessment.found = find_limits(numbers.measured(), plain(numbers.all()), numbers.joint(), limits);
  if (assessment.has_limit()) assessment.found.biases = biases_of(numbers, assessment);
  if (assessment.options.is_centred)
    assessment.deviation_exponent =
        deviation_exponent(measurement, assessment.target_scale, assessment.options);
  const LimitWords words = trained_words(numbers, measurement);
  assessment.claims = trained_claims(assessment.found, words, numbers, assessment);
  assessment.verdict =
      limit_verdict(assessment.found, words, assessment.claims, assessment.has_limit(), "");
}

/// Where no limit is derived, or trained outputs cannot be judged, untrained networks are judged
/// alone.
void judge_untrained(TrainingAssessment& assessment) {
  if (!assessment.untrained.is_judged()) return;
  const double family_error = assessment.options.family_error;
  const bool are_judged = assessment.has_limit() && assessment.hindrance.empty();
  if (!are_judged) assessment.claims = judged_claims(assessment.untrained.claims(), family_error);
  if (!assessment.has_limit()) {
    assessment.verdict = untrained_verdict(assessment.untrained, assessment.claims, family_error);
    return;
  }
  const auto count = static_cast<std::ptrdiff_t>(assessment.untrained.claims().size());
  take_in_untrained(assessment.verdict, assessment.untrained,
                    {assessment.claims.end() - count, assessment.claims.end()});
}

}  // namespace

std::vector<std::int64_t> TrainingAssessment::widths() const {
  std::vector<std::int64_t> all;
  for (const TrainedMeans& at : means)
    if (all.empty() || all.back() != at.width) all.push_back(at.width);
  return all;
}

const LimitEstimate<>* TrainingAssessment::estimate(TrainedQuantity quantity, std::size_t step,
                                                    Eigen::Index output, Eigen::Index point) const {
  if (!found.follows_series()) return nullptr;
  for (std::size_t k = 0; k < numbers.size(); ++k)
    if (numbers[k].quantity == quantity && numbers[k].step == step && numbers[k].output == output &&
        numbers[k].point == point)
      return &found.estimates()[k];
  return nullptr;
}

TrainingAssessment assess_training(const std::optional<TrainingPrediction>& prediction,
                                   const TrainingMeasurement& measurement,
                                   const TrainedOptions& options, UntrainedAssessment untrained) {
  const LimitOptions limits = limit_options(options);
  check_shapes(measurement);
  if (prediction) {
    check_shapes(prediction->descent, measurement);
    check_shapes(prediction->flow, measurement);
  }
  TrainingAssessment assessment;
  assessment.options = options;
  assessment.prediction = prediction;
  assessment.untrained = std::move(untrained);
  assessment.steps = measurement.steps;
  assessment.training_points = measurement.training_points;
  assessment.points = measurement.points;
  assessment.outputs = measurement.outputs;
  assessment.target_scale = scale_of(options, assessment);
  assessment.means = means_of(measurement);
  assessment.drift_exponent = drift_exponent(measurement);
  assessment.found.options = limits;
  assessment.hindrance = hindrance_of(assessment, measurement);
  if (assessment.hindrance.empty())
    conclude(assessment, measurement, limits);
  else
    assessment.verdict = limit_verdict(assessment.found, {.width = "n"}, {}, assessment.has_limit(),
                                       assessment.hindrance);
  judge_untrained(assessment);
  return assessment;
}

}  // namespace wideproof::compare
