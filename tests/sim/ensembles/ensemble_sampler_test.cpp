// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>

#include <gmock/gmock.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/single_threaded_blas.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::Activation;
using model::Engine;
using model::SynapseLaw;
using Options = EnsembleSampler::Options;
using Source = model::InputEnsemble::Source;
using ::testing::StartsWith;

model::Network::Options small_network(Activation activation = Activation::tanh) {
  return {.depth = 3,
          .activation = activation,
          .active_fraction = .3,
          .threshold = model::ThresholdRule::quantile,
          .bias_variance = .2};
}

Options small_options(Activation activation = Activation::tanh) {
  return {.law = {.network = model::Network(small_network(activation)), .weight_variance = 2.25},
          .ensemble = {.samples = 40},
          .width = 50,
          .dtype = model::DType::float64,
          .engine = Engine::direct};
}

std::vector<torch::Tensor> layers_of(const EnsembleSampler& sampler, int threads = 1) {
  std::vector<torch::Tensor> layers;
  sampler.pass(3, 7, threads, [&](std::int64_t, const LayerUnit& unit, const torch::Tensor& z) {
    layers.push_back(z.clone() * unit.of_activations());
  });
  return layers;
}

std::string refusal_of_ensemble(const std::function<void(Options&)>& change,
                                const Eigen::MatrixXd& data = {}) {
  auto options = small_options();
  change(options);
  try {
    const EnsembleSampler sampler(options, data);
  } catch (const model::InputError& error) {
    return error.what();
  }
  ADD_FAILURE() << "no InputError was thrown";
  return {};
}

std::vector<Options> options_of_many_laws() {
  std::vector<Options> all;
  for (const auto kind : {Activation::tanh, Activation::erf, Activation::linear,
                          Activation::thresholded_relu, Activation::relu}) {
    all.push_back(small_options(kind));
  }
  for (const auto rule : {model::ThresholdRule::fixed, model::ThresholdRule::std}) {
    auto options = small_options(Activation::thresholded_relu);
    auto network = small_network(Activation::thresholded_relu);
    network.threshold = rule;
    network.presynaptic = model::LateralFilter::box(5);
    options.law.network = model::Network(network);
    options.law.preactivation_variance = {1, 1.5, 2};
    all.push_back(options);
  }
  for (const auto law : {SynapseLaw::binary, SynapseLaw::orthogonal}) {
    auto options = small_options();
    options.synapses.law = law;
    all.push_back(options);
  }
  auto options = small_options();
  options.synapses = {.law = SynapseLaw::binary,
                      .correlation = 2,
                      .across = model::SynapseSide::sending,
                      .signs = model::SynapseSigns::mixed};
  all.push_back(options);
  options.ensemble.source = Source::correlated;
  options.ensemble.strength = 3;
  all.push_back(options);
  return all;
}

TEST(EnsembleSampler, SendsSamplesThroughTheWeightsThatItTells) {
  for (const auto& options : options_of_many_laws()) {
    const EnsembleSampler sampler(options);
    const LayerActivation activation(options.law);
    const LateralConvolver filter(options.law.network.presynaptic(), 50);
    const auto layers = layers_of(sampler);
    ASSERT_EQ(layers.size(), 4U);
    for (std::int64_t l = 1; l <= 3; ++l) {
      const auto& before = layers[static_cast<std::size_t>(l - 1)];
      const auto x = l == 1 ? before : filter.correlate(before.t()).t();
      const auto h =
          torch::mm(sampler.weights(3, 7, l, 1), x) + sampler.biases(3, 7, l).unsqueeze(1);
      const auto z = activation(h.t().contiguous(), l).t();
      EXPECT_LE(testing::largest_difference(layers[static_cast<std::size_t>(l)], z), 1e-12);
    }
  }
}

TEST(EnsembleSampler, EstimatesWhatItShows) {
  const EnsembleSampler sampler(small_options());
  const auto layers = layers_of(sampler);
  const auto estimates = sampler.sample(3, 7, 1);
  ASSERT_EQ(estimates.size(), 3U);
  for (std::size_t l = 1; l <= 3; ++l) {
    const auto expected = estimate_ensemble(layers[l], 1);
    EXPECT_EQ(estimates[l - 1].dimensionality, expected.dimensionality);
    EXPECT_EQ(estimates[l - 1].correlation_strength, expected.correlation_strength);
  }
}

TEST(EnsembleSampler, HasTheSameBitsOnAnyNumberOfThreads) {
  const SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  for (const auto law : {SynapseLaw::gaussian, SynapseLaw::binary, SynapseLaw::orthogonal}) {
    for (const auto engine : {Engine::direct, Engine::automatic}) {
      auto options = small_options();
      options.dtype = model::DType::float32;
      options.width = 700;
      options.ensemble = {.source = Source::correlated, .samples = 200, .strength = 1.0};
      options.synapses.law = law;
      options.synapses.correlation = law == SynapseLaw::orthogonal ? 0 : 1;
      options.engine = engine;
      const EnsembleSampler sampler(options);
      const auto one = layers_of(sampler, 1);
      const auto three = layers_of(sampler, 3);
      for (std::size_t l = 0; l < 4; ++l) EXPECT_TRUE(torch::equal(one[l], three[l])) << l;
    }
  }
}

TEST(EnsembleSampler, GivesReplicatesInOrderOnAnyNumberOfThreads) {
  auto options = small_options();
  options.dtype = model::DType::float32;
  options.synapses = {.learning = model::SynapseLearning::hebb, .steps = 2, .shuffled = true};
  const EnsembleSampler sampler(options);
  const auto three = sample_replicates(sampler, 5, 2, 6, 3);
  const auto one = sample_replicates(sampler, 5, 2, 6, 1);
  ASSERT_EQ(three.size(), 6U);
  const auto fourth = sample_replicates(sampler, 5, 5, 1, 1)[0];
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_EQ(fourth[l].dimensionality, three[3][l].dimensionality);
    EXPECT_NE(fourth[l].dimensionality, three[4][l].dimensionality);
    EXPECT_EQ(one[3][l].square_trace, three[3][l].square_trace);
  }
}

/// 2^±40 times the gain: float32 holds neither layer 4 nor its squares without a unit.
TEST(EnsembleSampler, TakesLinearLayersOfAnyGain) {
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    auto options = small_options(Activation::linear);
    options.law.network = model::Network({.depth = 4, .activation = Activation::linear});
    options.dtype = model::DType::float32;
    options.engine = engine;
    const auto plain = EnsembleSampler(options).sample(1, 2, 1);
    for (const int power : {-40, 40}) {
      options.law.weight_variance = std::ldexp(2.25, 2 * power);
      const auto scaled = EnsembleSampler(options).sample(1, 2, 1);
      for (std::size_t l = 0; l < 4; ++l) {
        const auto units = static_cast<int>(4 * (l + 1)) * power;
        EXPECT_EQ(scaled[l].dimensionality, plain[l].dimensionality);
        EXPECT_EQ(scaled[l].correlation_strength, std::ldexp(plain[l].correlation_strength, units));
      }
    }
  }
}

/// Weights that are the same row for all units: tanh leaves one direction, D̃ = 1/N, and NΣ all that
/// C has off its diagonal.
TEST(EnsembleSampler, HasOneDimensionWhereUnitsAreTheSame) {
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    for (const auto signs : {model::SynapseSigns::uniform, model::SynapseSigns::mixed}) {
      auto options = small_options();
      options.law.network = model::Network({.depth = 3, .activation = Activation::tanh});
      options.synapses = {.correlation = 1, .exponent = 0, .signs = signs};
      options.engine = engine;
      for (const auto& layer : EnsembleSampler(options).sample(1, 2, 1)) {
        EXPECT_NEAR(50 * layer.dimensionality, 1, 1e-10);
        EXPECT_NEAR(layer.correlation_strength, layer.square_trace / 50, 1e-10);
      }
    }
  }
}

TEST(EnsembleSampler, TakesTwoUnitsAndTheFewestSamples) {
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    auto options = small_options();
    options.width = 2;
    options.ensemble.samples = model::InputEnsemble::least_samples;
    options.engine = engine;
    for (const auto& layer : EnsembleSampler(options).sample(1, 2, 1)) {
      EXPECT_TRUE(std::isfinite(layer.dimensionality));
    }
  }
}

/// Without a unit above its threshold nothing varies.
TEST(EnsembleSampler, HasNoDimensionWhereAllUnitsAreSilent) {
  auto options = small_options(Activation::thresholded_relu);
  options.law.network = model::Network({.depth = 2,
                                        .activation = Activation::thresholded_relu,
                                        .active_fraction = 1e-4,
                                        .threshold = model::ThresholdRule::fixed});
  options.law.preactivation_variance = {1e6, 1e6};
  for (const auto& layer : EnsembleSampler(options).sample(1, 2, 1)) {
    EXPECT_TRUE(std::isnan(layer.dimensionality));
    EXPECT_EQ(layer.correlation_strength, 0);
  }
}

// --- inputs from a file ---

Eigen::MatrixXd some_data(std::int64_t count, std::int64_t dimension) {
  return to_matrix(testing::some_inputs(count, dimension));
}

/// (tr HKH)²/tr (HKH)² of K = x xᵀ, H taking the mean off.
double participation_ratio(const Eigen::MatrixXd& data) {
  const Eigen::MatrixXd x = data.rowwise() - data.colwise().mean();
  const Eigen::MatrixXd k = x * x.transpose();
  return k.trace() * k.trace() / k.squaredNorm();
}

/// Orthogonal linear layers turn the data and change nothing else; N above and at the dimension.
TEST(EnsembleSampler, KeepsDataOfAnyDimensionThroughOrthogonalLayers) {
  for (const std::int64_t dimension : {5, 50}) {
    auto options = small_options(Activation::linear);
    options.law.network = model::Network({.depth = 3, .activation = Activation::linear});
    options.law.weight_variance = 1;
    options.synapses.law = SynapseLaw::orthogonal;
    options.ensemble = {.source = Source::npy, .samples = 21, .file = "x.npy"};
    const auto data = some_data(21, dimension);
    const auto estimates = EnsembleSampler(options, data).sample(1, 2, 1);
    for (const auto& layer : estimates) {
      EXPECT_NEAR(50 * layer.dimensionality, participation_ratio(data), 1e-10);
      EXPECT_EQ(layer.ratio_bias, 0);
    }
  }
}

TEST(EnsembleSampler, TakesDataAsOtherStudiesDo) {
  auto options = small_options();
  options.ensemble = {.source = Source::csv, .samples = 21, .file = "x.csv"};
  const auto data = some_data(21, 80);
  const EnsembleSampler sampler(options, data);
  const auto layers = layers_of(sampler);
  EXPECT_LE(testing::largest_difference(layers[0].t(), to_tensor(data, torch::kFloat64)), 0);
  EXPECT_EQ(testing::largest(sampler.biases(3, 7, 1)), 0);
  EXPECT_GT(testing::largest(sampler.biases(3, 7, 2)), 0);
  options.law.weight_variance = 9;
  const auto others = layers_of(EnsembleSampler(options, data));
  EXPECT_TRUE(torch::equal(others[1], layers[1]));
  EXPECT_FALSE(torch::equal(others[2], layers[2]));
}

/// Samples that differ by a thousandth of themselves, of which a Gram in float32 keeps one
/// direction alone: a linear layer of many units keeps N D̃ but for some 1/√N.
TEST(EnsembleSampler, KeepsWhatNearlyEqualDataDifferBy) {
  const Eigen::RowVectorXd common = some_data(1, 8).row(0);
  Eigen::MatrixXd data = common.replicate(6, 1) + 1e-3 * some_data(6, 8);
  data.rowwise().normalize();
  auto options = small_options(Activation::linear);
  options.law.network = model::Network({.depth = 2, .activation = Activation::linear});
  options.ensemble = {.source = Source::csv, .samples = 6, .file = "x.csv"};
  options.width = 4000;
  options.dtype = model::DType::float32;
  options.engine = Engine::automatic;
  const auto estimates = EnsembleSampler(options, data).sample(1, 2, 1);
  for (const auto& layer : estimates) {
    EXPECT_NEAR(4000 * layer.dimensionality, participation_ratio(data), .3);
  }
}

TEST(EnsembleSampler, LearnsFromSamplesOfItsOwn) {
  auto options = small_options();
  const auto plain = layers_of(EnsembleSampler(options));
  options.synapses = {.learning = model::SynapseLearning::oja, .steps = 3};
  const auto learnt = layers_of(EnsembleSampler(options));
  EXPECT_EQ(learnt[0].sizes(), plain[0].sizes());
  EXPECT_FALSE(torch::equal(learnt[1], plain[1]));
  // Data are the ensemble: learnt from and measured on the same rows.
  options.ensemble = {.source = Source::csv, .samples = 21, .file = "x.csv"};
  EXPECT_EQ(layers_of(EnsembleSampler(options, some_data(21, 8)))[1].size(1), 21);
}

// --- which engine, what it costs, what is refused ---

TEST(EnsembleSampler, TakesTheEngineOfLessWork) {
  auto options = small_options();
  options.engine = Engine::automatic;
  EXPECT_FALSE(EnsembleSampler(options).is_collapsed(2));
  options.width = 81;
  EXPECT_TRUE(EnsembleSampler(options).is_collapsed(2));
  options.synapses.law = SynapseLaw::binary;
  EXPECT_FALSE(EnsembleSampler(options).is_collapsed(2));
  options.synapses = {.learning = model::SynapseLearning::hebb};
  EXPECT_FALSE(EnsembleSampler(options).is_collapsed(2));
  options = small_options();
  options.engine = Engine::collapsed;
  EXPECT_TRUE(EnsembleSampler(options).is_collapsed(2));
  options.engine = Engine::automatic;
  options.width = 400;
  options.ensemble = {.source = Source::csv, .samples = 40, .file = "x.csv"};
  const EnsembleSampler sampler(options, some_data(40, 8));
  EXPECT_FALSE(sampler.is_collapsed(1));
  EXPECT_TRUE(sampler.is_collapsed(2));
}

TEST(EnsembleSampler, TellsItsMemoryAndWorkBeforeItTakesAny) {
  auto options = small_options();
  options.width = 90'000;
  options.ensemble.samples = 40'000;
  const EnsembleSampler sampler(options);
  EXPECT_GE(sampler.memory(2), 8. * 3 * 90'000 * 40'000);
  EXPECT_GE(sampler.work(), 3. * 90'000 * 90'000 * 40'000);
  EXPECT_TRUE(sampler.is_large());
  EXPECT_FALSE(EnsembleSampler(small_options()).is_large());
  EXPECT_LE(EnsembleSampler(small_options()).memory(1), 64e6);
  const auto bytes = sampler.memory(2);
  options.synapses.learning = model::SynapseLearning::hebb;
  EXPECT_GT(EnsembleSampler(options).memory(2), 1.5 * bytes);
}

TEST(EnsembleSampler, RefusesWhatItCannotSample) {
  EXPECT_THAT(refusal_of_ensemble([](auto& o) { o.width = 1; }),
              StartsWith("simulation.widths = 1: must be at least 2"));
  EXPECT_THAT(refusal_of_ensemble([](auto& o) { o.width = 1'000'000; }),
              StartsWith("simulation.widths = 1000000: a layer takes 1e+12 normals"));
  for (const double variance : {0.0, -1.0, std::nan("")}) {
    EXPECT_THAT(refusal_of_ensemble([=](auto& o) { o.law.weight_variance = variance; }),
                StartsWith("network.weight_variance = "));
  }
  EXPECT_THAT(refusal_of_ensemble([](auto& o) { o.synapses.correlation = 8; }),
              StartsWith("network.synapses.correlation = 8: gives weights a correlation of"));
  EXPECT_THAT(refusal_of_ensemble([](auto& o) { o.ensemble.samples = 15; }),
              StartsWith("ensemble.samples = 15"));
  EXPECT_THAT(
      refusal_of_ensemble(
          [](auto& o) { o.ensemble = {.source = Source::csv, .samples = 21, .file = "x.csv"}; },
          some_data(20, 4)),
      StartsWith("ensemble.samples = 21: 20 inputs are given"));
  EXPECT_THAT(refusal_of_ensemble([](auto& o) {
                o.engine = Engine::collapsed;
                o.synapses.law = SynapseLaw::binary;
              }),
              StartsWith("simulation.engine = \"collapsed\": needs"));
  EXPECT_THAT(refusal_of_ensemble([](auto& o) {
                o = small_options(Activation::thresholded_relu);
                o.synapses.learning = model::SynapseLearning::hebb;
              }),
              StartsWith("network.threshold = \"quantile\": must be \"fixed\""));
  EXPECT_THAT(refusal_of_ensemble([](auto& o) {
                auto network = small_network();
                network.postsynaptic = model::LateralFilter::box(3);
                o.law.network = model::Network(network);
              }),
              StartsWith("network.postsynaptic.filter"));
}

}  // namespace
}  // namespace wideproof::sim
