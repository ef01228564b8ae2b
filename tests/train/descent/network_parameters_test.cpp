// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_parameters.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/networks/sparse_correlated_network.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

constexpr sim::NetworkId some_id{.seed = 4, .width = 300, .replicate = 2};

TrainableLaw filtered_law() {
  const model::Network network({.depth = 3,
                                .bias_variance = .3,
                                .presynaptic = model::LateralFilter::box(3),
                                .postsynaptic = model::LateralFilter::uniform(2)});
  return {.hidden = {.network = network, .weight_variance = 2}, .readout_variance = 1.5};
}

NetworkParameters drawn(const model::TrainingOptions& options, int threads = 1) {
  NetworkParameters parameters;
  testing::with_team(threads, [&](WorkerTeam& team) {
    parameters = draw_parameters(filtered_law(), some_id, 5, 3, options, at::kDouble, team);
  });
  return parameters;
}

TEST(NetworkParameters, AreThoseOfTheModuleWhicheverScaleStandsBeside) {
  sim::SparseCorrelatedNetwork module(sim::SparseCorrelatedNetworkOptions(5, some_id.width)
                                          .law(filtered_law().hidden)
                                          .seed(some_id.seed)
                                          .replicate(some_id.replicate)
                                          .dtype(torch::kDouble));
  for (const auto parameterisation :
       {model::Parameterisation::tangent, model::Parameterisation::standard}) {
    for (const auto trained : {model::Trained::weights, model::Trained::field}) {
      const model::TrainingOptions options{
          .trained = trained, .parameterisation = parameterisation, .steps = 1};
      const auto parameters = drawn(options, 2);
      const bool beside = parameterisation == model::Parameterisation::tangent;
      EXPECT_DOUBLE_EQ(parameters[1].weight_scale, beside ? std::sqrt(2.0 / 300) : 1);
      EXPECT_DOUBLE_EQ(parameters[2].bias_scale, beside ? std::sqrt(.3) : 1);
      EXPECT_DOUBLE_EQ(parameters[3].weight_scale, beside ? std::sqrt(1.5 / 300) : 1);
      testing::with_team(2, [&](WorkerTeam& team) {
        for (const std::size_t layer : {1, 2}) {
          auto weights = parameters[layer].weights;
          if (trained == model::Trained::field) {
            weights = shaped_weights(weights, filtered_law().hidden.network, team);
          }
          const auto truth = module->weights[layer].detach();
          EXPECT_LE((weights * parameters[layer].weight_scale - truth).abs().max().item<double>(),
                    1e-13);
        }
      });
    }
  }
}

TEST(NetworkParameters, BeginTheReadoutWithTheTangentSamplersOutput) {
  const auto parameters = drawn({.steps = 1});
  const sim::NormalStream stream(stream_name(some_id, sim::Purpose::readout, 3));
  EXPECT_TRUE(parameters[3].weights.equal(sim::normal_tensor(stream, 0, 3, 300, at::kDouble)));
}

TEST(NetworkParameters, AreTheSameBitsForAnyNumberOfThreads) {
  const auto one = tensors_of(drawn({.steps = 1}, 1));
  const auto three = tensors_of(drawn({.steps = 1}, 3));
  ASSERT_EQ(one.size(), 6U);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_TRUE(one[i].equal(three[i])) << i;
}

}  // namespace
}  // namespace wideproof::train
