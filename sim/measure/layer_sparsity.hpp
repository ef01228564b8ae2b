// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/sparsity/sparsity_series.hpp>
#include <wideproof/sim/layers/layer_summary.hpp>

namespace wideproof::sim {

/// The numbers of model::SparsityNumber, in their order, of one layer of one network.
/// `multiplicity`: how many inputs each of the summary's stands for.
Eigen::VectorXd layer_sparsity(const LayerSummary& layer, const Eigen::VectorXd& multiplicity);

}  // namespace wideproof::sim
