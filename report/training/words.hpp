// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// "1.234 ± 0.005", or a dash.
std::string with_error(const compare::NetworkMean& mean);

/// How far a step's means lie from their prediction, and what their errors alone would make of it:
/// roots of the mean square over outputs and inputs. NaN without a prediction or where there are no
/// estimates.
struct MeanDistance {
  double distance = 0.0;
  double noise = 0.0;
};

/// At a width, by index.
MeanDistance distance_at(const compare::TrainingAssessment& assessment, std::size_t width,
                         std::size_t step);
/// Of the limits n → ∞.
MeanDistance distance_in_the_limit(const compare::TrainingAssessment& assessment, std::size_t step);
/// "0.012 (noise 0.01)", or a dash.
std::string in_words(const MeanDistance& distance);

/// Root mean square over outputs and inputs of the deviation of one network from another.
double deviation_at(const compare::TrainingAssessment& assessment, std::size_t width,
                    std::size_t step);
/// The same as it is predicted; NaN without a prediction.
double predicted_deviation(const compare::TrainingAssessment& assessment, std::size_t step);

/// "1.02 ± 0.03": deviations over their prediction, along the leading directions, in the limit or
/// with one width at it; a dash where they were not judged.
std::string deviation_ratio(const compare::TrainingAssessment& assessment, std::size_t step);

/// Where limits are: "n → ∞", with one width "n = 4096".
std::string limits_at(const compare::TrainingAssessment& assessment);

/// "-0.48 (-0.55 to -0.41)"
std::string in_words(const compare::Exponent& exponent);

/// "Infinite-width theory and trained networks agree: …", one sentence or two.
std::string verdict_sentence(const compare::TrainingAssessment& assessment);

/// For the page of a sweep of studies of training.
SweepWords training_sweep_words();

}  // namespace wideproof::report
