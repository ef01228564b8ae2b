// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/tangent_sampler.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/single_threaded_blas.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::Activation;
using model::LateralFilter;
using model::TangentLayers;
using model::TangentOptions;
using model::ThresholdGradient;
using model::ThresholdRule;
using model::Trained;
using testing::epsilon;

using Matrices = std::vector<Eigen::MatrixXd>;

constexpr std::int64_t tangent_width = 5000;  // with 40 inputs: three blocks of 1600 or so, a rest
constexpr double of_readout = 1.7;

SampledLaw tangent_law(ThresholdRule rule, const LateralFilter& presynaptic = {},
                       const LateralFilter& postsynaptic = {},
                       Activation activation = Activation::thresholded_relu) {
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

Eigen::MatrixXd gram_of(const torch::Tensor& inputs) {
  const auto gram = torch::mm(inputs, inputs.t()).contiguous();
  return Eigen::Map<const Eigen::MatrixXd>(gram.data_ptr<double>(), gram.size(0), gram.size(1));
}

TangentSampler sampler_of(const SampledLaw& law, torch::ScalarType dtype,
                          const TangentOptions& options = {}, std::int64_t width = tangent_width,
                          const Eigen::MatrixXd& cosines = gram_of(testing::some_inputs(40, 50))) {
  return {law, width, cosines, dtype, options, of_readout};
}

std::vector<LayerSummary> shown_by(const NetworkSampler& sampler, int threads = 1) {
  const SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);  // of this thread, as of any worker's
  std::vector<LayerSummary> all;
  sampler.sample(3, 7, threads, [&](const LayerSummary& shown) { all.push_back(shown); });
  return all;
}

struct TangentCase {
  SampledLaw law;
  TangentOptions options;
};

std::vector<TangentCase> some_cases() {
  const auto box = LateralFilter::box(7);
  const LateralFilter bell("filter",
                           {.kind = LateralFilter::Kind::gaussian, .taps = 5, .scale = 1});
  std::vector<TangentCase> cases;
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    cases.push_back({tangent_law(rule), {}});
    cases.push_back({tangent_law(rule, box), {.trained = Trained::field}});
    cases.push_back({tangent_law(rule, bell, box), {.trained = Trained::field}});
    cases.push_back(
        {tangent_law(rule, {}, bell),
         {.layers = TangentLayers::output, .threshold_gradient = ThresholdGradient::through}});
  }
  for (const auto activation :
       {Activation::relu, Activation::erf, Activation::tanh, Activation::linear}) {
    cases.push_back({tangent_law(ThresholdRule::fixed, {}, {}, activation), {}});
  }
  return cases;
}

double distance(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  return (a - b).cwiseAbs().maxCoeff() / b.cwiseAbs().maxCoeff();
}

TEST(TangentSampler, ShowsTheLayersThatTheCollapsedSamplerShows) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const auto& [law, options] : some_cases()) {
      const auto shown = shown_by(sampler_of(law, dtype, options));
      const CollapsedSampler collapsed(law, tangent_width, gram_of(testing::some_inputs(40, 50)),
                                       dtype);
      const auto layers = shown_by(collapsed);
      const auto kernels = static_cast<std::size_t>(TangentSampler::kernels(options.layers, 3));
      ASSERT_EQ(shown.size(), 3 + kernels);
      for (std::size_t l = 0; l < shown.size(); ++l) {
        EXPECT_EQ(shown[l].layer, static_cast<std::int64_t>(l) + 1);
        EXPECT_TRUE(shown[l].gram.allFinite());
        if (l >= 3) {
          EXPECT_EQ(shown[l].presynaptic_gram.size(), 0);
          EXPECT_GT(shown[l].gram.diagonal().minCoeff(), 0);
          continue;
        }
        EXPECT_EQ(shown[l].gram, layers[l].gram);
        EXPECT_EQ(shown[l].presynaptic_gram, layers[l].presynaptic_gram);
        EXPECT_EQ(shown[l].active_fraction, layers[l].active_fraction);
      }
    }
  }
}

TEST(TangentSampler, GivesTheSameBitsForAnyNumberOfThreads) {
  for (const auto& [law, options] : some_cases()) {
    const auto sampler = sampler_of(law, torch::kFloat32, options);
    const auto one = shown_by(sampler, 1);
    for (const int threads : {2, 3}) {
      const auto several = shown_by(sampler, threads);
      for (std::size_t l = 0; l < one.size(); ++l) EXPECT_EQ(one[l].gram, several[l].gram) << l;
    }
  }
}

// One layer: what the readout's gradients meet is what outputs() tells.
TEST(TangentSampler, IsKnownAtDepthOne) {
  for (const auto trained : {Trained::weights, Trained::field}) {
    auto law = tangent_law(ThresholdRule::std, {}, LateralFilter::box(3));
    auto options = law.network.options();
    options.depth = 1;
    law = {.network = model::Network(options), .weight_variance = 2.5};
    const auto cosines = gram_of(testing::some_inputs(40, 50));
    const auto shown =
        shown_by(sampler_of(law, torch::kFloat64, {.trained = trained}, tangent_width, cosines));
    const CollapsedSampler collapsed(law, tangent_width, cosines, torch::kFloat64);
    const auto z = collapsed.outputs(3, 7).activations[0];
    const NormalStream stream(stream_name({3, tangent_width, 7}, Purpose::readout, 1));
    const auto v = normal_tensor(stream, 0, 1, tangent_width, torch::kFloat64);
    auto gradients = v * (z > 0) * std::sqrt(of_readout / tangent_width);
    if (trained == Trained::field) {
      gradients = LateralConvolver(LateralFilter::box(3), tangent_width).correlate(gradients);
    }
    const Eigen::MatrixXd known =
        of_readout / tangent_width * gram_of(z) + gram_of(gradients).cwiseProduct(cosines);
    ASSERT_EQ(shown.size(), 3U);
    EXPECT_LE(distance(shown[1].gram, cosines), 1e-15);
    EXPECT_LE(distance(shown[2].gram, known), 1e-12);
  }
}

TEST(TangentSampler, ShowsTheSameOutputWhetherOrNotOtherLayersAreAskedFor) {
  for (const auto& [law, options] : some_cases()) {
    auto all = options;
    auto alone = options;
    all.layers = TangentLayers::all;
    alone.layers = TangentLayers::output;
    const auto of_all = shown_by(sampler_of(law, torch::kFloat64, all)).back();
    const auto of_output = shown_by(sampler_of(law, torch::kFloat64, alone)).back();
    EXPECT_LE(distance(of_all.gram, of_output.gram), 1e-9);
  }
}

// Multiples of two of all weights go through all layers as such.
TEST(TangentSampler, FollowsTheScaleOfWeights) {
  for (const double scale : {std::ldexp(1.0, -40), std::ldexp(1.0, 40)}) {
    auto law = tangent_law(ThresholdRule::quantile, LateralFilter::box(7));
    auto options = law.network.options();
    options.bias_variance = 0;
    law.network = model::Network(options);
    const auto plain = shown_by(sampler_of(law, torch::kFloat32));
    law.weight_variance *= scale * scale;
    const auto scaled = shown_by(sampler_of(law, torch::kFloat32));
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_EQ(scaled[3 + l].gram,
                plain[3 + l].gram * std::pow(scale, 2.0 * static_cast<double>(l)));
    }
    EXPECT_EQ(scaled[6].gram, plain[6].gram * std::pow(scale, 4.0));
  }
}

TEST(TangentSampler, TakesInputsThatCoincideOrAreOppositeAndMoreThanNeurons) {
  auto inputs = testing::some_inputs(30, 4);
  inputs[3].copy_(inputs[1]);
  inputs[4].copy_(-inputs[1]);
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const auto& [law, options] : some_cases()) {
      for (const std::int64_t width : {11, 700}) {
        const auto shown = shown_by(sampler_of(law, dtype, options, width, gram_of(inputs)));
        for (std::size_t l = 3; l < shown.size(); ++l) {
          const auto& gram = shown[l].gram;
          EXPECT_TRUE(gram.allFinite());
          const double scale = gram.diagonal().maxCoeff();
          // Some 10^−3 of normals go to pivots that are rounding; a neuron at its threshold may
          // part the two.
          if (width == 700) {
            EXPECT_LE((gram.col(1) - gram.col(3)).cwiseAbs().maxCoeff(), .02 * scale);
          }
        }
      }
    }
  }
}

TEST(TangentSampler, TakesLayersWithoutActiveNeurons) {
  auto law = tangent_law(ThresholdRule::fixed);
  auto options = law.network.options();
  options.bias_variance = 0;
  law.network = model::Network(options);
  law.preactivation_variance = {1e6, 1e6, 1e6};
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto shown = shown_by(sampler_of(law, dtype));
    EXPECT_EQ(shown[6].gram.cwiseAbs().maxCoeff(), 0);
    EXPECT_EQ(shown[5].gram.cwiseAbs().maxCoeff(), 0);
    EXPECT_LE(distance(shown[3].gram, gram_of(testing::some_inputs(40, 50))), 1e-15);
  }
}

TEST(TangentSampler, RefusesAStep) {
  EXPECT_THROW(sampler_of(tangent_law(ThresholdRule::fixed, {}, {}, Activation::thresholded_step),
                          torch::kFloat32),
               model::InputError);
}

TEST(TangentSampler, RefusesMoreGradientsThanAStreamHolds) {
  const auto law = tangent_law(ThresholdRule::std);
  const Eigen::MatrixXd cosines = Eigen::MatrixXd::Identity(1024, 1024);
  const auto at = [&](std::int64_t width, TangentLayers layers) {
    sampler_of(law, torch::kFloat32, {.layers = layers}, width, cosines);
  };
  EXPECT_NO_THROW(at(std::int64_t{1} << 24, TangentLayers::output));
  EXPECT_THROW(at(std::int64_t{1} << 23, TangentLayers::all), model::InputError);
  EXPECT_NO_THROW(at(std::int64_t{1} << 22, TangentLayers::all));
}

}  // namespace
}  // namespace wideproof::sim
