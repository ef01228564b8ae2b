// SPDX-License-Identifier: MIT
#include <wideproof/model.hpp>
#include <wideproof/theory.hpp>

int main() {
  const wideproof::model::Network network({.active_fraction = 0.3});
  const Eigen::Matrix2d cosines{{1.0, 0.5}, {0.5, 1.0}};
  const auto prediction = wideproof::theory::predict(network, cosines);
  return prediction.layers.back().gram.diagonal().isOnes(1e-12) ? 0 : 1;
}
