// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/collapsed_sampler.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/model/input_error.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::Activation;
using model::LateralFilter;
using model::ThresholdRule;
using testing::epsilon;
using testing::largest_difference;

constexpr std::int64_t width = 5000;  // with 40 inputs: three blocks of 1600 or so, and a rest

Eigen::MatrixXd cosines_of(const torch::Tensor& inputs) {
  const auto gram = torch::mm(inputs, inputs.t()).contiguous();
  return Eigen::Map<const Eigen::MatrixXd>(gram.data_ptr<double>(), gram.size(0), gram.size(1));
}

SampledLaw law_of(Activation activation, ThresholdRule rule, const LateralFilter& presynaptic = {},
                  const LateralFilter& postsynaptic = {}) {
  return {.network = model::Network({.depth = 3,
                                     .activation = activation,
                                     .active_fraction = .2,
                                     .threshold = rule,
                                     .bias_variance = .1,
                                     .presynaptic = presynaptic,
                                     .postsynaptic = postsynaptic}),
          .weight_variance = 2.5,
          .preactivation_variance = {1, 1.2, 1.5}};
}

std::vector<LayerSummary> summaries(const CollapsedSampler& sampler, int threads = 1) {
  std::vector<LayerSummary> layers;
  sampler.sample(3, 7, threads, [&](const LayerSummary& layer) { layers.push_back(layer); });
  return layers;
}

std::vector<SampledLaw> some_laws() {
  const auto box = LateralFilter::box(7);
  const LateralFilter bell("filter",
                           {.kind = LateralFilter::Kind::gaussian, .taps = 5, .scale = 1});
  std::vector<SampledLaw> laws;
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    laws.push_back(law_of(Activation::thresholded_relu, rule));
    laws.push_back(law_of(Activation::thresholded_relu, rule, box));
    laws.push_back(law_of(Activation::thresholded_relu, rule, {}, bell));
    laws.push_back(law_of(Activation::thresholded_relu, rule, bell, box));
  }
  for (const auto activation :
       {Activation::relu, Activation::erf, Activation::tanh, Activation::linear}) {
    laws.push_back(law_of(activation, ThresholdRule::quantile));
    laws.push_back(law_of(activation, ThresholdRule::quantile, box, bell));
  }
  return laws;
}

TEST(CollapsedSampler, SummarisesTheNetworkThatItsOutputsShow) {
  const auto inputs = testing::some_inputs(40, 50);
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const auto& law : some_laws()) {
      const CollapsedSampler sampler(law, width, cosines_of(inputs), dtype);
      const LateralConvolver presynaptic(law.network.presynaptic(), width);
      const auto outputs = sampler.outputs(3, 7);
      const auto layers = summaries(sampler);
      ASSERT_EQ(layers.size(), 3U);
      for (std::size_t l = 0; l < 3; ++l) {
        const auto& z = outputs.activations[l];
        EXPECT_EQ(z.scalar_type(), dtype);
        const auto gram = [](const torch::Tensor& x) {
          return cosines_of(x.to(torch::kFloat64) / std::sqrt(double{width}));
        };
        const double scale = layers[l].gram.cwiseAbs().maxCoeff();
        EXPECT_EQ(layers[l].layer, static_cast<std::int64_t>(l) + 1);
        EXPECT_LE((layers[l].gram - gram(z)).cwiseAbs().maxCoeff(), 100 * epsilon(dtype) * scale);
        EXPECT_DOUBLE_EQ(layers[l].active_fraction,
                         (z > 0).to(torch::kFloat64).mean().item<double>());
        if (l == 2) {
          EXPECT_EQ(layers[l].presynaptic_gram.size(), 0);
          continue;
        }
        const auto seen = gram(presynaptic.correlate(z));
        EXPECT_LE((layers[l].presynaptic_gram - seen).cwiseAbs().maxCoeff(),
                  100 * epsilon(dtype) * seen.cwiseAbs().maxCoeff());
      }
    }
  }
}

TEST(CollapsedSampler, GivesEachLayerItsWidthAndActivation) {
  model::Network::Options options{.depth = 3, .active_fraction = .3};
  options.presynaptic = model::LateralFilter::box(3);
  options.layers.resize(3);
  options.layers[0].width_factor = .5;
  options.layers[1].activation = model::Activation::tanh;
  options.layers[1].width_factor = 2;
  options.layers[2].threshold = model::ThresholdRule::std;
  const SampledLaw law{.network = model::Network(options), .layer_weight_variances = {3, 2, 1}};
  const CollapsedSampler sampler(law, 64, cosines_of(testing::some_inputs(5, 8)), torch::kFloat64);
  const auto outputs = sampler.outputs(3, 7);
  const auto layers = summaries(sampler);
  ASSERT_EQ(layers.size(), 3U);
  const std::vector<std::int64_t> widths = {32, 128, 64};
  for (std::size_t l = 0; l < 3; ++l) {
    const auto layer = static_cast<std::int64_t>(l) + 1;
    const auto& z = outputs.activations[l];
    EXPECT_EQ(z.size(1), widths[l]);
    const auto again = LayerActivation(law.like_layer(layer))(outputs.preactivations[l], layer);
    EXPECT_LE(largest_difference(again, z), 1e-14);
    const Eigen::MatrixXd gram = cosines_of(z / std::sqrt(static_cast<double>(widths[l])));
    EXPECT_LE((layers[l].gram - gram).cwiseAbs().maxCoeff(), 1e-13);
    EXPECT_DOUBLE_EQ(layers[l].active_fraction, (z > 0).to(torch::kFloat64).mean().item<double>());
  }
}

TEST(CollapsedSampler, AppliesTheActivationOfTheWholeLayer) {
  for (const auto& law : some_laws()) {
    const CollapsedSampler sampler(law, width, cosines_of(testing::some_inputs(40, 50)),
                                   torch::kFloat32);
    const auto outputs = sampler.outputs(3, 7);
    const LayerActivation activation(law);
    for (std::size_t l = 0; l < 3; ++l) {
      const auto z = activation(outputs.preactivations[l], static_cast<std::int64_t>(l) + 1);
      EXPECT_LE(largest_difference(outputs.activations[l], z), 8 * epsilon(torch::kFloat32))
          << law.network.activation_name() << ' ' << name_of(law.network.threshold());
    }
  }
}

TEST(CollapsedSampler, GivesTheSameBitsForAnyNumberOfThreads) {
  torch::set_num_threads(1);  // of this thread, as of any worker's
  for (const auto& law : some_laws()) {
    const CollapsedSampler sampler(law, 20000, cosines_of(testing::some_inputs(40, 50)),
                                   torch::kFloat32);
    const auto one = summaries(sampler, 1);
    for (const int threads : {2, 3}) {
      const auto several = summaries(sampler, threads);
      for (std::size_t l = 0; l < 3; ++l) {
        EXPECT_EQ(one[l].gram, several[l].gram);
        EXPECT_EQ(one[l].presynaptic_gram, several[l].presynaptic_gram);
        EXPECT_EQ(one[l].active_fraction, several[l].active_fraction);
      }
    }
  }
}

TEST(CollapsedSampler, GivesDuplicateInputsTheSameLayer) {
  auto inputs = testing::some_inputs(6, 4);
  inputs[3].copy_(inputs[1]);
  inputs[4].copy_(-inputs[1]);
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const CollapsedSampler sampler(law_of(Activation::thresholded_relu, ThresholdRule::quantile),
                                   width, cosines_of(inputs), dtype);
    const auto outputs = sampler.outputs(3, 7);
    for (const auto& h : outputs.preactivations) {
      // Up to the pivots that count as rounding, some 16 epsilon of the variance.
      const double bound = 40 * std::sqrt(epsilon(dtype));
      EXPECT_LE(largest_difference(h[1], h[3]), bound);
      EXPECT_GT(largest_difference(h[1], h[2]), 1);
    }
    EXPECT_LE(largest_difference(outputs.preactivations[0][1], -outputs.preactivations[0][4]),
              40 * epsilon(dtype));
  }
}

TEST(CollapsedSampler, LayersReplicatesAndSeedsDrawNumbersOfTheirOwn) {
  const CollapsedSampler sampler(law_of(Activation::linear, ThresholdRule::fixed), 300,
                                 Eigen::MatrixXd::Identity(2, 2), torch::kFloat64);
  const auto h = sampler.outputs(3, 7).preactivations;
  EXPECT_GT(largest_difference(h[0], h[1]), .1);
  EXPECT_GT(largest_difference(h[0], sampler.outputs(3, 8).preactivations[0]), .1);
  EXPECT_GT(largest_difference(h[0], sampler.outputs(4, 7).preactivations[0]), .1);
  EXPECT_TRUE(torch::equal(h[2], sampler.outputs(3, 7).preactivations[2]));
}

TEST(CollapsedSampler, RefusesAFilterThatDoesNotFit) {
  const auto law =
      law_of(Activation::relu, ThresholdRule::fixed, LateralFilter::box(4, model::Sheet::torus));
  EXPECT_THROW(CollapsedSampler(law, 47, Eigen::MatrixXd::Identity(2, 2), torch::kFloat32),
               model::InputError);
}

TEST(CollapsedSampler, RefusesMoreNumbersThanAStreamHolds) {
  const auto law = law_of(Activation::relu, ThresholdRule::fixed);
  const Eigen::MatrixXd cosines = Eigen::MatrixXd::Identity(1024, 1024);
  EXPECT_NO_THROW(CollapsedSampler(law, std::int64_t{1} << 24, cosines, torch::kFloat32));
  EXPECT_THROW(CollapsedSampler(law, (std::int64_t{1} << 24) + 1, cosines, torch::kFloat32),
               model::InputError);
  EXPECT_THROW(CollapsedSampler(law, std::int64_t{1} << 24, cosines, torch::kFloat64),
               model::InputError);
}

}  // namespace
}  // namespace wideproof::sim
