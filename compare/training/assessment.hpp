// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/training/numbers.hpp>
#include <wideproof/compare/training/options.hpp>
#include <wideproof/compare/training/state_means.hpp>
#include <wideproof/compare/training/untrained_verdict.hpp>
#include <wideproof/compare/training/width_exponents.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_prediction.hpp>

namespace wideproof::compare {

/// Everything that is concluded from a prediction of training and what trained networks showed.
struct TrainingAssessment {
  TrainedOptions options;
  std::optional<model::TrainingPrediction> prediction;
  std::vector<std::int64_t> steps;   ///< recorded
  Eigen::Index training_points = 0;  ///< the first of `points`
  Eigen::Index points = 0;
  Eigen::Index outputs = 0;
  double target_scale = 1.0;        ///< in units of which means are equal; see TrainedOptions
  std::vector<TrainedMeans> means;  ///< by width, then step
  /// Why nothing can be fitted or judged, such as outputs that are not finite; else empty.
  std::string hindrance;
  LimitFindings found;  ///< limits, or with one width means, by place in `numbers`
  std::vector<TrainedNumber> numbers;
  /// How much networks differ, of centred ones; and the drift of the tangent kernel.
  std::optional<StepExponent> deviation_exponent;
  std::optional<Exponent> drift_exponent;
  UntrainedAssessment untrained;
  std::vector<Claim> claims;
  Verdict verdict;

  bool has_limit() const { return prediction && !prediction->descent.empty(); }
  /// Trained networks, or untrained ones.
  bool is_judged() const { return has_limit() || untrained.is_judged(); }
  std::vector<std::int64_t> widths() const;
  /// By index.
  const TrainedMeans& at(std::size_t width, std::size_t step) const {
    return means[width * steps.size() + step];
  }
  /// The estimate of a number; nullptr where there is none, or means follow no series in the width
  /// and so tell no limit. `output` and `point` of means alone.
  const LimitEstimate<>* estimate(TrainedQuantity quantity, std::size_t step,
                                  Eigen::Index output = 0, Eigen::Index point = 0) const;
};

/// Sets trained networks beside their prediction. Without one, or where no limit is derived,
/// everything is measured and nothing judged.
///
/// Throws model::InputError for options out of range and for a prediction, or a network, of another
/// number of steps, outputs or inputs. Outputs that are not finite or were not kept make the
/// verdict inconclusive, and so does a width of fewer than two networks. `untrained`: of the same
/// networks before training, its claims are judged with the others, or alone where no limit is
/// derived.
TrainingAssessment assess_training(const std::optional<model::TrainingPrediction>& prediction,
                                   const model::TrainingMeasurement& measurement,
                                   const TrainedOptions& options,
                                   UntrainedAssessment untrained = {});

}  // namespace wideproof::compare
