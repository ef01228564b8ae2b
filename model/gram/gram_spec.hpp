// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/kind_spec.hpp>

namespace wideproof::model {

/// Studies of kind "gram": Gram matrices layer by layer. They have no table of their own.
class GramSpec final : public KindSpec {
 public:
  Takes takes() const override {
    return {.layer_widths = true,
            .layer_laws = true,
            .input_law = true,
            .second_inputs = true,
            .sparsity = true,
            .selectivity = true};
  }
  std::string_view name() const override { return "gram"; }
  /// Throws InputError naming compare.prediction_kind for one that is not measured.
  void check(const Experiment& experiment) const override;

  /// An experiment of this kind in which nothing is given.
  static Experiment::Options defaults();
};

}  // namespace wideproof::model
