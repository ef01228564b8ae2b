// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/descent/worker_team.hpp>

namespace wideproof::train {

/// The presynaptic degree of correlation of the weights of layers 2…depth, estimated from
/// themselves: the sum of a row's circular autocorrelation over all offsets but 0, over that at 0,
///
///   m̂ = Σ_i (Σ_j W_ij)²/Σ_ij W_ij² − 1.
///
/// Before training the mean of the first sum is n σ² (1 + m) and that of the second n σ², m being
/// the filter's. Of a field it is taken of the weights that the filters make of it.
Eigen::VectorXd degrees_of_correlation(const NetworkParameters& parameters,
                                       const model::Network& network,
                                       const model::TrainingOptions& options, WorkerTeam& team);

}  // namespace wideproof::train
