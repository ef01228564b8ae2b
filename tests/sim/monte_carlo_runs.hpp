// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::sim::testing {

inline constexpr double gram_scale = .2;
inline const auto go_on = [](const Progress&) { return true; };

/// Two layers with a filter and a bias, at two widths.
inline MonteCarlo::Options options(int threads) {
  const model::Network network({.depth = 2,
                                .active_fraction = .3,
                                .bias_variance = .2,
                                .presynaptic = model::LateralFilter::box(3)});
  return {.law = {.network = network, .weight_variance = 3},
          .widths = {16, 400},
          .stopping = {.replicates = 22},  // five blocks of four and one of two
          .seed = 11,
          .engine = model::Engine::direct,
          .gram_scale = gram_scale,
          .threads = threads};
}

/// With control variates.
inline MonteCarlo::Options reducing(int threads) {
  auto how = options(threads);
  how.engine = model::Engine::collapsed;
  how.variance_reduction = true;
  return how;
}

inline Eigen::MatrixXd inputs() {
  return model::circle_inputs(3).vectors();
}

inline MonteCarlo::State finished(const MonteCarlo::Options& how) {
  const MonteCarlo simulation(how, inputs());
  auto state = simulation.start();
  EXPECT_TRUE(simulation.run(state, go_on));
  return state;
}

}  // namespace wideproof::sim::testing
