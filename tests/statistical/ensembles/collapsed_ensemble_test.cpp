// SPDX-License-Identifier: MIT
// Layers drawn without their weights, beside weights and beside exact means.
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/ensembles/ensemble_products.hpp>
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

using model::Activation;
using model::Engine;
using model::SynapseSide;
using model::SynapseSigns;

// --- one layer ---

/// h_1a h_1b and s_1 s_2 h_1a h_2b of many layers over one x.
struct ProductMoments {
  Estimate same, across;
};

torch::Tensor known_ensemble() {
  return sim::normal_tensor(sim::NormalStream({.seed = 12}), 0, 10, 4, torch::kFloat64);
}

ProductMoments collapsed_moments(const model::Synapses& synapses) {
  constexpr Eigen::Index layers = 15000;
  Eigen::ArrayXd same(layers), across(layers);
  auto h = torch::empty({2, 4}, torch::kFloat64);
  for (Eigen::Index r = 0; r < layers; ++r) {
    const sim::NetworkId id{13, 2, r};
    sim::collapsed_product(synapses, id, {.number = 1, .units = 2, .inputs = 10, .variance = 1.5},
                           known_ensemble(), torch::kFloat64, 1, h);
    const auto signs = sim::synapse_signs(synapses, id, 1, 2);
    const auto at = [&](int i, int a) { return h[i][a].item<double>(); };
    const bool signs_units = synapses.across == SynapseSide::receiving;
    same(r) = at(0, 1) * at(0, 3);
    across(r) = (signs_units ? signs[0] * signs[1] : 1) * at(0, 1) * at(1, 3);
  }
  return {mean_of(same), mean_of(across)};
}

/// K_13 and, of sending units, with ρ (g²/n) (t_1 t_3 − what the diagonal of the signs has): means
/// over signs, whose pairs multiply to −1/(n−1) where they are mixed.
double product_mean(const model::Synapses& synapses, double rho) {
  const auto x = known_ensemble();
  const double kernel = .15 * x.select(1, 1).dot(x.select(1, 3)).item<double>();
  if (synapses.across == SynapseSide::receiving) return kernel;
  const double sums = .15 * (x.select(1, 1).sum() * x.select(1, 3).sum()).item<double>();
  const double pairs = synapses.signs == SynapseSigns::mixed ? -1. / 9 : 1;
  return kernel + rho * pairs * (sums - kernel);
}

/// Twin: independent weights.
TEST(CollapsedProduct, HasTheMomentsOfItsWeights) {
  constexpr int checks = 8;
  for (const auto side : {SynapseSide::receiving, SynapseSide::sending}) {
    for (const auto signs : {SynapseSigns::uniform, SynapseSigns::mixed}) {
      const model::Synapses synapses{
          .correlation = .4, .exponent = 0, .across = side, .signs = signs};
      const auto moments = collapsed_moments(synapses);
      const bool is_across = side == SynapseSide::receiving;
      EXPECT_TRUE(agrees(moments.same, product_mean(synapses, .4), checks));
      EXPECT_TRUE(agrees(moments.across, is_across ? .4 * product_mean(synapses, 0) : 0, checks));
      if (is_across) {
        EXPECT_FALSE(agrees(moments.across, 0, checks));
      } else if (signs == SynapseSigns::uniform) {
        EXPECT_FALSE(agrees(moments.same, product_mean(synapses, 0), checks));
      }
    }
  }
}

// --- networks ---

constexpr std::int64_t ensemble_width = 40;

sim::EnsembleSampler::Options ensemble_options(const model::Network::Options& network,
                                               const model::Synapses& synapses) {
  return {.law = {.network = model::Network(network), .weight_variance = 2.25},
          .synapses = synapses,
          .ensemble = {.samples = 32},
          .width = ensemble_width};
}

/// D̃ and NΣ of each layer and their squares, means over networks.
std::vector<Estimate> layer_moments(sim::EnsembleSampler::Options options, Engine engine,
                                    std::uint64_t seed) {
  constexpr Eigen::Index networks = 1000;
  options.engine = engine;
  const sim::EnsembleSampler sampler(options);
  const auto depth = options.law.network.depth();
  Eigen::ArrayXXd rows(networks, 4 * depth);
  for (Eigen::Index r = 0; r < networks; ++r) {
    const auto layers = sampler.sample(seed, r, 1);
    for (Eigen::Index l = 0; l < depth; ++l) {
      const auto& layer = layers[static_cast<std::size_t>(l)];
      rows.row(r).segment(4 * l, 4) << layer.dimensionality, std::pow(layer.dimensionality, 2),
          layer.correlation_strength, std::pow(layer.correlation_strength, 2);
    }
  }
  std::vector<Estimate> moments;
  for (Eigen::Index k = 0; k < rows.cols(); ++k) moments.push_back(mean_of(rows.col(k)));
  return moments;
}

struct EngineCase {
  model::Network::Options network;
  model::Synapses synapses;
};

std::vector<EngineCase> engine_cases() {
  const model::Network::Options odd{
      .depth = 2, .activation = Activation::tanh, .bias_variance = .1};
  const model::Network::Options sparse{.depth = 2,
                                       .activation = Activation::thresholded_relu,
                                       .active_fraction = .3,
                                       .presynaptic = model::LateralFilter::box(5)};
  return {{odd, {}},
          {odd, {.correlation = 2}},
          {odd, {.correlation = 2, .signs = SynapseSigns::mixed}},
          {odd, {.correlation = 2, .across = SynapseSide::sending}},
          {sparse, {.correlation = 2}}};
}

/// Twin: correlated weights beside independent ones.
TEST(CollapsedEnsemble, AgreesWithTheDirectEngine) {
  const auto cases = engine_cases();
  const int checks = static_cast<int>(cases.size()) * 8;
  std::vector<std::vector<Estimate>> direct;
  for (const auto& [network, synapses] : cases) {
    const auto options = ensemble_options(network, synapses);
    direct.push_back(layer_moments(options, Engine::direct, 1));
    const auto collapsed = layer_moments(options, Engine::collapsed, 2);
    for (std::size_t k = 0; k < collapsed.size(); ++k) {
      EXPECT_TRUE(agrees(direct.back()[k] - collapsed[k], 0, checks)) << k;
    }
  }
  for (const std::size_t k : {0, 2, 4, 6}) {
    EXPECT_FALSE(agrees(direct[0][k] - direct[1][k], 0, checks));
  }
}

/// Of a linear layer C = g² W Wᵀ/g², white inputs: in units of g², at every N,
///
///   E (tr C)² = N² + 2,   E tr C² = 2N + 1   (ρ = 0),
///   E NΣ = 1 + (N+1) ρ²  (across receiving units),   1 + (N−1) ρ²  (sending),
///
/// so that 1/D̃ goes to 1 + 1 + r². Twins: one term less.
TEST(LinearLayer, HasTheTracesOfItsWeights) {
  constexpr int checks = 6;
  constexpr double n = ensemble_width;
  const double g4 = 2.25 * 2.25;
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    const auto series = [&](const model::Synapses& synapses) {
      auto options = ensemble_options({.depth = 1, .activation = Activation::linear}, synapses);
      options.engine = engine;
      const sim::EnsembleSampler sampler(options);
      Eigen::ArrayXXd rows(2500, 3);
      for (Eigen::Index r = 0; r < rows.rows(); ++r) {
        const auto layer = sampler.sample(4, r, 1)[0];
        rows.row(r) << layer.trace_squared, layer.square_trace, layer.correlation_strength;
      }
      return rows.eval();
    };
    const auto independent = series({});
    EXPECT_TRUE(agrees(mean_of(independent.col(0)), g4 * (n * n + 2), checks));
    EXPECT_TRUE(agrees(mean_of(independent.col(1)), g4 * (2 * n + 1), checks));
    EXPECT_FALSE(agrees(mean_of(independent.col(1)), g4 * n, checks));
    EXPECT_TRUE(agrees(mean_of(independent.col(2)), g4, checks));
    const double rho = 2 / std::sqrt(n);
    const auto receiving = series({.correlation = 2});
    EXPECT_TRUE(agrees(mean_of(receiving.col(2)), g4 * (1 + (n + 1) * rho * rho), checks));
    EXPECT_FALSE(agrees(mean_of(receiving.col(2)), g4 * (n + 1) * rho * rho, checks));
    const auto sending = series({.correlation = 2, .across = SynapseSide::sending});
    EXPECT_TRUE(agrees(mean_of(sending.col(2)), g4 * (1 + (n - 1) * rho * rho), checks));
  }
}

/// NΣ of an ensemble of p factors is N/p; twin: 10% more.
TEST(CorrelatedInputs, AreAsStrongAsTheySay) {
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    auto options = ensemble_options({.depth = 1, .activation = Activation::linear}, {});
    options.ensemble.source = model::InputEnsemble::Source::correlated;
    options.ensemble.strength = 4;
    options.engine = engine;
    const sim::EnsembleSampler sampler(options);
    Eigen::ArrayXd strength(3000);
    for (Eigen::Index r = 0; r < strength.size(); ++r) {
      sampler.pass(5, r, 1, [&](std::int64_t layer, const auto&, const torch::Tensor& z) {
        if (layer == 0) strength(r) = sim::estimate_ensemble(z, 1).correlation_strength;
      });
    }
    EXPECT_TRUE(agrees(mean_of(strength), 4, 2));
    EXPECT_FALSE(agrees(mean_of(strength), 4.4, 2));
  }
}

/// Paired: the same networks, learnt or not, from the same inputs.
TEST(HebbianLearning, LowersTheDimensionAndShufflingRestoresIt) {
  auto options = ensemble_options({.depth = 2, .activation = Activation::tanh}, {});
  options.ensemble = {
      .source = model::InputEnsemble::Source::correlated, .samples = 200, .strength = 2};
  const auto series = [&](const model::Synapses& synapses) {
    options.synapses = synapses;
    const sim::EnsembleSampler sampler(options);
    Eigen::ArrayXXd rows(300, 2);
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
      const auto layers = sampler.sample(6, r, 1);
      rows.row(r) << layers[0].dimensionality, layers[1].dimensionality;
    }
    return rows.eval();
  };
  const auto none = series({});
  const model::Synapses hebb{.learning = model::SynapseLearning::hebb, .rate = .2, .steps = 5};
  auto control = hebb;
  control.shuffled = true;
  const auto learnt = series(hebb);
  const auto shuffled = series(control);
  constexpr int checks = 4;
  for (Eigen::Index l = 0; l < 2; ++l) {
    const auto lost = mean_of(none.col(l) - learnt.col(l));
    EXPECT_FALSE(agrees(lost, 0, checks));
    EXPECT_GT(lost.value, 0);
    EXPECT_TRUE(agrees(mean_of(none.col(l) - shuffled.col(l)), 0, checks)) << l;
  }
}

}  // namespace
}  // namespace wideproof::testing
