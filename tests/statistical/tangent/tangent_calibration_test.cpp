// SPDX-License-Identifier: MIT
// From sampled tangent kernels to a verdict: how often a true prediction is called wrong. With
// WIDEPROOF_SEEDS=500 as docs/statistics.md has it of more networks and wider ones.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/tangent/names.hpp>
#include <wideproof/compare/tangent/predicted_stack.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/tangent/tangent_fluctuation.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

using compare::Outcome;
using model::ThresholdRule;
using model::Trained;

constexpr std::uint64_t seeds_of_a_twin = 30;
constexpr double verdict_error = 0.05;

/// Runs of a true prediction. 100 refuse a rate of one in four nearly always.
std::uint64_t seeds() {
  const char* const asked = std::getenv("WIDEPROOF_SEEDS");
  return asked == nullptr ? 100 : std::stoull(asked);
}

struct Studied {
  model::Network network = model::Network({});
  model::TangentOptions tangent;
};

model::TangentPrediction prediction_of(const Studied& studied, const model::Inputs& inputs) {
  auto prediction = theory::predict_tangent(studied.network, inputs.deficits(), studied.tangent);
  prediction.network.fluctuation = theory::predict_fluctuation(studied.network, prediction.network);
  const auto finite = theory::tangent_fluctuation(studied.network, prediction, studied.tangent);
  if (finite.not_derived.empty()) {
    prediction.variances = finite.probed;
    prediction.variances.push_back(finite.output);
  }
  return prediction;
}

/// Runs that call the prediction of `described` wrong, of networks of `sampled`, one a seed.
double convictions(const Studied& sampled, const Studied& described, std::uint64_t runs) {
  const auto inputs = model::cosine_inputs({1.0, 0.9, 0.5});
  const model::TangentStack stack(sampled.network.depth(), sampled.tangent.layers);
  const auto truth = prediction_of(sampled, inputs).network;
  auto predicted = compare::predicted_stack(prediction_of(described, inputs), stack);
  const bool has_limits =
      sampled.tangent.threshold_gradient == model::ThresholdGradient::detached ||
      sampled.network.threshold() != ThresholdRule::quantile;
  for (std::size_t i = stack.depth(); !has_limits && i < predicted.size(); ++i)
    predicted[i].without_limit = Eigen::MatrixXd::Identity(3, 3);

  sim::MonteCarlo::Options options;
  options.law.network = sampled.network;
  options.law.weight_variance = truth.weight_variance;
  for (const auto& layer : truth.layers)
    options.law.preactivation_variance.push_back(layer.preactivation(0, 0));
  options.widths = {128, 256, 512, 1024};
  options.stopping = {.replicates = 40};
  options.gram_scale = truth.gram_scale;
  options.tangent = sampled.tangent;
  options.threads = 2;
  compare::Options judging;
  judging.family_error = verdict_error;
  judging.names = compare::tangent_names(stack);
  int disagree = 0;
  for (std::uint64_t seed = 0; seed < runs; ++seed) {
    options.seed = 1000 + seed;
    const sim::MonteCarlo simulation(options, inputs.vectors());
    auto state = simulation.start();
    simulation.run(state, [](const auto&) { return true; });
    const auto verdict =
        compare::assess(predicted, simulation.measurement(state), simulation.series(state), judging)
            .verdict;
    disagree += verdict.outcome == Outcome::disagree ? 1 : 0;
  }
  std::printf("of %d runs %d disagree\n", static_cast<int>(runs), disagree);
  return disagree;
}

Studied studied(ThresholdRule rule, Trained trained, std::int64_t taps = 5) {
  return {model::Network({.depth = 2,
                          .active_fraction = 0.3,
                          .threshold = rule,
                          .presynaptic = model::LateralFilter::box(taps)}),
          {.trained = trained}};
}

void expect_calibrated(const Studied& truth, const Studied& wrong) {
  EXPECT_LE(convictions(truth, truth, seeds()), most_convictions(seeds(), verdict_error));
  EXPECT_GT(convictions(truth, wrong, seeds_of_a_twin),
            most_convictions(seeds_of_a_twin, verdict_error));
}

TEST(TangentCalibration, HoldsForTrainedWeights) {
  expect_calibrated(studied(ThresholdRule::std, Trained::weights),
                    studied(ThresholdRule::std, Trained::field));
}

TEST(TangentCalibration, HoldsForATrainedField) {
  expect_calibrated(studied(ThresholdRule::quantile, Trained::field),
                    studied(ThresholdRule::quantile, Trained::weights));
}

TEST(TangentCalibration, HoldsForPairsWhereDiagonalsHaveNoLimit) {
  Studied through = studied(ThresholdRule::quantile, Trained::weights);
  through.tangent.threshold_gradient = model::ThresholdGradient::through;
  expect_calibrated(through, studied(ThresholdRule::quantile, Trained::field));
}

/// Those of tangent kernels are predicted there, and judged.
TEST(TangentCalibration, HoldsForFluctuationsOfIndependentWeights) {
  const auto of = [](double active_fraction) {
    return Studied{
        model::Network(
            {.depth = 2, .active_fraction = active_fraction, .threshold = ThresholdRule::fixed}),
        {}};
  };
  expect_calibrated(of(0.5), of(0.53));
}

}  // namespace
}  // namespace wideproof::testing
