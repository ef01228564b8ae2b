// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>

#include <Eigen/Core>

namespace wideproof::theory {

/// Cosines of `count` directions drawn uniformly in `dimension` dimensions.
inline Eigen::MatrixXd random_cosines(Eigen::Index count, Eigen::Index dimension,
                                      std::uint64_t seed = 1) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Eigen::MatrixXd x(dimension, count);
  for (double& entry : x.reshaped()) entry = normal(engine);
  x.colwise().normalize();
  Eigen::MatrixXd cosines = x.transpose() * x;
  cosines.diagonal().setOnes();
  return cosines;
}

}  // namespace wideproof::theory
