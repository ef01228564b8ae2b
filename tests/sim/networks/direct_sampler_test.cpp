// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/direct_sampler.hpp>

#include <sys/resource.h>

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <unistd.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/networks/sparse_correlated_network.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Sheet;
using model::ThresholdRule;
using testing::epsilon;
using testing::largest_difference;
using testing::some_inputs;

/// Sampler and module sum the same n products of size about 1 in different order, layer upon layer.
double rounding(torch::ScalarType dtype, std::int64_t width) {
  return 16 * static_cast<double>(width) * epsilon(dtype);
}

/// Largest difference of any layer between the sampler's network and the module's.
double worst_difference(const SampledLaw& law, std::int64_t width, torch::ScalarType dtype,
                        std::int64_t module_replicate = 7) {
  const auto x = some_inputs(5, 6, dtype);
  const auto direct = DirectSampler(law, width, x).outputs(3, 7);
  SparseCorrelatedNetwork network(SparseCorrelatedNetworkOptions(6, width)
                                      .law(law)
                                      .seed(3)
                                      .replicate(module_replicate)
                                      .dtype(dtype));
  const auto module = network->forward(x);
  EXPECT_EQ(direct.preactivations.size(), module.preactivations.size());
  double worst = 0;
  for (std::size_t l = 0; l < module.preactivations.size(); ++l) {
    EXPECT_EQ(direct.activations[l].scalar_type(), dtype);
    worst = std::max({worst, largest_difference(direct.preactivations[l], module.preactivations[l]),
                      largest_difference(direct.activations[l], module.activations[l])});
  }
  return worst;
}

SampledLaw correlated_law(Sheet sheet, Activation activation = Activation::thresholded_relu,
                          ThresholdRule rule = ThresholdRule::quantile) {
  return {
      .network = model::Network(
          {.depth = 3,
           .activation = activation,
           .active_fraction = .2,
           .threshold = rule,
           .bias_variance = .4,
           .presynaptic = LateralFilter::box(4, sheet),
           .postsynaptic = LateralFilter(
               "filter",
               {.kind = LateralFilter::Kind::gaussian, .sheet = sheet, .taps = 5, .scale = 1})}),
      .weight_variance = 2.5,
      .preactivation_variance = {1, 1.5, 2}};
}

TEST(DirectSampler, IsTheModuleForEveryActivationAndThresholdRule) {
  for (const auto activation :
       {Activation::thresholded_relu, Activation::thresholded_step, Activation::relu,
        Activation::erf, Activation::tanh, Activation::linear}) {
    for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
      EXPECT_LE(
          worst_difference(correlated_law(Sheet::ring, activation, rule), 48, torch::kFloat64),
          rounding(torch::kFloat64, 48))
          << name_of(activation) << ' ' << name_of(rule);
    }
  }
}

TEST(DirectSampler, TellsAnInputTheSameAmongManyAsAmongFew) {
  // More than 256 inputs are multiplied with larger blocks of weights.
  const std::int64_t width = 300;
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto inputs = some_inputs(700, 6, dtype);
    const auto law = correlated_law(Sheet::ring);
    const auto many = DirectSampler(law, width, inputs).outputs(3, 7);
    const auto few = DirectSampler(law, width, inputs.narrow(0, 0, 5).contiguous()).outputs(3, 7);
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_LE(largest_difference(many.preactivations[l].narrow(0, 0, 5), few.preactivations[l]),
                rounding(dtype, width));
    }
  }
}

TEST(DirectSampler, IsTheModuleOnRingAndTorusInBothTypes) {
  for (const auto sheet : {Sheet::ring, Sheet::torus}) {
    for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
      EXPECT_LE(worst_difference(correlated_law(sheet), 48, dtype), rounding(dtype, 48))
          << name_of(sheet);
    }
  }
}

TEST(DirectSampler, IsTheModuleForUniformCorrelation) {
  const SampledLaw law{.network = model::Network({.depth = 3,
                                                  .active_fraction = .3,
                                                  .presynaptic = LateralFilter::uniform(6),
                                                  .postsynaptic = LateralFilter::uniform(-1)}),
                       .weight_variance = 3};
  EXPECT_LE(worst_difference(law, 48, torch::kFloat64), rounding(torch::kFloat64, 48));
}

TEST(DirectSampler, IsTheModuleWhereItDrawsWeightsInSeveralBlocks) {
  const SampledLaw law{.network = model::Network({.depth = 2}), .weight_variance = 20};
  EXPECT_LE(worst_difference(law, 700, torch::kFloat64), rounding(torch::kFloat64, 700));
}

/// Of different widths, activations, thresholds and variances, some with a scale of their own.
SampledLaw mixed_law() {
  auto options = correlated_law(Sheet::ring).network.options();
  options.depth = 4;
  options.layers.resize(4);
  options.layers[0].activation = Activation::relu;
  options.layers[0].width_factor = 2;
  options.layers[1].activation = Activation::tanh;
  options.layers[1].bias_variance = .3;
  options.layers[1].width_factor = .5;
  options.layers[2].threshold = ThresholdRule::std;
  options.layers[3].activation = Activation::pointwise;
  options.layers[3].function = model::PointwiseOptions{.function = model::Function::gelu};
  options.layers[3].bias_variance = 0;
  return {.network = model::Network(options),
          .preactivation_variance = {1, 1.5, 2, 1},
          .layer_weight_variances = {2.5, 1.5, 3, 3}};
}

TEST(DirectSampler, IsTheModuleWhereLayersDiffer) {
  const auto law = mixed_law();
  EXPECT_LE(worst_difference(law, 48, torch::kFloat64), rounding(torch::kFloat64, 96));
  const auto outputs = DirectSampler(law, 48, some_inputs(5, 6, torch::kFloat64)).outputs(3, 7);
  for (std::size_t l = 0; l < 4; ++l)
    EXPECT_EQ(outputs.activations[l].size(1), (std::vector<std::int64_t>{96, 24, 48, 48})[l]);
  const auto last = outputs.preactivations.back();
  EXPECT_LE(largest_difference(last * .5 * (1 + at::erf(last / std::sqrt(2.))),
                               outputs.activations.back()),
            rounding(torch::kFloat64, 48));
  auto other = law;
  other.layer_weight_variances[1] = 1.6;
  EXPECT_GT(largest_difference(DirectSampler(other, 48, some_inputs(5, 6, torch::kFloat64))
                                   .outputs(3, 7)
                                   .preactivations[2],
                               outputs.preactivations[2]),
            .01);
}

/// Norms beyond float32 pass a layer that is homogeneous to one that is not.
TEST(DirectSampler, GoesFromOneUnitToAnother) {
  model::Network::Options options{.depth = 3, .activation = Activation::relu};
  options.layers.resize(3);
  options.layers[2].activation = Activation::tanh;
  const SampledLaw law{.network = model::Network(options),
                       .layer_weight_variances = {0x1p100, 0x1p-100, 1}};
  const SampledLaw plain{.network = model::Network(options), .layer_weight_variances = {1, 1, 1}};
  const auto x = some_inputs(5, 6, torch::kFloat32);
  const auto far = DirectSampler(law, 48, x).outputs(3, 7);
  const auto near = DirectSampler(plain, 48, x).outputs(3, 7);
  EXPECT_EQ(largest_difference(far.activations[2], near.activations[2]), 0);
  EXPECT_EQ(largest_difference(far.activations[1] * 0x1p-50, near.activations[1]), 0);
}

TEST(DirectSampler, IsNotTheModuleOfAnotherReplicate) {
  EXPECT_GT(worst_difference(correlated_law(Sheet::ring), 48, torch::kFloat32, 8), .1);
}

TEST(DirectSampler, ShowsWhatTheNextLayersWeightsSee) {
  const auto law = correlated_law(Sheet::torus);
  const LateralConvolver convolver(law.network.presynaptic(), 48);
  std::vector<std::int64_t> layers;
  DirectSampler(law, 48, some_inputs(5, 6))
      .pass(3, 7, 1,
            [&](std::int64_t layer, const auto&, const auto&, const auto& z,
                const auto& presynaptic) {
              layers.push_back(layer);
              ASSERT_EQ(presynaptic.defined(), layer < 3);
              if (layer < 3) {
                EXPECT_TRUE(torch::equal(presynaptic, convolver.correlate(z)));
              }
            });
  EXPECT_EQ(layers, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(DirectSampler, RefusesAFilterThatDoesNotFit) {
  EXPECT_THROW(DirectSampler(correlated_law(Sheet::torus), 47, some_inputs(5, 6)),
               model::InputError);
}

/// While it lives, the process may take only `bytes` more address space.
class MemoryLimit {
 public:
  explicit MemoryLimit(rlim_t bytes) {
    getrlimit(RLIMIT_AS, &before_);
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlimit limit{pages * static_cast<rlim_t>(getpagesize()) + bytes, before_.rlim_max};
    setrlimit(RLIMIT_AS, &limit);
  }
  ~MemoryLimit() { setrlimit(RLIMIT_AS, &before_); }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  rlimit before_{};
};

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(DirectSampler, NeverHoldsAWholeWeightMatrix) {
  constexpr std::int64_t width = 6000;  // 144 MB of weights a layer
  const SampledLaw law{.network = model::Network({.depth = 2}), .weight_variance = 20};
  const DirectSampler sampler(law, width, some_inputs(2, 2, torch::kFloat32));
  const auto whole_matrix = [] { return torch::empty({width, width}, torch::kFloat32); };
  {
    const MemoryLimit limit(rlim_t{64} << 20);
    EXPECT_NO_THROW(sampler.outputs(1, 1));
    EXPECT_ANY_THROW(whole_matrix());
  }
  EXPECT_NO_THROW(whole_matrix());
}
#endif

}  // namespace
}  // namespace wideproof::sim
