// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <wideproof/model/training/training_options.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/descent/network_pass.hpp>
#include <wideproof/train/descent/worker_team.hpp>

namespace wideproof::train {

/// What a gradient makes of the parameters, to which an l1 or l2 regulariser's is added. Plain
/// descent, θ ← θ − η ∂loss/∂θ, takes place within the product that makes the gradient. All else
/// stores gradients, shortens them to `clip_norm` (by the norm of all together) and leaves the step
/// to LibTorch's torch::optim::SGD, Adam, AdamW, RMSprop or Adagrad, their other options at
/// LibTorch's defaults. They work element by element, so parameters are cut into blocks with an
/// optimizer each, and the team shares them out.
class ParameterStep {
 public:
  /// `parameters` are moved where they lie.
  ParameterStep(const model::TrainingOptions& options, NetworkParameters& parameters,
                WorkerTeam& team);
  ~ParameterStep();

  /// What NetworkPass::backward() is to do with gradients at this rate.
  NetworkPass::Use use(double rate);
  /// The rest of the step, after backward().
  void finish(double rate);

  /// What the optimizers remember, for load().
  std::string save() const;
  void load(const std::string& bytes);

  /// Numbers held for each parameter beside itself.
  static double numbers_per_parameter(const model::TrainingOptions& options);

 private:
  class Optimizers;

  NetworkParameters& parameters_;
  std::unique_ptr<Optimizers> optimizers_;  ///< null: plain descent
};

}  // namespace wideproof::train
