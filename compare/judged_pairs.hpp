// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/measured_series.hpp>
#include <wideproof/compare/options.hpp>
#include <wideproof/compare/predicted_layer.hpp>
#include <wideproof/model/entry_classes.hpp>

namespace wideproof::compare {

/// Why the correlation of two inputs bears no claim at a hidden layer.
enum class LeftOut : std::uint8_t {
  judged,      ///< it bears one
  silent,      ///< in some networks an input activates no neuron: they have no correlation
  unresolved,  ///< 1 − c is, or was at a layer before, below what the sampler's numbers resolve
  few_separating,  ///< too few neurons lie between the thresholds of the two inputs
  spread,          ///< 1 − c of one network varies too much
};

/// A statement about 1 − c, the deficit, of two inputs that nearly coincide rests on little: on the
/// last digits of sums, on the few neurons that tell the inputs apart, on a positive number whose
/// relative spread is that of 1 − c and not that of c. It bears a claim where, at this layer and
/// (but for the last) all layers before,
///
///   resolved     1 − K_ab/K_aa is 0 exactly, or at least Options::resolved_deficit;
///   separating   thresholds that are order statistics follow one law for both inputs as far as
///                neurons lie between them. With s the share of neurons that are active for
///                exactly one of the two, they add at most 2/(πns) to the relative bias of 1 − c,
///                the first term of a series in 1/(ns). So where 1 − K_ab/K_aa < `near`,
///                ns ≥ `fewest_separating` is asked of the narrowest width. The first term is then
///                at most 13%, and what the fit to 1/n and its guard leave of the others is small;
///   spread       where 1 − c < `near`: r, the variance of one network's 1 − c over its squared
///                mean, is at most 1, as of norms (NarrowWidth), and so small that a log-normal law
///                of that r is not heavy (HeavyTail): with w = 1 + r,
///                skewness (w + 2)√r/√R ≤ 0.2,   R_eff = 2R/(w⁴ + 2w³ + 3w² − 4) ≥ 30
///
/// and where every network has a correlation (not silent). What is asked of a pair is asked of the
/// means over a class of pairs as well.
class JudgedPairs {
 public:
  static constexpr double fewest_separating = 5.0;
  static constexpr double near = 0.1;

  /// `series` and `predicted` by layer.
  JudgedPairs(const std::vector<LayerSeries>& series, const std::vector<PredictedLayer>& predicted,
              const model::EntryClasses& classes, const Options& options);

  /// P × P, of hidden layer `layer`, from 0: LeftOut of each pair, 0 (judged) on the diagonal.
  const Eigen::MatrixXi& pairs(std::size_t layer) const { return pairs_[layer]; }

  LeftOut of_class(std::size_t layer, Eigen::Index label) const {
    return static_cast<LeftOut>(classes_(label, static_cast<Eigen::Index>(layer)));
  }

  /// One line for each reason that leaves pairs out: which, from which layer on, and why.
  std::vector<std::string> lines() const;

 private:
  std::vector<Eigen::MatrixXi> pairs_;
  Eigen::MatrixXi classes_;  ///< classes × layers
  std::int64_t narrowest_ = 0;
  double resolved_deficit_ = 0.0;
};

}  // namespace wideproof::compare
