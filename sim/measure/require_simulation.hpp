// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::sim {

/// Throws model::InputError for options that no simulation can be run with. What an experiment file
/// has too is refused as there, by model::require_simulation() and by the file's key
/// (simulation.widths, simulation.replicates or, where a precision decides, .most_replicates, …);
/// the others by their own names: law.weight_variance and gram_scale have to be positive and
/// finite, and so each of law.preactivation_variance, one a layer or none; threads at least 1.
/// Tangent kernels take neither engine = "direct" nor variance_reduction.
void require_simulation(const MonteCarlo::Options& options);

/// `inputs`, P × dimension. Throws model::InputError naming `inputs` where there is none, where
/// they have no dimension, and for the first number that is not finite.
const Eigen::MatrixXd& require_inputs(const Eigen::MatrixXd& inputs);

/// `labels`: none, or one for each of the inputs. Throws model::InputError naming `labels`.
void require_labels(const std::vector<std::int64_t>& labels, const Eigen::MatrixXd& inputs);

}  // namespace wideproof::sim
