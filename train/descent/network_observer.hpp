// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/descent/network_pass.hpp>
#include <wideproof/train/descent/training_plan.hpp>

namespace wideproof::train {

/// Some rows of `all`: a view where they follow each other, else a copy.
at::Tensor select_rows(const at::Tensor& all, const std::vector<std::int64_t>& rows);

/// Looks at one network: pushes all inputs through it, some hundred at a time.
class NetworkObserver {
 public:
  NetworkObserver(const TrainingPlan& plan, const sim::NetworkId& id, WorkerTeam& team);

  /// What the hidden layers alone show.
  struct Hidden {
    Eigen::VectorXd active_fractions;
    double effective_dimension = 0;
    Eigen::VectorXd degrees_of_correlation;
    model::SeenActivity activity;
  };

  struct Seen {
    Eigen::MatrixXd outputs;  ///< f, N × C
    Hidden hidden;
  };

  /// Of a network with all of its layers, on the plan's inputs. `features`, if given, gets the last
  /// hidden layer's activations, N × n. `step`: of training, by which labels are dealt out.
  Seen look(NetworkPass& pass, const NetworkParameters& parameters, std::int64_t step,
            at::Tensor* features = nullptr) const;

  /// f of a readout on N × n activations, N × C.
  Eigen::MatrixXd read_out(NetworkPass& pass, const NetworkParameters& readout,
                           const at::Tensor& features) const;

  /// First output's tangent kernel on the training inputs, rows of `inputs`.
  Eigen::MatrixXd tangent(NetworkPass& pass, const NetworkParameters& parameters,
                          const at::Tensor& inputs) const;

 private:
  /// Calls visit(rows) after each forward pass; the training inputs come first.
  void push(NetworkPass& pass, const NetworkParameters& parameters, const at::Tensor& inputs,
            Eigen::MatrixXd& outputs,
            const std::function<void(const std::vector<std::int64_t>&)>& visit) const;

  const TrainingPlan& plan_;
  sim::NetworkId id_;
  WorkerTeam& team_;
};

}  // namespace wideproof::train
