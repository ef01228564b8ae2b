// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <wideproof/model/dimension/input_ensemble.hpp>
#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/kind_spec.hpp>

namespace wideproof::model {

/// Studies of kind "dimension": how many dimensions an ensemble of inputs keeps from layer to layer
/// of one quenched network. Their own tables are [network.synapses] and [ensemble], which stands in
/// the place of [inputs].
class DimensionSpec final : public KindSpec {
 public:
  explicit DimensionSpec(Synapses synapses_ = {}, InputEnsemble ensemble_ = {})
      : synapses(synapses_), ensemble(std::move(ensemble_)) {}

  std::string_view name() const override { return "dimension"; }

  Takes takes() const override {
    return {.no_widths = false,
            .least_replicates = 2,
            .precision = false,
            .variance_reduction = false,
            .prediction_file = false,
            .agreement_error = false,
            .margin_of_one = false};
  }

  void check(const Experiment& experiment) const override;

  /// An experiment of this kind in which nothing is given: tanh, gain 1, and a margin of 5%.
  static Experiment::Options defaults();

  /// Whether theory has something to say: not of synapses that learn, nor of correlations that grow
  /// with the width, r N^(1/2 − exponent) → ∞, or that stand beside those of a few inputs.
  bool is_predicted() const;

  /// The power of the width in which means approach their limits, N^−power: 1/2 for correlations
  /// across receiving units that stay, 2 exponent − 1 for those that vanish more slowly than 1/N,
  /// else 1.
  double series_power() const;

  Synapses synapses;
  InputEnsemble ensemble;
};

/// What an experiment of this kind has of its own. Throws std::bad_cast for one of another kind.
const DimensionSpec& dimension_of(const Experiment& experiment);

}  // namespace wideproof::model
