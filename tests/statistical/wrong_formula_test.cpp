// SPDX-License-Identifier: MIT
// The whole way from sampled networks to a verdict: the true prediction is not called wrong, and
// each of the wrong formulas that a theorist might write down is.
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof {
namespace {

using compare::Outcome;

model::Network candidate_network(double active_fraction, const model::LateralFilter& presynaptic) {
  return model::Network({.active_fraction = active_fraction, .presynaptic = presynaptic});
}

model::Inputs inputs() {
  return model::cosine_inputs({1.0, 0.95, 0.9, 0.8, 0.6, 0.4});
}

/// False-alarm rate of the verdicts below, and the level at which wrong formulas are rejected.
constexpr double convicting_error = 1e-6;

struct Sample {
  model::Measurement measurement;
  model::ClassSeries series;
};

/// Networks with f = .1 and a box of 13 taps, sampled once for all verdicts.
const Sample& sample() {
  static const Sample sampled = [] {
    const auto truth =
        theory::predict(candidate_network(0.1, model::LateralFilter::box(13)), inputs().cosines());
    sim::MonteCarlo::Options options;
    options.law.network = candidate_network(0.1, model::LateralFilter::box(13));
    options.law.weight_variance = truth.weight_variance;
    options.widths = {256, 512, 1024, 2048};
    options.stopping.replicates = 400;
    options.seed = 61;
    options.gram_scale = truth.gram_scale;
    options.threads = 2;
    const sim::MonteCarlo simulation(options, inputs().vectors());
    auto state = simulation.start();
    simulation.run(state, [](const auto&) { return true; });
    return Sample{simulation.measurement(state), simulation.series(state)};
  }();
  return sampled;
}

Outcome outcome_of(const std::vector<compare::PredictedLayer>& predicted) {
  compare::Options options;
  // Five standard errors of the deepest norm's limit, 0.02, and as much again for its own
  // deviation.
  options.equivalence_margin = 0.2;
  options.family_error = convicting_error;
  return compare::assess(predicted, sample().measurement, sample().series, options).verdict.outcome;
}

Outcome outcome_of(const model::Network& described) {
  return outcome_of(compare::predicted_layers(theory::predict(described, inputs().cosines())));
}

/// The recursion with the kernel's term −2τ g(τ) Q(τa) left out, norms kept at 1 as a theorist who
/// believed it would.
std::vector<compare::PredictedLayer> without_threshold_term() {
  const double tau = theory::tau_of(0.1);
  const theory::ThresholdedReluKernel kernel(tau);
  const auto wrong = [&](double c) {
    const double a = c < 1 ? std::sqrt((1 - c) / (1 + c)) : 0.0;
    return kernel(c) + 2 * tau * theory::normal_density(tau) * theory::normal_tail(tau * a);
  };
  const double degree = 12.0;
  const double shared = degree * kernel.mean() * kernel.mean();
  Eigen::MatrixXd correlation = inputs().cosines();
  std::vector<Eigen::MatrixXd> grams;
  for (int layer = 1; layer <= 3; ++layer) {
    grams.emplace_back(correlation.unaryExpr([&](double c) { return wrong(c) / wrong(1.0); }));
    correlation =
        correlation.unaryExpr([&](double c) { return (wrong(c) + shared) / (wrong(1.0) + shared); })
            .eval();
  }
  return compare::predicted_layers(grams);
}

TEST(Verdict, AgreesWithTheTruePrediction) {
  EXPECT_EQ(outcome_of(candidate_network(0.1, model::LateralFilter::box(13))), Outcome::agree);
}

TEST(Verdict, ConvictsAnActiveFractionOffByATenth) {
  EXPECT_EQ(outcome_of(candidate_network(0.11, model::LateralFilter::box(13))), Outcome::disagree);
  EXPECT_EQ(outcome_of(candidate_network(0.09, model::LateralFilter::box(13))), Outcome::disagree);
}

TEST(Verdict, ConvictsAPredictionWithoutTheCorrelation) {
  EXPECT_EQ(outcome_of(candidate_network(0.1, model::LateralFilter())), Outcome::disagree);
}

TEST(Verdict, ConvictsAKernelWithoutItsThresholdTerm) {
  EXPECT_EQ(outcome_of(without_threshold_term()), Outcome::disagree);
}

}  // namespace
}  // namespace wideproof
