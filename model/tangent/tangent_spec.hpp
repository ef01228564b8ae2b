// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/kind_spec.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>

namespace wideproof::model {

/// Studies of kind "tangent": tangent kernels beside the Gram matrices of the same networks. Their
/// own table is [tangent].
class TangentSpec final : public KindSpec {
 public:
  explicit TangentSpec(TangentOptions tangent_ = {}) : tangent(tangent_) {}

  std::string_view name() const override { return "tangent"; }

  Takes takes() const override {
    return {.no_widths = false,
            .least_replicates = 2,
            .precision = true,
            .variance_reduction = false,
            .prediction_file = true,
            .agreement_error = false,
            .margin_of_one = true};
  }

  /// Throws InputError naming network.activation for a step, which has no derivative, and
  /// simulation.engine for the direct one.
  void check(const Experiment& experiment) const override;

  /// An experiment of this kind in which nothing is given.
  static Experiment::Options defaults();

  TangentOptions tangent;
};

/// What an experiment of this kind has of its own. Throws std::bad_cast for one of another kind.
const TangentSpec& tangent_of(const Experiment& experiment);

}  // namespace wideproof::model
