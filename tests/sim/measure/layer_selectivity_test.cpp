// SPDX-License-Identifier: MIT
// What samplers and simulations tell of neurons that tell classes apart.
#include <cmath>

#include <gmock/gmock.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/random_order.hpp>

#include "selectivity_of_activations.hpp"

namespace wideproof::sim {
namespace {

using model::SelectivityNumber;
using testing::selectivity_of;

const std::vector<std::int64_t> labels = {3, 1, 3, 1, 1, 2};

SampledLaw law_of(model::ThresholdRule rule, double active = .1) {
  return {.network = model::Network({.depth = 2, .active_fraction = active, .threshold = rule}),
          .weight_variance = 25.4,
          .preactivation_variance = {1., 1.}};
}

std::vector<std::int64_t> dealt(const NetworkId& id) {
  std::vector<std::int64_t> all;
  const auto order = random_order(stream_name(id, Purpose::labels, 0), 0, std::ssize(labels));
  for (const auto from : order) all.push_back(labels[static_cast<std::size_t>(from)]);
  return all;
}

/// Both samplers tell of the activations that they show, the last input being the first again.
TEST(LayerSelectivity, IsThatOfTheActivationsThatSamplersShow) {
  const auto inputs = model::circle_inputs(5);
  const std::vector<Eigen::Index> place = {0, 1, 2, 3, 4, 0};
  const InputCounts counts(place, labels);
  for (const auto rule : {model::ThresholdRule::fixed, model::ThresholdRule::quantile}) {
    const auto law = law_of(rule);
    const auto expect = [&](const NetworkSampler& sampler, const LayerOutputs& shown) {
      int layers = 0;
      sampler.sample(3, 7, 1, [&](const LayerSummary& layer) {
        ++layers;
        const Eigen::MatrixXd z =
            to_matrix(shown.activations[static_cast<std::size_t>(layer.layer - 1)].to(at::kDouble))(
                place, Eigen::all);
        Eigen::VectorXd expected(6);
        expected << selectivity_of(z, labels), selectivity_of(z, dealt({3, 700, 7}));
        ASSERT_EQ(layer.selectivity.size(), 6);
        EXPECT_LT((layer.selectivity - expected).cwiseAbs().maxCoeff(), 1e-6);
      });
      EXPECT_EQ(layers, 2);
    };
    const CollapsedSampler collapsed(law, 700, inputs.cosines(), at::kFloat, nullptr, counts);
    expect(collapsed, collapsed.outputs(3, 7));
    const DirectSampler direct(law, 700, to_tensor(inputs.vectors(), at::kFloat), counts);
    expect(direct, direct.outputs(3, 7));
  }
}

TEST(LayerSelectivity, IsNotToldWithoutLabels) {
  const auto inputs = model::circle_inputs(3);
  const CollapsedSampler sampler(law_of(model::ThresholdRule::fixed), 100, inputs.cosines(),
                                 at::kFloat);
  sampler.sample(1, 0, 1,
                 [](const LayerSummary& layer) { EXPECT_EQ(layer.selectivity.size(), 0); });
}

MonteCarlo::Options options_with(model::Engine engine, std::vector<std::int64_t> of_inputs,
                                 std::int64_t networks) {
  MonteCarlo::Options options{.law = law_of(model::ThresholdRule::quantile, .3),
                              .widths = {120},
                              .stopping = {.replicates = networks}};
  options.seed = 20;
  options.engine = engine;
  options.labels = std::move(of_inputs);
  return options;
}

model::WidthSelectivity sampled(const MonteCarlo::Options& options, const Eigen::MatrixXd& inputs) {
  const MonteCarlo simulation(options, inputs);
  auto state = simulation.start();
  simulation.run(state, [](const Progress&) { return true; });
  return simulation.selectivity(state).front();
}

/// Mean over networks, and its standard error.
std::pair<double, double> mean_of(const model::WidthSelectivity& at, std::int64_t layer,
                                  SelectivityNumber number) {
  const auto x = at.of(layer, number);
  const auto n = static_cast<double>(x.size());
  const double mean = x.mean();
  return {mean, std::sqrt((x.array() - mean).square().sum() / (n - 1) / n)};
}

constexpr auto all_numbers = {SelectivityNumber::ccmas,
                              SelectivityNumber::class_selectivity,
                              SelectivityNumber::eta_squared,
                              SelectivityNumber::null_ccmas,
                              SelectivityNumber::null_class_selectivity,
                              SelectivityNumber::null_eta_squared};

/// Twelve comparisons at 5 standard errors, and 2 of the twins: a false alarm in 1e-5 of runs.
constexpr double errors_apart = 5;

std::vector<std::int64_t> labels_of(const model::InputSpec& spec) {
  return model::load_labels(spec);
}

model::InputSpec mixture(double separation) {
  model::InputSpec spec;
  spec.source = model::InputSpec::Source::mixture;
  spec.count = 12;
  spec.dimension = 20;
  spec.clusters = 3;
  spec.separation = separation;
  spec.seed = 5;
  return spec;
}

TEST(LayerSelectivity, IsTheSameWithAndWithoutWeights) {
  const auto spec = mixture(1.5);
  const auto inputs = model::load_inputs(spec).vectors();
  const auto direct = sampled(options_with(model::Engine::direct, labels_of(spec), 300), inputs);
  const auto collapsed =
      sampled(options_with(model::Engine::collapsed, labels_of(spec), 300), inputs);
  auto changed = labels_of(spec);
  std::swap(changed[0], changed[1]);
  const auto twin = sampled(options_with(model::Engine::collapsed, changed, 300), inputs);
  for (const std::int64_t layer : {1, 2}) {
    for (const auto number : all_numbers) {
      const auto [mean, error] = mean_of(direct, layer, number);
      const auto [other, other_error] = mean_of(collapsed, layer, number);
      EXPECT_LT(std::abs(mean - other), errors_apart * std::hypot(error, other_error));
    }
    const auto [mean, error] = mean_of(direct, layer, SelectivityNumber::eta_squared);
    const auto [other, other_error] = mean_of(twin, layer, SelectivityNumber::eta_squared);
    EXPECT_GT(std::abs(mean - other), errors_apart * std::hypot(error, other_error));
  }
}

/// Where labels say nothing of the inputs a network tells its own classes as well apart as those
/// dealt out at random: inputs that are drawn alike, their labels in turn. η² of the dealt ones is
/// (K − 1)/(P − 1) on the average, whatever the network. A twin has a signal.
TEST(LayerSelectivity, OfLabelsWithoutSignalIsThatOfLabelsDealtOutAtRandom) {
  for (const bool has_signal : {false, true}) {
    Eigen::VectorXd apart(40), share(40);
    for (int draw = 0; draw < apart.size(); ++draw) {
      auto spec = mixture(has_signal ? 1. : 0.);
      spec.seed = 100 + static_cast<std::uint64_t>(draw);
      auto options = options_with(model::Engine::collapsed, labels_of(spec), 4);
      options.seed = spec.seed;
      const auto shown = sampled(options, model::load_inputs(spec).vectors());
      apart(draw) = mean_of(shown, 2, SelectivityNumber::ccmas).first -
                    mean_of(shown, 2, SelectivityNumber::null_ccmas).first;
      share(draw) = mean_of(shown, 2, SelectivityNumber::null_eta_squared).first;
    }
    const auto t = [](const Eigen::VectorXd& x, double expected) {
      const auto n = static_cast<double>(x.size());
      const double error = std::sqrt((x.array() - x.mean()).square().sum() / (n - 1) / n);
      return std::abs(x.mean() - expected) / error;
    };
    // Student's of 39 degrees of freedom: 5 is exceeded in 1e-5 of runs.
    EXPECT_EQ(t(apart, 0) < 5, !has_signal) << t(apart, 0);
    EXPECT_LT(t(share, 2. / 11), 5);
  }
}

TEST(LayerSelectivity, RefusesLabelsThatAreNotOneForEachInput) {
  EXPECT_THAT(
      [] {
        MonteCarlo(options_with(model::Engine::automatic, {0, 1}, 4),
                   model::circle_inputs(3).vectors());
      },
      ::testing::ThrowsMessage<model::InputError>(::testing::HasSubstr("labels")));
}

/// The state goes on to the same bits.
TEST(LayerSelectivity, IsTheSameAfterAnInterruption) {
  const auto spec = mixture(1.5);
  const auto options = options_with(model::Engine::automatic, labels_of(spec), 24);
  const auto inputs = model::load_inputs(spec).vectors();
  const MonteCarlo simulation(options, inputs);
  auto state = simulation.start();
  EXPECT_FALSE(simulation.run(state, [](const Progress& at) { return at.replicates_done < 8; }));
  EXPECT_EQ(state.front().count(), 8);
  EXPECT_TRUE(simulation.accepts(state));
  EXPECT_TRUE(simulation.run(state, [](const Progress&) { return true; }));
  EXPECT_EQ(simulation.selectivity(state).front().networks, sampled(options, inputs).networks);
  auto without = options;
  without.labels = {};
  EXPECT_FALSE(MonteCarlo(without, inputs).accepts(state));
  const MonteCarlo plain(without, inputs);
  EXPECT_TRUE(plain.selectivity(plain.start()).empty());
}

}  // namespace
}  // namespace wideproof::sim
