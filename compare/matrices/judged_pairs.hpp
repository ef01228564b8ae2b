// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/matrices/measured_series.hpp>
#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/entry_classes.hpp>

namespace wideproof::compare {

/// Whether the correlation of two inputs bears a claim at a hidden layer, and why not.
enum class PairStatus : std::uint8_t {
  judged,      ///< it bears one
  silent,      ///< in some networks an input activates no neuron: they have no correlation
  unresolved,  ///< 1 − c or 1 + c is, or was at a layer before, below what the numbers resolve
  few_separating,  ///< too few neurons lie between the thresholds of the two inputs
  spread,          ///< 1 − c of one network varies too much, or did at a layer before
  no_limit,        ///< it has no limit, or what it is divided by has none
};

/// A statement about 1 − c, the deficit, of two inputs that nearly coincide rests on little: on the
/// last digits of sums, on the few neurons that tell the inputs apart, on a positive number whose
/// relative spread is that of 1 − c and not that of c. Where this bears no claim at some layer, it
/// does not at later ones either, whose maps may enlarge the difference with all its uncertainty.
/// So a pair bears a claim where at this layer and at all before it is
///
///   resolved     1 − K_ab/K_aa is 0 or 2 exactly, or at least Options::resolved_deficit from both,
///                of more than 2000 inputs the more by their number over 2000;
///   separating   thresholds that are order statistics follow one law for both inputs as far as
///                neurons lie between them. With s the share of neurons that are active for
///                exactly one of the two, they add at most 2/(πns) to the relative bias of 1 − c,
///                the first term of a series in 1/(ns). So where 1 − K_ab/K_aa < `near`,
///                ns ≥ `fewest_separating` is asked of the narrowest width. The first term is then
///                at most 13%, and what the fit to 1/n and its guard leave of the others is small;
///   spread       where 1 − c < `near`: r, the variance of one network's 1 − c over its squared
///                mean, is at most 1, as of norms (NarrowWidth), and so small that a log-normal law
///                of that r is not heavy (HeavyTail): with w = 1 + r,
///                skewness (w + 2)√r/√R ≤ 0.2,   R_eff = 2R/(w⁴ + 2w³ + 3w² − 4) ≥ 30;
///                no network may show 0 where the limit is positive
///
/// and where every network has a correlation (not silent). A class of pairs bears one where all of
/// them do. The Gram of a pair that bears none still counts as a norm while 1 − c, both predicted
/// for the network that was sampled and measured, is within rounding; else it bears none either.
class JudgedPairs {
 public:
  static constexpr double fewest_separating = 5.0;
  static constexpr double near = 0.1;

  /// `series` and `predicted` by layer.
  JudgedPairs(const std::vector<LayerSeries>& series, const std::vector<PredictedLayer>& predicted,
              const model::EntryClasses& classes, const Options& options);

  /// P × P, of hidden layer `layer`, from 0: PairStatus of each correlation, 0 (judged) on the
  /// diagonal.
  const Eigen::MatrixXi& correlations(std::size_t layer) const { return correlations_[layer]; }
  /// The same of the Gram.
  const Eigen::MatrixXi& grams(std::size_t layer) const { return grams_[layer]; }

  PairStatus of_class(std::size_t layer, Eigen::Index label) const {
    return static_cast<PairStatus>(classes_(label, static_cast<Eigen::Index>(layer)));
  }

  /// Classes × layers: what part of a layer's distinct Gram entries each class has, of those that
  /// bear a claim.
  Eigen::MatrixXd shares(const model::EntryClasses& classes) const;

  /// One line for each reason that leaves pairs out: which, at which layers, and why; and one for
  /// pairs whose 1 − c is within rounding, of which means tell nothing.
  std::vector<std::string> lines() const;

 private:
  std::vector<Eigen::MatrixXi> correlations_;
  std::vector<Eigen::MatrixXi> grams_;
  std::vector<Eigen::MatrixXi> within_rounding_;  ///< 1 where judged and 0 < 1 − c < rounding
  Eigen::MatrixXi classes_;                       ///< classes × layers
  std::int64_t narrowest_ = 0;
  double resolved_deficit_ = 0.0;
  double rounding_ = 0.0;
  std::vector<MatrixName> names_;
};

}  // namespace wideproof::compare
