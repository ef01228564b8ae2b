// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/generalization/regression_spec.hpp>
#include <wideproof/model/kind_spec.hpp>
#include <wideproof/model/targets/target_spec.hpp>

namespace wideproof::model {

/// Studies of kind "generalization": the error of kernel regression, and of finite networks with a
/// trained readout. Their own tables are [generalization] and [targets].
class GeneralizationSpec final : public KindSpec {
 public:
  explicit GeneralizationSpec(RegressionSpec regression_ = {}, TargetSpec targets_ = {})
      : regression(std::move(regression_)), targets(std::move(targets_)) {}

  std::string_view name() const override { return "generalization"; }

  /// Without widths there are no finite networks; one network a draw will do. A relative difference
  /// of errors is −1 at the least, so that a margin of 1 would hold any smaller error.
  Takes takes() const override {
    return {.no_widths = true,
            .least_replicates = 1,
            .precision = false,
            .variance_reduction = false,
            .prediction_file = false,
            .agreement_error = true,
            .margin_of_one = false};
  }

  void check(const Experiment& experiment) const override;

  /// An experiment of this kind in which nothing is given: no finite networks, one for each draw
  /// where there are widths, float64 (small eigenvalues drown in float32), and a margin of 10%.
  static Experiment::Options defaults();

  RegressionSpec regression;
  TargetSpec targets;
};

/// What an experiment of this kind has of its own. Throws std::bad_cast for one of another kind.
const GeneralizationSpec& generalization_of(const Experiment& experiment);

}  // namespace wideproof::model
