// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/hidden_statistics.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/train/descent/network_parameters.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

/// What a network of that width shows of that many inputs that come in two parts, and the same
/// worked out from all activations.
void expect_statistics(std::int64_t width, std::int64_t inputs) {
  const TrainableLaw law{.hidden = {.network = model::Network({.depth = 2, .active_fraction = .3}),
                                    .weight_variance = 3}};
  const model::TrainingOptions options{.steps = 1};
  testing::with_team(2, [&](WorkerTeam& team) {
    const auto parameters =
        draw_parameters(law, {.seed = 1, .width = width}, 6, 1, options, at::kDouble, team);
    NetworkPass pass(law, options, {width, width}, 1, inputs, at::kDouble, team);
    const auto x = sim::to_tensor(testing::some_field(inputs, 6), at::kDouble);
    HiddenStatistics statistics(inputs, {width, width}, at::kDouble,
                                activity_signs(law.hidden.network), team);
    for (const auto& part : x.split(inputs - inputs / 3)) {
      pass.forward(parameters, part);
      statistics.add(pass);
    }
    pass.forward(parameters, x);
    for (std::size_t layer = 0; layer < 2; ++layer) {
      EXPECT_DOUBLE_EQ(statistics.active_fractions()[static_cast<Eigen::Index>(layer)],
                       (pass.activations(layer) > 0).to(at::kDouble).mean().item<double>());
    }
    const auto z = pass.activations(1);
    const auto gram = torch::mm(z, z.t());
    const double trace = gram.trace().item<double>();
    const double dimension = trace * trace / gram.square().sum().item<double>();
    EXPECT_NEAR(statistics.effective_dimension(), dimension, 1e-12 * dimension);
  });
}

TEST(HiddenStatistics, AreThoseOfAllActivationsFromEitherSide) {
  expect_statistics(300, 40);
  expect_statistics(40, 300);
  expect_statistics(513, 517);
}

TEST(HiddenStatistics, HaveNoDimensionWhereBothSidesAreLarge) {
  WorkerTeam team(1);
  HiddenStatistics statistics(2001, {2001}, at::kFloat, {}, team);
  EXPECT_TRUE(std::isnan(statistics.effective_dimension()));
  EXPECT_EQ(HiddenStatistics::memory(2001, 2001, 4), 0);
}

}  // namespace
}  // namespace wideproof::train
