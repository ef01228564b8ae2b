// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/training/training_prediction.hpp>

namespace wideproof::compare {

/// By step, the squared loss that is to be expected of networks of a law of mean m and covariance
/// V,
///
///   E ½ Σ_a Σ_c (f_c(x_a) − y_ac)² = ½ Σ_a (Σ_c (m_c(x_a) − y_ac)² + C V_aa)
///
/// over these `rows` of the targets y, N × C.
std::vector<double> expected_losses(const std::vector<model::TrainedLaw>& laws,
                                    const Eigen::MatrixXd& targets,
                                    const std::vector<Eigen::Index>& rows);

}  // namespace wideproof::compare
