// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/model/tangent/tangent_prediction.hpp>
#include <wideproof/model/tangent/tangent_spec.hpp>
#include <wideproof/model/tangent/tangent_stack.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::app {

/// A study of Gram matrices whose prediction goes on with the tangent kernels, in the order of
/// model::TangentStack.
struct PreparedTangent {
  PreparedGram study;
  model::TangentPrediction theory;
  std::string not_derived = {};       ///< why theory.variances are empty; else empty
  std::string bias_not_derived = {};  ///< why theory.biases are; else empty
  /// What theory predicts of all matrices, whatever is compared.
  std::vector<compare::PredictedLayer> theory_stack = {};

  const model::TangentOptions& options() const {
    return model::tangent_of(study.experiment).tangent;
  }
};

/// The order of the matrices that an experiment of kind "tangent" compares.
model::TangentStack stack_of(const model::Experiment& experiment);

/// theory::tangents_without_limit() of its networks.
Eigen::MatrixXd tangents_without_limit(const model::Experiment& experiment,
                                       const model::Inputs& inputs);

/// Throws model::InputError.
PreparedTangent prepare_tangent(const model::Experiment& experiment);

/// The simulation that a study asks for, its networks named by `seed`. Throws model::InputError for
/// what a sampler refuses.
sim::MonteCarlo tangent_simulation(const PreparedTangent& tangent, std::uint64_t seed, int threads);

}  // namespace wideproof::app
