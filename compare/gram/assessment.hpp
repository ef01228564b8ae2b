// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/gram/likeness.hpp>
#include <wideproof/compare/gram/norm_estimate.hpp>
#include <wideproof/compare/matrices/layer_comparison.hpp>
#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/compare/sparsity/selectivity_assessment.hpp>
#include <wideproof/compare/sparsity/sparsity_assessment.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/compare/widths/convergence.hpp>
#include <wideproof/compare/widths/extrapolation.hpp>
#include <wideproof/compare/widths/fluctuation_comparison.hpp>
#include <wideproof/compare/widths/heavy_tails.hpp>
#include <wideproof/compare/widths/open_claim.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

/// One layer at one width beside the infinite-width prediction, Holm over all layers of that width.
/// Descriptive: a finite network is off the limit by O(1/n), so that a small p here is no evidence
/// against the prediction. The equivalence at the largest width is what agreement rests on.
struct WidthComparison {
  std::int64_t width = 0;
  std::int64_t replicates = 0;
  LayerComparison comparison;
  Eigen::MatrixXd relative_variance_times_width;
  /// lim n·Var(Ĝ_ab) / (G_aa G_bb); 0 × 0 where not predicted.
  Eigen::MatrixXd predicted_relative_variance_times_width;
};

/// A width at which the norm of one network varies by more than itself, Var(Ĝ_aa) > E[Ĝ_aa]²: the
/// expansion in 1/n, whose next term is of that relative size, is then no expansion. A smaller next
/// term is taken up by the next order of the guard.
struct NarrowWidth {
  std::int64_t width = 0;
  std::int64_t layer = 0;
  double relative_variance = 0.0;
};

/// A layer that some input leaves without an active neuron in too many networks. The chance of such
/// a network falls exponentially with n, not as a power, and so their share is how far the mean
/// norm may lie from a series in 1/n. There are too many where that is not small beside the norm's
/// standard error.
struct SilentNetworks {
  std::int64_t width = 0;
  std::int64_t layer = 0;
  std::int64_t networks = 0;
  std::int64_t replicates = 0;
};

/// Everything that is concluded from a prediction and a measurement.
struct Assessment {
  Options options;
  std::vector<WidthComparison> widths;         ///< by width ascending, then layer
  std::optional<Extrapolation> extrapolation;  ///< nullopt with one width
  std::vector<NormEstimate> norms;             ///< by layer, beside best_estimates()
  std::vector<LayerConvergence> convergence;   ///< by layer
  std::optional<FluctuationComparison> fluctuation;
  /// Limits whose standard errors cannot be trusted. Where there are any, the joint tests of the
  /// limit are resampled, and single entries do not convict.
  std::vector<HeavyTail> heavy_tails;
  /// Means at the largest width whose standard errors cannot be trusted, less those that are within
  /// the margin by far: while there are any, equivalence is not shown.
  std::vector<HeavyTail> heavy_at_largest_width;
  Eigen::MatrixXd judged_shares;  ///< classes × layers: see JudgedPairs::shares()
  /// The width and layer whose norm varies most, where that is too much for a series in 1/n.
  std::optional<NarrowWidth> too_narrow;
  std::optional<SilentNetworks> silent;  ///< the largest share, where it is too large
  bool spread_is_heavy = false;  ///< is_spread_heavy(): no exponent of the fluctuation convicts
  SparsityAssessment sparsity;
  SelectivityAssessment selectivity;
  std::optional<OpenClaim> independence;  ///< where the options ask for it
  std::vector<Claim> claims;              ///< of sparsity and selectivity last
  Verdict verdict;
  /// Of a prediction of the user's that does not agree. assess() knows of no other prediction, so
  /// that whoever does is to set it.
  Likeness likeness;

  std::size_t depth() const { return convergence.size(); }
  /// The claim that networks are independent where it is rejected: then no standard error can be
  /// trusted, and nothing is said of the prediction. Else nullptr.
  const Claim* dependence() const;
  /// By layer, at the largest width.
  std::vector<LayerComparison> at_largest_width() const;
  /// By layer, the limits n → ∞ where they were extrapolated, else the means at the largest width.
  std::vector<LayerComparison> best_estimates() const;
};

/// "every entry", or "every entry that has a limit" where some have none.
std::string every_entry(const Assessment& assessment);

/// Told what is computed next, such as "the limits", for somebody who waits.
using OnJudging = std::function<void(std::string_view stage)>;

/// `predicted` by layer; `measurement` holds those layers at one or more widths, `series` the same
/// networks. Throws model::InputError where they do not fit together or an option is out of range.
///
/// Where a number of the measurement or the series is not finite, the verdict says so and there are
/// no claims. `sparsity` and `selectivity` of the same networks: their claims are judged with the
/// others.
Assessment assess(const std::vector<PredictedLayer>& predicted,
                  const model::Measurement& measurement, const model::ClassSeries& series,
                  const Options& options, const OnJudging& on_judging = {},
                  SparsityAssessment sparsity = {}, SelectivityAssessment selectivity = {});

}  // namespace wideproof::compare
