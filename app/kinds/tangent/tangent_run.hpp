// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <wideproof/app/kinds/gram/gram_run.hpp>
#include <wideproof/app/kinds/tangent/prepared_tangent.hpp>

namespace wideproof::app {

/// A study of kind "tangent": one of Gram matrices that measures tangent kernels of the same
/// networks as well.
class TangentRun final : public GramRun {
 public:
  /// Throws model::InputError for what a sampler refuses.
  explicit TangentRun(const PreparedTangent& tangent);

  double memory() const override;
  double size_of_results() const override;

 protected:
  JudgedGram judge(const model::Experiment& experiment, const report::InputSummary& inputs,
                   std::shared_ptr<const compare::GramResults> results,
                   const OnStage& on_stage) const override;

 private:
  /// Matrices that are judged, for each Gram matrix.
  double matrices_a_layer_;
  double to_report_;
};

}  // namespace wideproof::app
