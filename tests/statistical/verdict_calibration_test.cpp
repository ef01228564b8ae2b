// SPDX-License-Identifier: MIT
// The whole way from sampled networks to a verdict: how often a true prediction is called wrong.
// docs/statistics.md has the rates that these tests print with WIDEPROOF_SEEDS=500.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

using compare::Outcome;

constexpr std::uint64_t seeds_of_a_twin = 50;
constexpr double verdict_error = 0.05;

/// Runs of a true prediction. 100 refuse a rate of one in four nearly always.
std::uint64_t seeds() {
  const char* const asked = std::getenv("WIDEPROOF_SEEDS");
  return asked == nullptr ? 100 : std::stoull(asked);
}

struct Sampling {
  model::Network network = model::Network({});
  double precision = 0;
  bool variance_reduction = false;
  std::vector<std::int64_t> widths = {128, 256, 512, 1024};
  std::int64_t replicates = 100;
};

struct Counts {
  int disagree = 0;
  int agree = 0;
};

/// A prediction, and in how many runs it is judged.
struct Belief {
  model::Network network;
  std::uint64_t runs;
};

std::vector<compare::PredictedLayer> predicted_by(const model::Network& network,
                                                  const Eigen::MatrixXd& cosines) {
  auto belief = theory::predict(network, cosines);
  belief.fluctuation = theory::predict_fluctuation(network, belief);
  return compare::predicted_layers(belief);
}

/// Verdicts on each belief over runs of networks of `setup`, one a seed, the same for all.
std::vector<Counts> verdicts(const Sampling& setup, const std::vector<Belief>& beliefs) {
  const auto inputs = model::cosine_inputs({1.0, 0.9, 0.6});
  const auto truth = theory::predict(setup.network, inputs.cosines());
  std::vector<std::vector<compare::PredictedLayer>> predicted;
  std::uint64_t runs = 0;
  for (const auto& belief : beliefs) {
    predicted.push_back(predicted_by(belief.network, inputs.cosines()));
    runs = std::max(runs, belief.runs);
  }

  sim::MonteCarlo::Options options;
  options.law.network = setup.network;
  options.law.weight_variance = truth.weight_variance;
  for (const auto& layer : truth.layers) {
    options.law.preactivation_variance.push_back(layer.preactivation(0, 0));
  }
  options.widths = setup.widths;
  options.stopping = {.replicates = setup.replicates, .precision = setup.precision};
  options.variance_reduction = setup.variance_reduction;
  options.gram_scale = truth.gram_scale;
  options.threads = 2;
  compare::Options judging;
  judging.family_error = verdict_error;
  if (setup.precision > 0) {
    judging.looks =
        static_cast<int>(options.stopping.looks()) * static_cast<int>(options.widths.size());
  }
  std::vector<Counts> counts(beliefs.size());
  for (std::uint64_t seed = 0; seed < runs; ++seed) {
    options.seed = 1000 + seed;
    const sim::MonteCarlo simulation(options, inputs.vectors());
    auto state = simulation.start();
    simulation.run(state, [](const auto&) { return true; });
    const auto measurement = simulation.measurement(state);
    const auto series = simulation.series(state);
    for (std::size_t i = 0; i < beliefs.size(); ++i) {
      if (seed >= beliefs[i].runs) continue;
      const auto outcome =
          compare::assess(predicted[i], measurement, series, judging).verdict.outcome;
      counts[i].disagree += outcome == Outcome::disagree ? 1 : 0;
      counts[i].agree += outcome == Outcome::agree ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < beliefs.size(); ++i)
    std::printf("of %d runs %d disagree, %d agree\n", static_cast<int>(beliefs[i].runs),
                counts[i].disagree, counts[i].agree);
  return counts;
}

model::Network judged_network(model::ThresholdRule rule, double active_fraction) {
  return model::Network({.depth = 2,
                         .active_fraction = active_fraction,
                         .threshold = rule,
                         .presynaptic = model::LateralFilter::box(3)});
}

void expect_calibrated(const Sampling& setup, const std::vector<model::Network>& wrong) {
  std::vector<Belief> beliefs = {{setup.network, seeds()}};
  for (const auto& network : wrong) beliefs.push_back({network, seeds_of_a_twin});
  const auto counts = verdicts(setup, beliefs);
  EXPECT_LE(counts[0].disagree, most_convictions(seeds(), verdict_error));
  for (std::size_t twin = 1; twin < counts.size(); ++twin)
    EXPECT_GT(counts[twin].disagree, most_convictions(seeds_of_a_twin, verdict_error));
}

TEST(VerdictCalibration, HoldsForQuantileThresholds) {
  expect_calibrated({judged_network(model::ThresholdRule::quantile, 0.3)},
                    {judged_network(model::ThresholdRule::quantile, 0.35)});
}

TEST(VerdictCalibration, HoldsForFixedThresholdsAndFewActiveNeurons) {
  Sampling setup{judged_network(model::ThresholdRule::fixed, 0.1)};
  setup.widths = {512, 1024, 2048, 4096};
  expect_calibrated(setup, {judged_network(model::ThresholdRule::fixed, 0.13)});
}

TEST(VerdictCalibration, HoldsWithControlVariates) {
  Sampling setup{judged_network(model::ThresholdRule::std, 0.3)};
  setup.variance_reduction = true;
  expect_calibrated(setup, {judged_network(model::ThresholdRule::std, 0.31)});
}

TEST(VerdictCalibration, HoldsWhereAPrecisionEndsTheRun) {
  Sampling setup{judged_network(model::ThresholdRule::quantile, 0.3)};
  setup.precision = 0.02;
  setup.replicates = 400;
  expect_calibrated(setup, {judged_network(model::ThresholdRule::quantile, 0.36)});
}

model::Network projected_network(double sparseness, bool is_signed) {
  return model::Network({.depth = 2,
                         .activation = model::Activation::sparse_projection,
                         .sparseness = sparseness,
                         .is_signed = is_signed,
                         .presynaptic = model::LateralFilter::box(3)});
}

// The Gram's diagonal is 1 in every network: nothing is to be judged of it.
TEST(VerdictCalibration, HoldsForProjectedLayers) {
  for (const bool is_signed : {false, true}) {
    const Sampling setup{projected_network(.6, is_signed)};
    expect_calibrated(setup,
                      {projected_network(.65, is_signed), projected_network(.6, !is_signed)});
  }
}

/// No more convictions than the rate gives.
void expect_no_convictions(const Sampling& setup, std::uint64_t runs) {
  EXPECT_LE(verdicts(setup, {{setup.network, runs}})[0].disagree,
            most_convictions(runs, verdict_error));
}

// Control variates see terms beyond those of the fit, where networks are narrow.
TEST(VerdictCalibration, HoldsWhereControlVariatesSeeTermsOfHigherOrder) {
  const auto network_of = [](double active_fraction) {
    return model::Network({.depth = 3,
                           .active_fraction = active_fraction,
                           .threshold = model::ThresholdRule::std,
                           .presynaptic = model::LateralFilter::box(13)});
  };
  Sampling setup{network_of(0.1)};
  setup.variance_reduction = true;
  setup.widths = {128, 256, 512, 1024};
  setup.replicates = 1000;
  constexpr std::uint64_t runs = 15;
  const auto counts = verdicts(setup, {{setup.network, runs}, {network_of(0.102), runs}});
  EXPECT_LE(counts[0].disagree, most_convictions(runs, verdict_error));
  EXPECT_GT(counts[1].disagree, most_convictions(runs, verdict_error));
}

// The fluctuations of deep layers with fixed thresholds are larger than what fluctuates, so that
// no formula may be called wrong: tests/compare has networks by which one is.
TEST(VerdictCalibration, HoldsForDeepFixedThresholds) {
  Sampling setup{model::Network(
      {.depth = 4, .active_fraction = 0.05, .threshold = model::ThresholdRule::fixed})};
  setup.widths = {256, 512, 1024, 2048};
  for (const std::int64_t replicates : {10, 100}) {
    setup.replicates = replicates;
    expect_no_convictions(setup, 100);
  }
}

}  // namespace
}  // namespace wideproof::testing
