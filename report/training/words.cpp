// SPDX-License-Identifier: MIT
#include <wideproof/report/training/words.hpp>

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>

namespace wideproof::report {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

double root_mean_square(const Eigen::MatrixXd& numbers) {
  return numbers.size() == 0 ? no_number
                             : numbers.norm() / std::sqrt(static_cast<double>(numbers.size()));
}

/// "their sparsity is"
std::string judged_before_training(const compare::UntrainedAssessment& untrained) {
  if (untrained.persistence.means.empty()) return "their sparsity is";
  const std::string persistence = "the persistence of their correlations";
  return untrained.judges_sparsity() ? "their sparsity and " + persistence + " are"
                                     : persistence + " is";
}

/// Where no limit of trained outputs is derived, and networks before training are judged.
std::string sentence_on_untrained(const compare::TrainingAssessment& assessment) {
  const std::string of_networks = fmt::format(
      "No limit of infinite width is derived of this training; of networks before it, {}",
      judged_before_training(assessment.untrained));
  switch (assessment.verdict.outcome) {
    case compare::Outcome::agree:
      return fmt::format("{} what infinite-width theory predicts, to within {}.", of_networks,
                         compare::as_percent(assessment.options.equivalence_margin));
    case compare::Outcome::disagree:
      return of_networks + " not what infinite-width theory predicts.";
    case compare::Outcome::inconclusive:
      break;
  }
  return of_networks + " perhaps what infinite-width theory predicts, perhaps not: it is open.";
}

}  // namespace

std::string with_error(const compare::NetworkMean& mean) {
  return with_error(mean.mean, mean.standard_error);
}

MeanDistance distance_at(const compare::TrainingAssessment& assessment, std::size_t width,
                         std::size_t step) {
  const compare::TrainedMeans& at = assessment.at(width, step);
  if (!assessment.has_limit() || at.output_mean.size() == 0) return {no_number, no_number};
  return {root_mean_square(at.output_mean - assessment.prediction->descent[step].mean),
          root_mean_square(at.output_standard_error)};
}

MeanDistance distance_in_the_limit(const compare::TrainingAssessment& assessment,
                                   std::size_t step) {
  if (!assessment.has_limit() || !assessment.found.limits || !assessment.found.follows_series())
    return {no_number, no_number};
  double distance = 0.0;
  double noise = 0.0;
  double count = 0.0;
  for (std::size_t k = 0; k < assessment.numbers.size(); ++k) {
    const compare::TrainedNumber& number = assessment.numbers[k];
    if (number.step != step || number.quantity != compare::TrainedQuantity::mean) continue;
    const compare::LimitEstimate<>& limit = assessment.found.limits->all[k];
    distance += std::pow(limit.value - number.predicted, 2);
    noise += std::pow(limit.standard_error, 2);
    count += 1.0;
  }
  if (count == 0.0) return {no_number, no_number};
  return {std::sqrt(distance / count), std::sqrt(noise / count)};
}

std::string in_words(const MeanDistance& distance) {
  if (!std::isfinite(distance.distance)) return "–";
  if (!std::isfinite(distance.noise)) return fmt::format("{:.3g}", distance.distance);
  return fmt::format("{:.3g} (noise {:.2g})", distance.distance, distance.noise);
}

double deviation_at(const compare::TrainingAssessment& assessment, std::size_t width,
                    std::size_t step) {
  return root_mean_square(assessment.at(width, step).output_deviation);
}

double predicted_deviation(const compare::TrainingAssessment& assessment, std::size_t step) {
  if (!assessment.has_limit()) return no_number;
  return std::sqrt(assessment.prediction->descent[step].covariance.diagonal().mean());
}

std::string deviation_ratio(const compare::TrainingAssessment& assessment, std::size_t step) {
  const compare::LimitEstimate<>* at =
      assessment.estimate(compare::TrainedQuantity::leading_spread, step);
  if (at == nullptr || !(at->value > 0.0)) return "–";
  // The number is a cube root of a variance.
  return with_error(std::pow(at->value, 1.5), 1.5 * std::sqrt(at->value) * at->standard_error);
}

std::string limits_at(const compare::TrainingAssessment& assessment) {
  if (assessment.found.limits || assessment.means.empty()) return "n → ∞";
  return fmt::format("n = {}", assessment.means.back().width);
}

std::string in_words(const compare::Exponent& exponent) {
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", exponent.value, exponent.low, exponent.high);
}

std::string verdict_sentence(const compare::TrainingAssessment& assessment) {
  if (!assessment.is_judged())
    return "Networks were trained and measured; no limit of infinite width is derived of this "
           "training, so nothing is set beside them.";
  if (!assessment.has_limit()) return sentence_on_untrained(assessment);
  const std::string margin = compare::as_percent(assessment.options.equivalence_margin);
  switch (assessment.verdict.outcome) {
    case compare::Outcome::agree:
      return fmt::format(
          "Infinite-width theory and trained networks agree: {} every number lies within {} of the "
          "prediction.",
          assessment.found.limits ? "in the limit of wide layers"
                                  : fmt::format("at width {}", assessment.means.back().width),
          margin);
    case compare::Outcome::disagree:
      return "Infinite-width theory and trained networks disagree.";
    case compare::Outcome::inconclusive:
      break;
  }
  return fmt::format(
      "Infinite-width theory was neither confirmed nor refuted. That its numbers hold to within {} "
      "could not be shown.",
      margin);
}

SweepWords training_sweep_words() {
  return {.compared = "infinite-width theory and trained networks",
          .only_measured =
              "The points were measured only: no limit of infinite width is derived "
              "of this training."};
}

}  // namespace wideproof::report
