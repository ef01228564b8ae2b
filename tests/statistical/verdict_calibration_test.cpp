// SPDX-License-Identifier: MIT
// The whole way from sampled networks to a verdict: how often a true prediction is called wrong.
// docs/statistics.md has the rates that these tests print with WIDEPROOF_SEEDS=500.
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

/// Verdicts on the prediction for `described` over runs of networks of `setup`, one a seed.
Counts verdicts(const Sampling& setup, const model::Network& described, std::uint64_t runs) {
  const auto inputs = model::cosine_inputs({1.0, 0.9, 0.6});
  const auto truth = theory::predict(setup.network, inputs.cosines());
  auto belief = theory::predict(described, inputs.cosines());
  belief.fluctuation = theory::predict_fluctuation(described, belief);
  const auto predicted = compare::predicted_layers(belief);

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
  Counts counts;
  for (std::uint64_t seed = 0; seed < runs; ++seed) {
    options.seed = 1000 + seed;
    const sim::MonteCarlo simulation(options, inputs.vectors());
    auto state = simulation.start();
    simulation.run(state, [](const auto&) { return true; });
    const auto outcome =
        compare::assess(predicted, simulation.measurement(state), simulation.series(state), judging)
            .verdict.outcome;
    counts.disagree += outcome == Outcome::disagree ? 1 : 0;
    counts.agree += outcome == Outcome::agree ? 1 : 0;
  }
  std::printf("of %d runs %d disagree, %d agree\n", static_cast<int>(runs), counts.disagree,
              counts.agree);
  return counts;
}

model::Network judged_network(model::ThresholdRule rule, double active_fraction) {
  return model::Network({.depth = 2,
                         .active_fraction = active_fraction,
                         .threshold = rule,
                         .presynaptic = model::LateralFilter::box(3)});
}

void expect_calibrated(const Sampling& setup, const model::Network& wrong) {
  EXPECT_LE(verdicts(setup, setup.network, seeds()).disagree,
            most_convictions(seeds(), verdict_error));
  EXPECT_GT(verdicts(setup, wrong, seeds_of_a_twin).disagree,
            most_convictions(seeds_of_a_twin, verdict_error));
}

TEST(VerdictCalibration, HoldsForQuantileThresholds) {
  expect_calibrated({judged_network(model::ThresholdRule::quantile, 0.3)},
                    judged_network(model::ThresholdRule::quantile, 0.35));
}

TEST(VerdictCalibration, HoldsForFixedThresholdsAndFewActiveNeurons) {
  Sampling setup{judged_network(model::ThresholdRule::fixed, 0.1)};
  setup.widths = {512, 1024, 2048, 4096};
  expect_calibrated(setup, judged_network(model::ThresholdRule::fixed, 0.13));
}

TEST(VerdictCalibration, HoldsWithControlVariates) {
  Sampling setup{judged_network(model::ThresholdRule::std, 0.3)};
  setup.variance_reduction = true;
  expect_calibrated(setup, judged_network(model::ThresholdRule::std, 0.31));
}

TEST(VerdictCalibration, HoldsWhereAPrecisionEndsTheRun) {
  Sampling setup{judged_network(model::ThresholdRule::quantile, 0.3)};
  setup.precision = 0.02;
  setup.replicates = 400;
  expect_calibrated(setup, judged_network(model::ThresholdRule::quantile, 0.36));
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
    expect_calibrated(setup, projected_network(.65, is_signed));
    EXPECT_GT(verdicts(setup, projected_network(.6, !is_signed), seeds_of_a_twin).disagree,
              most_convictions(seeds_of_a_twin, verdict_error));
  }
}

/// No more convictions than the rate gives.
void expect_no_convictions(const Sampling& setup, std::uint64_t runs) {
  EXPECT_LE(verdicts(setup, setup.network, runs).disagree, most_convictions(runs, verdict_error));
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
  expect_no_convictions(setup, runs);
  EXPECT_GT(verdicts(setup, network_of(0.102), runs).disagree,
            most_convictions(runs, verdict_error));
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
