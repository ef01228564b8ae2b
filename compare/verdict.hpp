// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <wideproof/compare/extrapolation.hpp>
#include <wideproof/compare/layer_comparison.hpp>
#include <wideproof/compare/options.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

enum class Outcome { agree, disagree, inconclusive };

std::string_view name_of(Outcome outcome);

/// What the numbers say of the prediction, and why, in plain sentences.
struct Verdict {
  Outcome outcome = Outcome::inconclusive;
  double family_error = 0.0;
  /// Smallest family-wise p that the outcome rests on; NaN where nothing could be tested.
  double p_value = 1.0;
  std::vector<std::string> reasons;
};

/// From the extrapolated limits:
///   inconclusive  the means do not follow the fitted law: lack_of_fit_p < family_error
///   disagree      p_value < family_error, and guard_p_value too: the order is 2 or was given, or
///                 a parabola could be fitted beside the line (four widths or more)
///   agree         not rejected, and every limit is equivalent to its prediction
///   inconclusive  otherwise, saying by which factor the replicates would have to grow
Verdict judge_limit(const Extrapolation& extrapolation, const Options& options);

/// From the means at one width, which the 1/n bias keeps from the limit by an unknown amount:
///   agree         every mean is equivalent to its prediction
///   inconclusive  otherwise, saying whether some mean lies significantly beyond the margin
///                 (beyond_margin_p, Holm over all)
Verdict judge_single_width(const std::vector<LayerComparison>& layers, std::int64_t width,
                           const Options& options);

/// Inconclusive, naming the first width and layer with a mean or variance that is not finite;
/// `inconclusive` and no reason where all are.
Verdict judge_overflow(const model::Measurement& measurement, const Options& options);

}  // namespace wideproof::compare
