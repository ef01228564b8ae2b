// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/kind_spec.hpp>
#include <wideproof/model/targets/target_spec.hpp>
#include <wideproof/model/training/training_options.hpp>

namespace wideproof::model {

/// Studies of kind "training": finite networks trained by gradient descent. Their own tables are
/// [training], [targets] and [test].
class TrainingSpec final : public KindSpec {
 public:
  struct Options {
    TrainingOptions training;
    TargetSpec targets;
    std::optional<InputSpec> test;  ///< inputs that do not train
  };

  TrainingSpec();
  explicit TrainingSpec(Options options)
      : training(std::move(options.training)),
        targets(std::move(options.targets)),
        test(std::move(options.test)) {}

  std::string_view name() const override { return "training"; }

  Takes takes() const override {
    return {.no_widths = false,
            .least_replicates = 1,
            .precision = false,
            .variance_reduction = false,
            .prediction_file = false,
            .agreement_error = false,
            .margin_of_one = true,
            .layer_widths = true,
            .sparsity = true,
            .persistence = true,
            .hoyer_sparseness = training.architecture == Architecture::soae};
  }

  /// Throws InputError naming training.<key>, targets.<key>, test.<key>, network.activation (a
  /// step, which has no derivative, where all layers train) or simulation.engine (collapsed, for
  /// what it cannot train).
  void check(const Experiment& experiment) const override;

  /// An experiment of this kind in which nothing is given.
  static Experiment::Options defaults();

  TrainingOptions training;
  TargetSpec targets;
  std::optional<InputSpec> test;
};

/// What an experiment of this kind has of its own. Throws std::bad_cast for one of another kind.
const TrainingSpec& training_of(const Experiment& experiment);

}  // namespace wideproof::model
