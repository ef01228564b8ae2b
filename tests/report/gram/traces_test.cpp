// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/traces.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include <wideproof/model/gram/gram_spec.hpp>

#include "invented.hpp"

namespace wideproof::report {
namespace {

using compare::testing::equicorrelated;
using compare::testing::Invented;
using ::testing::ElementsAre;

/// A study of invented numbers on a circle of two inputs: G = 2 everywhere on the diagonal.
struct InventedStudy {
  explicit InventedStudy(const Invented& law, bool endpoint = false)
      : sample(compare::testing::exact(law)), prediction(compare::testing::truth(law)) {
    auto options = model::GramSpec::defaults();
    options.inputs.source = model::InputSpec::Source::circle;
    options.inputs.count = law.limit.rows();
    options.inputs.endpoint = endpoint;
    experiment = std::make_unique<model::Experiment>(std::move(options));
    assessment = compare::testing::assess(prediction, sample, {});
    const Eigen::MatrixXd cosines = equicorrelated(law.limit.rows(), 0.25);
    for (std::size_t l = 0; l < law.layers; ++l) {
      const bool is_last = l + 1 == law.layers;
      theory.layers.push_back({.preactivation = cosines,
                               .gram = law.limit,
                               .correlation = cosines,
                               .preactivation_deficit = {},
                               .deficit = {},
                               .next_kernel = is_last ? Eigen::MatrixXd() : law.limit,
                               .separating_fraction = {},
                               .active_fraction = 0.5});
      if (is_last) continue;
      for (std::size_t i = l; i < sample.measurement.size(); i += law.layers)
        sample.measurement[i].next_correlation = sample.measurement[i].correlation;
    }
    curves.map = {{0, {-1.0, 0.0, 1.0}, {0.5, 0.5, 0.5}}};
  }

  std::vector<SweepTrace> traces() const {
    return gram_traces({*experiment,
                        theory,
                        prediction,
                        sample.measurement,
                        sample.series,
                        sample.series,
                        assessment,
                        curves,
                        "circle",
                        2,
                        {},
                        {}});
  }

  compare::testing::Sample sample;
  std::vector<compare::PredictedLayer> prediction;
  std::unique_ptr<model::Experiment> experiment;
  compare::Assessment assessment;
  model::Prediction theory;
  model::TheoryCurves curves;
};

/// G_aa = 2, c = 0.5 at each of three layers; n·Var = 9 · 4.
Invented law() {
  Invented law;
  law.layers = 3;
  law.limit = 2.0 * equicorrelated(2, 0.5);
  law.spread = 3.0;
  return law;
}

const SweepTrace& named(const std::vector<SweepTrace>& traces, const std::string& name) {
  const auto found = std::find_if(traces.begin(), traces.end(), [&](const SweepTrace& trace) {
    return trace.figure->name == name;
  });
  EXPECT_NE(found, traces.end()) << name;
  return *found;
}

TEST(SweepTraces, FollowTheCorrelationFromLayerToLayer) {
  const auto traces = InventedStudy(law()).traces();
  const SweepTrace& by_layer = named(traces, "correlation_by_layer");
  EXPECT_THAT(by_layer.line_x, ElementsAre(1, 2, 3));
  EXPECT_THAT(by_layer.line_y, ElementsAre(0.25, 0.5, 0.5));
  ASSERT_THAT(by_layer.dot_x, ElementsAre(2, 3));
  EXPECT_NEAR(by_layer.dot_y[0], 0.5, 1e-9);
  const SweepTrace& map = named(traces, "correlation_map");
  EXPECT_THAT(map.line_y, ElementsAre(0.5, 0.5, 0.5));
  ASSERT_EQ(map.dot_x.size(), 2u);  // one pair, from layer 1 to 2 and from 2 to 3
  EXPECT_NEAR(map.dot_x[0], 0.25, 1e-9);
  EXPECT_NEAR(map.dot_y[0], 0.5, 1e-9);
}

TEST(SweepTraces, SetWhatOneNetworkIsOffBesideItsLimit) {
  const auto traces = InventedStudy(law()).traces();
  const SweepTrace& fluctuation = named(traces, "fluctuation_by_width");
  EXPECT_THAT(fluctuation.dot_x, ElementsAre(256, 512, 1024, 2048, 4096));
  const SweepTrace& deviation = named(traces, "deviation_by_width");
  for (std::size_t w = 0; w < fluctuation.dot_x.size(); ++w) {
    EXPECT_NEAR(fluctuation.line_y[w], 9.0, 1e-9);
    EXPECT_NEAR(fluctuation.dot_y[w], 9.0, 0.3);  // the logarithm's jackknife shifts it
    EXPECT_NEAR(deviation.line_y[w], 3.0 / std::sqrt(deviation.line_x[w]), 1e-9);
  }
  Invented wrong = law();
  wrong.spread_exponent = -0.25;  // n·Var grows, and the dots leave the line
  const auto of_wrong = InventedStudy(wrong).traces();
  EXPECT_GT(named(of_wrong, "fluctuation_by_width").dot_y.back(), 3.0 * 9.0);
}

TEST(SweepTraces, HoldTheKernelOfTheLastLayerAndTheNorm) {
  const auto traces = InventedStudy(law()).traces();
  const SweepTrace& kernel = named(traces, "kernel_angle");
  EXPECT_THAT(kernel.line_x, ElementsAre(0, 180));
  EXPECT_THAT(kernel.line_y, ElementsAre(2, 1));
  EXPECT_NEAR(kernel.dot_y[1], 1.0, 1e-9);
  const SweepTrace& norm = named(traces, "norm_by_width");
  EXPECT_NEAR(norm.dot_y[0], 2.0, 1e-9);
  EXPECT_EQ(norm.line_y[0], 2.0);
  // Two norms of variance (2 · 3)²/256 that share half of it, and 100 networks.
  EXPECT_NEAR(norm.dot_error[0], 2.0 * 3.0 / 16.0 / 10.0 * std::sqrt(0.75), 1e-5);
}

TEST(SweepTraces, PlaceInputsOnACircleByTheAnglesThatTheyHave) {
  Invented three = law();
  three.limit = equicorrelated(3, 0.5);
  EXPECT_THAT(named(InventedStudy(three).traces(), "kernel_angle").dot_x, ElementsAre(0, 120));
  EXPECT_THAT(named(InventedStudy(three, true).traces(), "kernel_angle").dot_x,
              ElementsAre(0, 180));
}

TEST(SweepTraces, AreEmptyWhereThereIsNoSuchThing) {
  Invented shallow = law();
  shallow.layers = 1;
  InventedStudy study(shallow);
  study.curves.map.clear();
  const auto traces = study.traces();
  EXPECT_EQ(traces.size(), 6u);
  for (const SweepTrace& trace : traces)
    EXPECT_EQ(trace.is_empty(), trace.figure->name.starts_with("correl")) << trace.figure->name;
}

}  // namespace
}  // namespace wideproof::report
