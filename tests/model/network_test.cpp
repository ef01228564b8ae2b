// SPDX-License-Identifier: MIT
#include <wideproof/model/network.hpp>

#include <gmock/gmock.h>

#include <limits>
#include <stdexcept>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::StartsWith;
using NetworkOptions = Network::Options;

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double no_bound = std::numeric_limits<double>::infinity();

template <class Change>
Network changed(Change change) {
  NetworkOptions options;
  change(options);
  return Network(options);
}

template <class Change>
std::string network_refusal(Change change) {
  return refusal([&] { changed(change); });
}

TEST(Network, KeepsWhatItWasGiven) {
  const Network network = changed([&](NetworkOptions& o) {
    o.depth = 5;
    o.activation = Activation::thresholded_step;
    o.active_fraction = 0.25;
    o.threshold = ThresholdRule::fixed;
    o.weight_variance = 2.0;
    o.bias_variance = 1.5;
    o.presynaptic = LateralFilter::box(3);
    o.postsynaptic = LateralFilter::uniform(2);
  });
  EXPECT_EQ(network.depth(), 5);
  EXPECT_EQ(network.activation(), Activation::thresholded_step);
  EXPECT_EQ(network.active_fraction(), 0.25);
  EXPECT_EQ(network.threshold(), ThresholdRule::fixed);
  EXPECT_EQ(network.weight_variance(), 2.0);
  EXPECT_EQ(network.bias_variance(), 1.5);
  EXPECT_EQ(network.presynaptic().options().taps, 3);
  EXPECT_EQ(network.postsynaptic().options().degree, 2);
}

TEST(Network, OfNoOptionsHasTheDefaults) {
  const Network network({});
  EXPECT_EQ(network.depth(), NetworkOptions().depth);
  EXPECT_EQ(network.active_fraction(), NetworkOptions().active_fraction);
  EXPECT_FALSE(network.weight_variance());
}

TEST(Network, NamesADepthOutOfRange) {
  for (const std::int64_t depth : {0, -1, 1001}) {
    EXPECT_EQ(network_refusal([&](NetworkOptions& o) { o.depth = depth; }),
              fmt::format("network.depth = {}: must lie in [1, 1000] (hidden layers)", depth));
  }
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) { o.depth = 1; }));
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) { o.depth = 1000; }));
}

TEST(Network, NamesAnActiveFractionBeyondTheCertifiedKernel) {
  for (const double fraction : {0.0, 1.0, -1.0, 1.3, 0.00005, 0.95, no_number}) {
    EXPECT_EQ(network_refusal([&](NetworkOptions& o) { o.active_fraction = fraction; }),
              fmt::format("network.active_fraction = {}: must lie in [0.0001, 0.9]", fraction));
  }
}

TEST(Network, TakesEveryActiveFractionWhoseKernelIsCertified) {
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) { o.active_fraction = 0.0001; }));
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) { o.active_fraction = 0.9; }));
}

TEST(Network, ReadsAnActiveFractionOnlyWithAThreshold) {
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) {
    o.activation = Activation::relu;
    o.active_fraction = no_number;
  }));
}

TEST(Network, NamesAWeightVarianceThatIsNotPositive) {
  for (const double variance : {0.0, -1.0, no_number, no_bound}) {
    EXPECT_THAT(
        network_refusal([&](NetworkOptions& o) { o.weight_variance = variance; }),
        StartsWith(fmt::format("network.weight_variance = {}: must be positive", variance)));
  }
}

TEST(Network, NamesABiasVarianceOutOfRange) {
  for (const double variance : {-0.1, no_number, no_bound}) {
    EXPECT_EQ(network_refusal([&](NetworkOptions& o) {
                o.weight_variance = 1.0;
                o.bias_variance = variance;
              }),
              fmt::format("network.bias_variance = {}: must be finite and at least 0", variance));
  }
}

TEST(Network, ACriticalWeightVarianceLeavesRoomForABiasBelowOne) {
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) { o.bias_variance = 0.99; }));
  EXPECT_NO_THROW(changed([&](NetworkOptions& o) {
    o.weight_variance = 1.0;
    o.bias_variance = 1.0;
  }));
  EXPECT_THAT(network_refusal([&](NetworkOptions& o) { o.bias_variance = 1.0; }),
              StartsWith("network.bias_variance = 1: must be below 1"));
}

TEST(Network, LayersMayHaveWidthsOfTheirOwn) {
  NetworkOptions options;
  options.depth = 3;
  EXPECT_TRUE(Network(options).has_one_width());
  EXPECT_EQ(Network(options).widths(450), (std::vector<std::int64_t>{450, 450, 450}));
  options.layers = {{1}, {350. / 450}, {200. / 450}};
  EXPECT_FALSE(Network(options).has_one_width());
  EXPECT_EQ(Network(options).widths(450), (std::vector<std::int64_t>{450, 350, 200}));
  EXPECT_EQ(Network(options).widths(1), (std::vector<std::int64_t>{1, 1, 1}));
  EXPECT_EQ(network_refusal([](NetworkOptions& o) {
              o.layers = {{1}, {1}};
            }),
            "network.layers = 2 layers: must hold one for each of 3 hidden layers");
  for (const double factor : {0., -1., 1001., std::nan("")}) {
    EXPECT_THAT(network_refusal([&](NetworkOptions& o) {
                  o.layers = {{1}, {factor}, {1}};
                }),
                StartsWith("network.layers[1].width_factor = "));
  }
}

TEST(Network, LayersMayHaveLawsOfTheirOwn) {
  const Network network = changed([](NetworkOptions& o) {
    o.active_fraction = .3;
    o.bias_variance = .2;
    o.layers.resize(3);
    o.layers[0].activation = Activation::relu;
    o.layers[0].weight_variance = 1.5;
    o.layers[1].activation = Activation::pointwise;
    o.layers[1].function = PointwiseOptions{.function = Function::leaky_relu, .slope = .1};
    o.layers[1].weight_variance = 2.5;
    o.layers[1].bias_variance = 0;
    o.layers[2].threshold = ThresholdRule::std;
  });
  EXPECT_FALSE(network.is_uniform());
  EXPECT_TRUE(network.has_one_width());
  EXPECT_EQ(network.input_weight_variance(), 1.5);
  EXPECT_EQ(network.input_bias_variance(), 0);
  const auto& first = network.like_layer(1);
  EXPECT_EQ(first.activation(), Activation::relu);
  EXPECT_EQ(first.weight_variance(), 2.5);
  EXPECT_EQ(first.bias_variance(), 0);
  const auto& second = network.like_layer(2);
  EXPECT_EQ(second.activation_name(), "leaky-relu");
  EXPECT_EQ(second.nonlinearity()(-2), -.2);
  EXPECT_FALSE(second.weight_variance());
  EXPECT_EQ(second.bias_variance(), .2);
  const auto& last = network.like_layer(3);
  EXPECT_EQ(last.activation(), Activation::thresholded_relu);
  EXPECT_EQ(last.active_fraction(), .3);
  EXPECT_EQ(last.threshold(), ThresholdRule::std);
  EXPECT_TRUE(has_negative_activities(network));
  EXPECT_FALSE(has_jumps(network));
  EXPECT_THROW(network.like_layer(4), std::out_of_range);
  // What it says of its layers says all of them.
  const Network again(network.options());
  for (std::int64_t layer = 1; layer <= 3; ++layer) {
    EXPECT_EQ(again.like_layer(layer).activation_name(),
              network.like_layer(layer).activation_name());
    EXPECT_EQ(again.like_layer(layer).weight_variance(),
              network.like_layer(layer).weight_variance());
    EXPECT_EQ(again.like_layer(layer).bias_variance(), network.like_layer(layer).bias_variance());
  }
}

TEST(Network, OfLayersThatAreGivenTheSameIsUniform) {
  const Network network = changed([](NetworkOptions& o) {
    o.layers.resize(3);
    for (auto& layer : o.layers) {
      layer.activation = Activation::tanh;
      layer.weight_variance = 1.5;
      layer.bias_variance = .1;
    }
    o.layers[1].width_factor = 2;
  });
  EXPECT_TRUE(network.is_uniform());
  EXPECT_TRUE(network.gives_layers_laws());
  EXPECT_EQ(&network.like_layer(3), &network);
  EXPECT_EQ(network.activation(), Activation::tanh);
  EXPECT_EQ(network.weight_variance(), 1.5);
  EXPECT_EQ(network.bias_variance(), .1);
  EXPECT_EQ(network.input_weight_variance(), 1.5);
  EXPECT_EQ(network.widths(10), (std::vector<std::int64_t>{10, 20, 10}));
}

TEST(Network, NamesWhatIsWrongInALayer) {
  const auto refused = [](const Network::Layer& layer, std::size_t at = 1) {
    return network_refusal([&](NetworkOptions& o) {
      o.layers.resize(3);
      o.layers[at] = layer;
    });
  };
  EXPECT_THAT(refused({.active_fraction = 1.5}),
              StartsWith("network.layers[1].active_fraction = 1.5: "));
  EXPECT_THAT(refused({.weight_variance = -1}),
              StartsWith("network.layers[1].weight_variance = -1: "));
  EXPECT_THAT(refused({.bias_variance = -1}), StartsWith("network.layers[1].bias_variance = -1: "));
  EXPECT_THAT(refused({.weight_variance = std::optional<double>()}, 0),
              StartsWith("network.layers[0].weight_variance = \"critical\": "));
  EXPECT_THAT(refused({.activation = Activation::pointwise,
                       .function = PointwiseOptions{.function = Function::expression,
                                                    .expression = "x +"}}),
              StartsWith("network.layers[1].expression = "));
  EXPECT_THAT(network_refusal([](NetworkOptions& o) {
                o.input_weight_variance = 3;
                o.layers.resize(3);
                o.layers[0].weight_variance = 2;
              }),
              StartsWith("network.layers[0].weight_variance = 2: is given by "
                         "network.input_weight_variance too"));
}

TEST(Network, BothLocalFiltersShareOneSheet) {
  NetworkOptions options;
  options.presynaptic = LateralFilter::box(3, Sheet::torus);
  options.postsynaptic = LateralFilter::box(3, Sheet::ring);
  EXPECT_THAT(
      refusal([&] { Network{options}; }),
      StartsWith("network.postsynaptic.sheet = ring: must equal network.presynaptic.sheet"));
  options.postsynaptic = LateralFilter::uniform(2);
  EXPECT_NO_THROW(Network{options});
}

}  // namespace
}  // namespace wideproof::model
