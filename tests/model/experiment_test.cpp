// SPDX-License-Identifier: MIT
#include <wideproof/model/experiment.hpp>

#include <gmock/gmock.h>

#include <functional>
#include <limits>
#include <memory>

#include <wideproof/model/generalization/generalization_spec.hpp>
#include <wideproof/model/gram/gram_spec.hpp>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using Options = Experiment::Options;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Options valid_experiment() {
  auto options = GramSpec::defaults();
  options.inputs.count = 8;
  return options;
}

void expect_accepted(const std::function<void(Options&)>& change) {
  Options options = valid_experiment();
  change(options);
  EXPECT_NO_THROW(Experiment{options});
}

std::string experiment_refusal(const std::function<void(Options&)>& change) {
  Options options = valid_experiment();
  change(options);
  return refusal([&] { Experiment{options}; });
}

TEST(Experiment, KeepsWhatItWasGiven) {
  Options options = valid_experiment();
  options.study.name = "ring";
  options.simulation.replicates = 17;
  options.compare.prediction = "mine.npy";
  const Experiment experiment(options);
  EXPECT_EQ(experiment.study().name, "ring");
  EXPECT_EQ(experiment.simulation().replicates, 17);
  EXPECT_EQ(experiment.compare().prediction, "mine.npy");
  EXPECT_EQ(experiment.inputs().count, 8);
  EXPECT_EQ(experiment.network().depth(), 3);
}

TEST(Experiment, TakesNamesThatCanNameAFolder) {
  for (const std::string name : {"a", "sparse ring", "...", "τ=1", "a.b"}) {
    expect_accepted([&](Options& o) { o.study.name = name; });
  }
  expect_accepted([](Options& o) { o.study.name = std::string(100, 'a'); });
}

TEST(Experiment, RefusesNamesThatCannotNameAFolder) {
  const auto named = [](std::string name) {
    return experiment_refusal([&](Options& o) { o.study.name = name; });
  };
  EXPECT_EQ(named(""), "study.name = \"\": must not be empty: it names the run's folder");
  for (const std::string name : {".", "..", "a/b", "/"}) {
    EXPECT_THAT(named(name), HasSubstr("\": must be usable as a folder's name")) << name;
  }
  for (const std::string& name :
       {std::string("a\nb"), std::string("a\0b", 3), std::string("\x7f")}) {
    EXPECT_THAT(named(name), HasSubstr("must not hold control characters"));
  }
  EXPECT_THAT(named(std::string(101, 'a')), HasSubstr("is 101 bytes long; at most 100"));
}

TEST(Experiment, IsOfSomeKind) {
  EXPECT_EQ(experiment_refusal([](Options& o) { o.kind = nullptr; }), "study.kind: is missing");
  EXPECT_EQ(Experiment(valid_experiment()).kind().name(), "gram");
}

Options regression(const RegressionSpec& regression = {},
                   const TargetSpec& targets = {.source = TargetSpec::Source::half_circle}) {
  auto options = GeneralizationSpec::defaults();
  options.inputs.count = 4000;
  options.kind = std::make_shared<GeneralizationSpec>(regression, targets);
  return options;
}

TEST(Experiment, LetsAStudyOfGeneralizationDoWithoutNetworks) {
  EXPECT_NO_THROW(Experiment{regression()});
  auto one = regression();
  one.simulation.widths = {64};
  one.simulation.replicates = 1;
  EXPECT_NO_THROW(Experiment{one});
}

TEST(Experiment, RefusesWhatAStudyOfGeneralizationDoesNotRead) {
  const auto with = [](const std::function<void(Options&)>& change) {
    auto options = regression();
    change(options);
    return refusal([&] { Experiment{options}; });
  };
  EXPECT_EQ(with([](Options& o) { o.simulation.precision = 0.1; }),
            "simulation.precision = 0.1: must be left out for study.kind = \"generalization\"");
  EXPECT_THAT(with([](Options& o) { o.simulation.variance_reduction = true; }),
              HasSubstr("must be false"));
  EXPECT_THAT(with([](Options& o) { o.compare.prediction = "mine.npy"; }),
              HasSubstr("must be \"theory\""));
  EXPECT_THAT(refusal([] { Experiment{regression({.draws = 0})}; }),
              HasSubstr("generalization.draws = 0"));
  EXPECT_THAT(refusal([] { Experiment{regression({}, {.source = TargetSpec::Source::labels})}; }),
              HasSubstr("needs inputs.labels"));
}

TEST(Experiment, RefusesAMarginThatHoldsErrorsOfNought) {
  auto options = regression();
  options.compare.equivalence_margin = 1;
  EXPECT_EQ(refusal([&] { Experiment{options}; }),
            "compare.equivalence_margin = 1: must lie in (0, 1)");
  options.compare.equivalence_margin = 0.99;
  EXPECT_NO_THROW(Experiment{options});
}

TEST(Experiment, TakesWidthsThatAscendWithinBounds) {
  expect_accepted([](Options& o) { o.simulation.widths = {2, 3, 10'000'000}; });
  const auto with = [](std::vector<std::int64_t> widths) {
    return experiment_refusal([&](Options& o) { o.simulation.widths = widths; });
  };
  EXPECT_EQ(with({}), "simulation.widths = []: must name at least one width");
  EXPECT_EQ(with({0, 4}), "simulation.widths[0] = 0: must lie in [1, 10000000]");
  EXPECT_EQ(with({4, 10'000'001}), "simulation.widths[1] = 10000001: must lie in [1, 10000000]");
  EXPECT_EQ(with({4, 8, 8}), "simulation.widths[2] = 8: must exceed the width before it, 8");
  EXPECT_EQ(with({8, 4}), "simulation.widths[1] = 4: must exceed the width before it, 8");
}

TEST(Experiment, TakesTwoToABillionReplicates) {
  expect_accepted([](Options& o) { o.simulation.replicates = 2; });
  expect_accepted([](Options& o) { o.simulation.replicates = 1'000'000'000; });
  EXPECT_EQ(experiment_refusal([](Options& o) { o.simulation.replicates = 1; }),
            "simulation.replicates = 1: must lie in [2, 1000000000]");
  EXPECT_THAT(experiment_refusal([](Options& o) { o.simulation.replicates = 1'000'000'001; }),
              HasSubstr("must lie in"));
}

TEST(Experiment, DrawsEveryWeightUpToAWidthOnly) {
  const auto direct_at = [](std::int64_t width) {
    return [width](Options& o) {
      o.simulation.engine = Engine::direct;
      o.simulation.widths = {4, width};
    };
  };
  expect_accepted(direct_at(65'536));
  EXPECT_EQ(experiment_refusal(direct_at(65'537)),
            "simulation.widths[1] = 65537: must not exceed 65536 with two layers or more and "
            "simulation.engine = \"direct\", which draws width x width weights; \"collapsed\" "
            "samples the same law without them");
  expect_accepted([&](Options& o) {
    direct_at(65'537)(o);
    o.network = Network({.depth = 1});
  });
}

TEST(Experiment, ReducesVarianceWhereMeansAreKnown) {
  const auto reduces = [](Network::Options network, Engine engine = Engine::automatic) {
    return [network, engine](Options& o) {
      o.network = Network(network);
      o.simulation.engine = engine;
      o.simulation.variance_reduction = true;
    };
  };
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    expect_accepted(reduces({.threshold = rule}));
  }
  expect_accepted(reduces({.activation = Activation::relu}, Engine::collapsed));
  const auto torus = LateralFilter::box(2, Sheet::torus);
  expect_accepted(reduces({.presynaptic = torus, .postsynaptic = torus}));
  expect_accepted(
      reduces({.presynaptic = LateralFilter::uniform(2), .postsynaptic = LateralFilter::box(2)}));

  EXPECT_EQ(experiment_refusal(reduces({.activation = Activation::tanh})),
            "simulation.variance_reduction = true: must be false for network.activation = "
            "\"tanh\": the means that control variates need are known for \"thresholded-relu\" and "
            "\"relu\"");
  EXPECT_THAT(experiment_refusal(reduces({.activation = Activation::pointwise})),
              HasSubstr("must be false for network.activation = \"gelu\": "));
  EXPECT_THAT(experiment_refusal(reduces({}, Engine::direct)),
              HasSubstr("simulation.variance_reduction = true: must be false for "
                        "simulation.engine = \"direct\""));
}

TEST(Experiment, KnowsItsEnginesByName) {
  for (const auto engine : {Engine::automatic, Engine::collapsed, Engine::direct}) {
    EXPECT_EQ(engine_from_name("simulation.engine", name_of(engine)), engine);
  }
  try {
    engine_from_name("simulation.engine", "dircet");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "simulation.engine = \"dircet\": must be one of auto, collapsed, direct; did you "
                 "mean \"direct\"?");
  }
}

TEST(Experiment, BoundsPrecisionAndMemory) {
  expect_accepted([](Options& o) { o.simulation.precision = 1e-6; });
  expect_accepted([](Options& o) { o.simulation.memory_gib = .01; });
  for (const double precision : {0.0, -.1, .6, nan}) {
    EXPECT_THAT(experiment_refusal([&](Options& o) { o.simulation.precision = precision; }),
                HasSubstr("simulation.precision = "));
  }
  for (const double memory : {0.0, -1.0, nan}) {
    EXPECT_THAT(experiment_refusal([&](Options& o) { o.simulation.memory_gib = memory; }),
                HasSubstr("simulation.memory_gib = "));
  }
}

TEST(Experiment, BoundsErrorRateAndMargin) {
  expect_accepted([](Options& o) { o.compare.family_error = 0.5; });
  expect_accepted([](Options& o) { o.compare.equivalence_margin = 1; });
  for (const double error : {0.0, -0.1, 0.51, nan}) {
    EXPECT_THAT(experiment_refusal([&](Options& o) { o.compare.family_error = error; }),
                StartsWith(fmt::format("compare.family_error = {}: must lie in (0, 0.5]", error)));
  }
  for (const double margin : {0.0, -0.1, 1.01, nan}) {
    EXPECT_EQ(experiment_refusal([&](Options& o) { o.compare.equivalence_margin = margin; }),
              fmt::format("compare.equivalence_margin = {}: must lie in (0, 1]", margin));
  }
}

TEST(Experiment, TakesPersistenceOnlyWhereNeuronsAreCorrelated) {
  EXPECT_THAT(experiment_refusal([](Options& o) { o.compare.persistence = true; }),
              StartsWith("compare.persistence = true: must be left out for study.kind = "));
}

TEST(Experiment, NeedsAPrediction) {
  EXPECT_EQ(experiment_refusal([](Options& o) { o.compare.prediction = ""; }),
            "compare.prediction = \"\": must be \"theory\" or the name of a file");
}

TEST(Experiment, SaysWhatAFilesMatricesAreOnlyOfAFile) {
  EXPECT_EQ(
      experiment_refusal(
          [](Options& o) { o.compare.prediction_kind = PredictionKind::correlation; }),
      "compare.prediction_kind = \"correlation\": needs a file in compare.prediction: it says "
      "what the file's matrices are");
  expect_accepted([](Options& o) {
    o.compare.prediction = "mine.npy";
    o.compare.prediction_kind = PredictionKind::correlation;
  });
  for (const auto kind : {PredictionKind::gram, PredictionKind::kernel, PredictionKind::correlation,
                          PredictionKind::tangent})
    EXPECT_EQ(prediction_kind_from_name("k", name_of(kind)), kind);
  EXPECT_THAT(refusal([] { prediction_kind_from_name("compare.prediction_kind", "kernels"); }),
              StartsWith("compare.prediction_kind = \"kernels\": must be one of gram, kernel, "
                         "correlation, tangent; did you mean \"kernel\"?"));
}

TEST(Experiment, ChecksItsInputs) {
  EXPECT_EQ(experiment_refusal([](Options& o) { o.inputs.count = 0; }),
            "inputs.count = 0: must lie in [1, 100000]");
}

TEST(Experiment, BothFiltersMustFitEveryWidth) {
  const auto with = [](Network::Options network) {
    return [network](Options& o) {
      o.network = Network(network);
      o.simulation.widths = {16, 64};
    };
  };
  Network::Options network;
  network.presynaptic = LateralFilter::box(16);
  network.postsynaptic = LateralFilter::box(16);
  expect_accepted(with(network));
  network.presynaptic = LateralFilter::box(17);
  EXPECT_EQ(experiment_refusal(with(network)),
            "network.presynaptic.taps = 17: must not exceed the width 16");
  network.presynaptic = {};
  network.postsynaptic = LateralFilter::box(17);
  EXPECT_EQ(experiment_refusal(with(network)),
            "network.postsynaptic.taps = 17: must not exceed the width 16");
}

TEST(Experiment, AQuantileThresholdNeedsTwoNeurons) {
  const auto with = [](Network::Options network) {
    return [network](Options& o) {
      o.network = Network(network);
      o.simulation.widths = {1, 64};
    };
  };
  EXPECT_THAT(experiment_refusal(with({})),
              StartsWith("simulation.widths[0] = 1: must be at least 2 for "
                         "network.threshold = \"quantile\""));
  Network::Options network;
  network.threshold = ThresholdRule::fixed;
  expect_accepted(with(network));
  network = {};
  network.activation = Activation::relu;
  expect_accepted(with(network));
}

TEST(Experiment, AStepNeedsAThresholdWithASeriesInTheWidth) {
  const auto stepping = [](ThresholdRule rule) {
    Network::Options network;
    network.activation = Activation::thresholded_step;
    network.threshold = rule;
    return [network](Options& o) { o.network = Network(network); };
  };
  EXPECT_THAT(experiment_refusal(stepping(ThresholdRule::quantile)),
              StartsWith("network.threshold = \"quantile\": must be \"std\" or \"fixed\""));
  expect_accepted(stepping(ThresholdRule::std));
  // A sign that is thresholded is a step, a kink there is none.
  const auto thresholded = [](Function function) {
    Network::Options network;
    network.activation = Activation::thresholded_pointwise;
    network.function.function = function;
    return [network](Experiment::Options& o) { o.network = Network(network); };
  };
  EXPECT_THAT(
      experiment_refusal(thresholded(Function::sign)),
      HasSubstr("must be \"std\" or \"fixed\" for network.activation = \"thresholded-sign\""));
  expect_accepted(thresholded(Function::abs));
}

TEST(DType, NamesRoundTrip) {
  for (const DType dtype : {DType::float32, DType::float64}) {
    EXPECT_EQ(dtype_from_name("k", name_of(dtype)), dtype);
  }
  EXPECT_EQ(refusal([] { dtype_from_name("simulation.dtype", "float46"); }),
            "simulation.dtype = \"float46\": must be one of float32, float64; did you mean "
            "\"float64\"?");
}

}  // namespace
}  // namespace wideproof::model
