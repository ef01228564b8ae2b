// SPDX-License-Identifier: MIT
// Weights 2^−k times as large make activations exactly 2^{−k (layer − 1)} times as large, in any
// arithmetic that holds both.
#include <wideproof/sim/layers/layer_unit.hpp>

#include <array>
#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/networks/readout_sampler.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

using model::Activation;
using model::LateralFilter;
using model::ThresholdRule;

constexpr std::int64_t depth = 7;

/// The law whose weights are 2^−`halvings` times as large; its biases, and the theory's norms,
/// where they have to be for the networks to be the same but for that.
SampledLaw law_of(const model::Network::Options& base, int halvings) {
  auto options = base;
  options.depth = depth;
  SampledLaw law{.network = model::Network(options),
                 .weight_variance = std::ldexp(6.0, -2 * halvings)};
  for (int layer = 0; layer < depth; ++layer) {
    law.preactivation_variance.push_back(std::ldexp(1.0 + layer / 8.0, -2 * halvings * layer));
  }
  return law;
}

std::vector<model::Network::Options> homogeneous_networks() {
  std::vector<model::Network::Options> networks;
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    networks.push_back({.active_fraction = .4, .threshold = rule});
    networks.push_back({.active_fraction = .4,
                        .threshold = rule,
                        .presynaptic = LateralFilter::box(5),
                        .postsynaptic = LateralFilter::box(3)});
  }
  networks.push_back({.activation = Activation::relu});
  networks.push_back({.activation = Activation::linear});
  return networks;
}

std::vector<LayerSummary> summaries(const NetworkSampler& sampler) {
  std::vector<LayerSummary> layers;
  sampler.sample(3, 7, 1, [&](const LayerSummary& layer) { layers.push_back(layer); });
  return layers;
}

/// Expects `small` to be `large` with the weights halved `halvings` times, to the last bit.
void expect_scaled(const std::vector<LayerSummary>& large, const std::vector<LayerSummary>& small,
                   int halvings) {
  ASSERT_EQ(large.size(), small.size());
  for (std::size_t l = 0; l < large.size(); ++l) {
    const double own = std::ldexp(1.0, -2 * halvings * static_cast<int>(l));
    EXPECT_GT(small[l].gram.diagonal().minCoeff(), 0) << l;
    EXPECT_EQ(small[l].gram, own * large[l].gram) << l;
    EXPECT_EQ(small[l].presynaptic_gram, own * large[l].presynaptic_gram) << l;
    EXPECT_EQ(small[l].active_fraction, large[l].active_fraction) << l;
    const double of_z = std::ldexp(1.0, -halvings * static_cast<int>(l));
    EXPECT_TRUE((small[l].mean_magnitude == of_z * large[l].mean_magnitude).all()) << l;
    EXPECT_EQ(small[l].silent_share, large[l].silent_share) << l;
    EXPECT_EQ(small[l].gram_control, own * large[l].gram_control) << l;
    EXPECT_EQ(small[l].correlation_control, large[l].correlation_control) << l;
  }
}

/// Grams of 10^±144 at the last layer: float32 ends at 10^±38.
constexpr std::array some_halvings = {3, 40, -40};

TEST(LayerUnit, KeepsCollapsedLayersInRangeToTheLastBit) {
  const auto cosines = model::circle_inputs(5).cosines();
  for (const auto& network : homogeneous_networks()) {
    for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
      const auto sampled = [&](int halvings) {
        return summaries(CollapsedSampler(law_of(network, halvings), 3000, cosines, dtype));
      };
      for (const int halvings : some_halvings)
        expect_scaled(sampled(0), sampled(halvings), halvings);
    }
  }
}

TEST(LayerUnit, KeepsDirectLayersInRangeToTheLastBit) {
  for (const auto& network : homogeneous_networks()) {
    for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
      const auto inputs = to_tensor(model::circle_inputs(5).vectors(), dtype);
      const auto sampled = [&](int halvings) {
        return summaries(DirectSampler(law_of(network, halvings), 64, inputs));
      };
      for (const int halvings : some_halvings)
        expect_scaled(sampled(0), sampled(halvings), halvings);
    }
  }
}

TEST(LayerUnit, KeepsControlVariates) {
  const auto cosines = model::circle_inputs(5).cosines();
  for (const auto& network : homogeneous_networks()) {
    if (network.activation == Activation::linear) continue;
    const auto sampled = [&](int halvings) {
      const auto law = law_of(network, halvings);
      return summaries(CollapsedSampler(law, 200, cosines, torch::kFloat32,
                                        ControlVariates::pair_means_of(law)));
    };
    for (const int halvings : some_halvings) expect_scaled(sampled(0), sampled(halvings), halvings);
  }
}

TEST(LayerUnit, ScalesBiasesAlong) {
  // Weights as they are and biases 2^100 times as large: from the second layer on biases are all
  // that counts, and hidden layers are as large as they.
  for (const auto engine : {model::Engine::collapsed, model::Engine::direct}) {
    MonteCarlo::Options how;
    how.law.network = model::Network({.depth = 3,
                                      .activation = Activation::relu,
                                      .weight_variance = 2.0,
                                      .bias_variance = 0x1p200});
    how.law.weight_variance = 2;
    how.widths = {100};
    how.stopping = {.replicates = 4};
    how.engine = engine;
    const MonteCarlo simulation(how, model::circle_inputs(3).vectors());
    auto state = simulation.start();
    simulation.run(state, [](const Progress&) { return true; });
    const auto measured = simulation.measurement(state);
    for (std::size_t layer = 1; layer < 3; ++layer) {
      const auto& gram = measured[layer].gram.mean;
      EXPECT_TRUE(gram.allFinite());
      // Half of the neurons of each layer, (layer) times the bias's variance; 400 neurons' χ².
      const double expected = static_cast<double>(layer) / 2 * 0x1p200;
      EXPECT_NEAR(gram(0, 0), expected, 0.7 * expected);
      EXPECT_NEAR(measured[layer].correlation.mean(0, 1), 1, 1e-5);
    }
  }
}

TEST(LayerUnit, KeepsTheStepOfAnyInput) {
  // Steps forget how large h is: the same Gram matrices but for the first layer's, which are too.
  const auto cosines = model::circle_inputs(5).cosines();
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std}) {
    const auto sampled = [&](int halvings) {
      auto law = law_of({.activation = Activation::thresholded_step, .threshold = rule}, halvings);
      for (std::size_t l = 1; l < law.preactivation_variance.size(); ++l) {
        law.preactivation_variance[l] = std::ldexp(.6, -2 * halvings);
      }
      return summaries(CollapsedSampler(law, 300, cosines, torch::kFloat32));
    };
    const auto plain = sampled(0);
    for (const int halvings : {100, -100}) {
      const auto other = sampled(halvings);
      for (std::size_t l = 0; l < plain.size(); ++l) {
        EXPECT_EQ(plain[l].gram, other[l].gram) << l;
        EXPECT_GT(plain[l].active_fraction, 0.05);
      }
    }
  }
}

TEST(LayerUnit, ReachesTheReadout) {
  for (const auto engine : {model::Engine::collapsed, model::Engine::direct}) {
    const auto last = [&](int halvings) {
      return ReadoutSampler({.law = law_of({.activation = Activation::relu}, halvings),
                             .width = 64,
                             .engine = engine},
                            model::circle_inputs(5).vectors())
          .gram(3, 7);
    };
    EXPECT_EQ(last(40), std::ldexp(1.0, -2 * 40 * (depth - 1)) * last(0));
  }
}

TEST(LayerUnit, StaysWhereNumbersFit) {
  LayerUnit unit(Activation::relu);
  for (const double variance : {1.0, 0x1p80, 0x1p-80, 0.0, std::nan(""), HUGE_VAL}) {
    EXPECT_EQ(unit.renew(variance, Activation::relu), 1);
    EXPECT_EQ(unit.of_gram(), 1);
  }
  for (const double variance : {0x1p-81, 0x1p-82, 0x1p81, 0x1p82}) {
    const double change = LayerUnit(Activation::relu).renew(variance, Activation::relu);
    EXPECT_GE(variance / (change * change), 1);
    EXPECT_LT(variance / (change * change), 4);
  }
  EXPECT_EQ(unit.renew(0x1p-82, Activation::relu), 0x1p-41);
  EXPECT_EQ(unit.of_gram(), 0x1p-82);
  EXPECT_EQ(unit.renew(1, Activation::relu), 1);
  EXPECT_EQ(unit.of_gram(), 0x1p-82);
  LayerUnit own_scale(Activation::tanh);
  EXPECT_EQ(own_scale.renew(0x1p-82, Activation::tanh), 1);
}

TEST(LayerUnit, RefusesWhatFloat32CannotHoldOfTanh) {
  for (const auto activation : {Activation::tanh, Activation::erf}) {
    SampledLaw law{.network = model::Network({.depth = 2, .activation = activation}),
                   .weight_variance = 1e-30,
                   .preactivation_variance = {1, 1e-30}};
    EXPECT_NO_THROW(require_float32_holds(law, model::DType::float64));
    try {
      require_float32_holds(law, model::DType::float32);
      ADD_FAILURE();
    } catch (const model::InputError& error) {
      EXPECT_THAT(error.what(), ::testing::StartsWith("simulation.dtype = \"float32\""));
      EXPECT_THAT(error.what(), ::testing::HasSubstr("network.weight_variance = 1e-30"));
    }
    law.preactivation_variance[1] = 1e-20;
    EXPECT_NO_THROW(require_float32_holds(law, model::DType::float32));
  }
}

}  // namespace
}  // namespace wideproof::sim
