// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/generalization/excess_decay.hpp>
#include <wideproof/compare/generalization/options.hpp>
#include <wideproof/compare/statistics/mean_error.hpp>
#include <wideproof/compare/statistics/paired_ratio.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::compare {

/// One kind of regression's mean squared errors, with intervals over draws of data.
struct MeanErrors {
  MeanError pool;
  MeanError training;
  MeanError unseen;
};

/// Networks of one width, their readout trained on P points. The draw of data is the sampling unit:
/// what is averaged over draws is the mean over the networks of a draw.
struct NetworkErrors {
  std::int64_t width = 0;
  std::int64_t networks = 0;  ///< over all draws
  MeanErrors error;
  VarianceComponents deviations;  ///< of the error over the pool
  PairedRatio excess;             ///< of the pool error over the kernel's, paired by draw
  Interval excess_interval;       ///< in 95%
};

/// What the theory says beside its error, as means over the draws that have a prediction.
struct TheoryMeans {
  double kappa = 0.0;
  double gamma = 0.0;
  double spectrum_dimension = 0.0;
  double error_dimension = 0.0;
};

/// A readout that is trained without a ridge on P points has errors that diverge at n ≈ P (double
/// descent) and fall like 1/(n/P − 1) beyond: networks narrower than this multiple of P say nothing
/// of the limit.
inline constexpr std::int64_t wide_multiple = 4;

/// All errors with P training points.
struct LearningPoint {
  std::int64_t training_points = 0;
  std::int64_t pool = 0;
  std::int64_t draws = 0;
  std::int64_t unusable = 0;  ///< errors that were not finite or negative, left out
  MeanErrors kernel;
  MeanError predicted;  ///< over the draws that have a prediction; draws = 0 where none has
  TheoryMeans theory;
  PairedRatio prediction;        ///< the prediction over the kernel's pool error, paired by draw
  Interval prediction_interval;  ///< in 95%
  std::vector<NetworkErrors> networks;  ///< by rising width
  std::optional<ExcessDecay> decay;
  std::int64_t wide_widths = 0;  ///< widths n ≥ wide_multiple · P
  /// The excess as 1/n → 0 of these, by a line in 1/n (two of them or more) and by a parabola
  /// (three or more).
  std::array<std::optional<ExcessLimit>, 2> limits;
};

/// A study of generalization, judged.
struct GeneralizationAssessment {
  GeneralizationOptions options;
  std::vector<LearningPoint> points;  ///< by rising P
  std::vector<Claim> claims;          ///< see GeneralizationClaim
  Verdict verdict;
};

/// Judges what a study measured. Numbers that are no errors (NaN, infinite, negative) are left out
/// and counted. Throws model::InputError for options out of range, and for nothing else.
GeneralizationAssessment assess_generalization(const model::GeneralizationMeasurement& measurement,
                                               const GeneralizationOptions& options);

}  // namespace wideproof::compare
