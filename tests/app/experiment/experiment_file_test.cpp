// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_file.hpp>

#include <string>
#include <vector>

#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/kinds/gram/gram_template.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

std::string complaint(const std::vector<std::string>& settings) {
  return model::refusal([&] { parse_experiment(tiny, "tiny", settings); });
}

TEST(ExperimentFile, TemplateParses) {
  const auto experiment = parse_experiment(std::string(gram_template()), "template", {});
  EXPECT_EQ(experiment.kind().name(), "gram");
  EXPECT_EQ(experiment.network().depth(), 3);
  EXPECT_EQ(experiment.inputs().count, 8);
}

TEST(ExperimentFile, TemplateOfAnotherKindIsRefused) {
  EXPECT_THAT(model::refusal([] { kind_format("KIND", "rings"); }),
              testing::HasSubstr("KIND = \"rings\": must be one of gram, generalization"));
}

TEST(ExperimentFile, ResolvedTomlIsAFixedPoint) {
  const std::vector<std::string> networks = {
      "{}",
      "{weight_variance=1.7, bias_variance=0.1, active_fraction=0.3, threshold='std'}",
      "{activation='relu', depth=7}",
      "{activation='sparse-projection', sparseness=0.6, signed=false}",
      "{activation='leaky-relu', slope=0.1}",
      "{activation='thresholded-rectified-power', order=3, active_fraction=0.2}",
      "{activation='expression', expression='x > 0.3 ? (x-0.3)^2 : 0', kinks=[0.3]}",
      "{activation='expression', expression='tanh(x)+0.1*x'}",
      "{presynaptic={filter='gaussian', scale=1.5}}",
      "{presynaptic={filter='mexican-hat', scale=1, surround_scale=2, taps=9, sheet='torus'}}",
      "{presynaptic={filter='uniform', degree=0.1}}",
      "{postsynaptic={filter='exponential', scale=0.3}}",
      "{depth=2, activation='relu', active_fraction=0.3, layers=[{}, {activation="
      "'thresholded-gelu', threshold='std', weight_variance=2, bias_variance=0.1}]}",
      "{depth=2, layers=[{width_factor=0.5, activation='expression', expression='tanh(x)+0.1*x', "
      "weight_variance=2}, {activation='sparse-projection', sparseness=0.5}]}",
  };
  const std::vector<std::string> inputs = {
      "{count=3}",
      "{source='gaussian', count=3, dimension=5, seed=4}",
      "{source='cosines', cosines=[1, 0.1, 0.30000000000000004]}",
      "{source='idx', images='a', labels='b', classes=[1, 0], per_class=2}",
  };
  for (const auto& network : networks) {
    for (const auto& input : inputs) {
      const auto once = to_toml(parse_experiment(
          "[study]", "",
          {"network=" + network, "inputs=" + input, "study.name=\"a 'quoted' \\\"name\\\"\"",
           "study.seed=9223372036854775807", "simulation.dtype=float64", "simulation.engine=direct",
           "simulation.widths=[100, 200]", "simulation.memory_gib=1.5"}));
      EXPECT_EQ(to_toml(parse_experiment(once, "once", {})), once);
    }
  }
}

TEST(ExperimentFile, LayersTakeWhatTheyLeaveOutFromTheNetwork) {
  const auto network = parse_experiment(
                           "[network]\ndepth = 3\nactivation = \"leaky-relu\"\nslope = 0.2\n"
                           "active_fraction = 0.25\n"
                           "layers = [{gain = 2}, {slope = 0.1, gain = 3}, "
                           "{activation = \"thresholded-relu\", weight_variance = \"critical\"}]\n",
                           "", {})
                           .network();
  EXPECT_EQ(network.input_weight_variance(), 4);
  EXPECT_EQ(network.like_layer(1).function().slope, .2);
  EXPECT_EQ(network.like_layer(1).weight_variance(), 9);
  EXPECT_EQ(network.like_layer(2).function().slope, .1);
  EXPECT_FALSE(network.like_layer(2).weight_variance());
  EXPECT_EQ(network.like_layer(3).active_fraction(), .25);
}

TEST(ExperimentFile, NamesKeysOfALayerThatItsActivationDoesNotRead) {
  const auto refused = [](const std::string& network) {
    return model::refusal([&] { parse_experiment("[network]\ndepth = 2\n" + network, "", {}); });
  };
  EXPECT_EQ(refused("layers = [{}, {slope = 0.1}]\n"),
            "network.layers[1].slope = 0.1: activation \"thresholded-relu\" does not read it; "
            "remove it");
  EXPECT_EQ(
      refused("activation = \"relu\"\nslope = 0.1\nlayers = [{}, {activation = \"erf\"}]\n"),
      "network.slope = 0.1: no layer takes it: each has its own in network.layers or does not "
      "read it; remove it");
  EXPECT_THAT(refused("active_fraction = 0.3\nlayers = [{activation = \"relu\"}, "
                      "{active_fraction = 0.5}]\n"),
              testing::HasSubstr("network.active_fraction = 0.3: no layer takes it"));
  EXPECT_THAT(refused("weight_variance = 7\nlayers = [{}, {weight_variance = 2}]\n"),
              testing::HasSubstr("network.weight_variance = 7: no layer takes it"));
  EXPECT_THAT(refused("activation = \"relu\"\nlayers = [{activation = \"erf\"}, {activation = "
                      "\"tanh\"}]\n"),
              testing::HasSubstr("network.activation = \"relu\": no layer takes it"));
  EXPECT_THAT(refused("layers = [{}, {bias_variance = 1.5}]\n"),
              testing::HasSubstr("network.layers[1].bias_variance = 1.5: must be below 1"));
  EXPECT_THAT(refused("layers = [{activation = 3}, {}]\n"),
              testing::HasSubstr("network.layers[0].activation = 3: must be a string"));
  EXPECT_THAT(refused("layers = [{}, {slop = 0.1}]\n"),
              testing::HasSubstr("network.layers[1].slop"));
  EXPECT_THAT(refused("layers = [{activation = \"rellu\"}, {}]\n"),
              testing::HasSubstr("network.layers[0].activation = \"rellu\": must be one of"));
  EXPECT_THAT(refused("layers = [{}]\n"), testing::HasSubstr("network.layers = 1 layers"));
  std::vector<std::string> notes;
  parse_experiment(
      "[network]\ndepth = 2\nlayers = [{activation = \"gelu\", threshold = \"std\"}, {}]\n", "", {},
      {}, notes);
  EXPECT_THAT(notes,
              testing::ElementsAre("network.layers[0].threshold is not read: \"gelu\" has no "
                                   "threshold; \"thresholded-gelu\" has one"));
}

TEST(ExperimentFile, LayersOfTheirOwnAreForGramStudies) {
  for (const std::string kind : {"tangent", "dimension", "generalization"}) {
    const auto refused = model::refusal([&] {
      parse_experiment("[study]\nkind = \"" + kind +
                           "\"\n[network]\ndepth = 2\nlayers = [{}, {activation = \"relu\"}]\n",
                       "",
                       kind == "generalization"
                           ? std::vector<std::string>{"targets.source=half-circle"}
                           : std::vector<std::string>());
    });
    EXPECT_THAT(refused, testing::HasSubstr("network.layers = layers with more of their own than "
                                            "width_factor: must be left out for study.kind"))
        << kind;
  }
  EXPECT_THAT(model::refusal([] {
                parse_experiment(
                    "[network]\ndepth = 2\nlayers = [{}, {width_factor = 2}]\n"
                    "[simulation]\nvariance_reduction = true\n",
                    "", {});
              }),
              testing::HasSubstr("simulation.variance_reduction = true: must be false where "
                                 "network.layers"));
}

/// A threshold is left alone, and noted, where the activation could have one.
TEST(ExperimentFile, NotesThresholdsBesideAFunction) {
  std::vector<std::string> notes;
  const auto experiment = parse_experiment(
      "[network]\nactivation = \"gelu\"\nactive_fraction = 0.2\n", "file", {}, {}, notes);
  EXPECT_EQ(experiment.network().activation_name(), "gelu");
  EXPECT_THAT(notes, testing::ElementsAre("network.active_fraction is not read: \"gelu\" has no "
                                          "threshold; \"thresholded-gelu\" has one"));
  EXPECT_THAT(model::refusal([] {
                parse_experiment("[network]\nactivation = \"relu\"\nactive_fraction = 0.2\n", "",
                                 {});
              }),
              testing::HasSubstr("does not read it; remove it"));
}

TEST(ExperimentFile, SaysWhatIsWrongWithAnExpression) {
  const auto refused = [](const std::string& network) {
    return model::refusal(
        [&] { parse_experiment("[network]\nactivation = \"expression\"\n" + network, "", {}); });
  };
  EXPECT_THAT(refused(""), testing::HasSubstr("network.expression = \"\": "));
  EXPECT_THAT(refused("expression = \"x +\""), testing::HasSubstr("cannot be parsed at its end"));
  EXPECT_THAT(refused("expression = \"x + )\""),
              testing::HasSubstr("cannot be parsed at character 5"));
  EXPECT_THAT(refused("expression = \"ln(x)\""), testing::HasSubstr("is not a number at x = "));
  EXPECT_THAT(refused("expression = \"abs(x)\"\nkinks = [1]"),
              testing::HasSubstr("network.kinks = [1]: leaves out x = 0, where"));
  EXPECT_THAT(refused("expression = \"x\"\norder = 2"), testing::HasSubstr("network.order = 2: "));
}

TEST(ExperimentFile, TakesTheGainForTheRootOfTheWeightVariance) {
  const auto variance = [](const std::string& network, const std::vector<std::string>& settings) {
    return parse_experiment("[network]\n" + network, "gain", settings).network().weight_variance();
  };
  EXPECT_EQ(variance("gain = 1.5", {}), 2.25);
  EXPECT_EQ(variance("weight_variance = \"critical\"", {"network.gain=1.5"}), 2.25);
  EXPECT_EQ(variance("gain = 1.5", {"network.weight_variance=critical"}), std::nullopt);
  const auto refused = [&](const std::string& network) {
    return model::refusal([&] { variance(network, {}); });
  };
  EXPECT_EQ(refused("gain = 1.5\nweight_variance = 2.25"),
            "network.gain: give it or network.weight_variance, its square, not both");
  for (const auto* gain : {"0", "-1", "nan", "inf", "1e200", "1e-200"}) {
    EXPECT_THAT(refused(std::string("gain = ") + gain),
                testing::AllOf(testing::StartsWith("network.gain = "),
                               testing::HasSubstr("must be positive and finite")));
  }
}

TEST(ExperimentFile, StopsAtReplicatesOrAtAPrecision) {
  const auto simulation = [](const std::vector<std::string>& settings) {
    return parse_experiment("inputs.count = 3", "", settings).simulation();
  };
  EXPECT_EQ(simulation({}).precision, std::nullopt);
  const auto precise = simulation({"simulation.precision=0.01"});
  EXPECT_EQ(precise.precision, 0.01);
  EXPECT_EQ(precise.replicates, 100'000);
  const std::vector<std::string> both = {"simulation.precision=0.01",
                                         "simulation.most_replicates=500"};
  EXPECT_EQ(simulation(both).replicates, 500);
  const auto once = to_toml(parse_experiment("inputs.count = 3", "", both));
  EXPECT_EQ(to_toml(parse_experiment(once, "once", {})), once);

  // One given later takes the other's place.
  EXPECT_EQ(parse_experiment(tiny, "tiny", {"simulation.precision=0.01"}).simulation().precision,
            0.01);
  EXPECT_EQ(simulation({"simulation.precision=0.01", "simulation.most_replicates=50",
                        "simulation.replicates=500"})
                .precision,
            std::nullopt);

  const auto complaint = [](const std::string& keys) {
    return model::refusal(
        [&] { parse_experiment("inputs.count = 3\n[simulation]\n" + keys, "", {}); });
  };
  EXPECT_EQ(complaint("precision = 0.01\nreplicates = 500"),
            "simulation.replicates: give it or simulation.precision, not both; "
            "simulation.most_replicates bounds a run that stops at a precision");
  EXPECT_EQ(complaint("precision = 0.01\nmost_replicates = 1"),
            "simulation.most_replicates = 1: must lie in [2, 1000000000]");
  EXPECT_EQ(complaint("most_replicates = 500"),
            "simulation.most_replicates: read only beside simulation.precision; remove it");
}

TEST(ExperimentFile, ReducesVarianceWhereAsked) {
  EXPECT_FALSE(parse_experiment(tiny, "tiny", {}).simulation().variance_reduction);
  const auto asked = parse_experiment(tiny, "tiny", {"simulation.variance_reduction=true"});
  EXPECT_TRUE(asked.simulation().variance_reduction);
  EXPECT_THAT(to_toml(asked), testing::HasSubstr("variance_reduction = true"));
  EXPECT_TRUE(parse_experiment(to_toml(asked), "", {}).simulation().variance_reduction);
  EXPECT_EQ(complaint({"simulation.variance_reduction=1"}),
            "simulation.variance_reduction = 1: must be true or false");
}

TEST(ExperimentFile, TakesMemoryAsANumberOrAuto) {
  const auto memory = [](const std::string& value) {
    return parse_experiment("inputs.count = 3", "", {"simulation.memory_gib=" + value})
        .simulation()
        .memory_gib;
  };
  EXPECT_EQ(memory("auto"), std::nullopt);
  EXPECT_EQ(memory("2"), 2.0);
  EXPECT_EQ(model::refusal([&] { memory("lots"); }),
            "simulation.memory_gib = \"lots\": must be a positive number or \"auto\"");
}

TEST(ExperimentFile, SettingsGoOverTheTextInOrder) {
  const auto experiment = parse_experiment(
      tiny, "tiny",
      {"network.depth=4", "network.depth=5", "simulation.widths=[10, 20]", "study.name='x y'",
       "network.activation=relu", "compare.prediction=/a/b.npy", "inputs.count = 6"});
  EXPECT_EQ(experiment.network().depth(), 5);
  EXPECT_THAT(experiment.simulation().widths, testing::ElementsAre(10, 20));
  EXPECT_EQ(experiment.study().name, "x y");
  EXPECT_EQ(experiment.network().activation(), model::Activation::relu);
  EXPECT_EQ(experiment.compare().prediction, "/a/b.npy");
  EXPECT_EQ(experiment.inputs().count, 6);
  EXPECT_EQ(experiment.network().presynaptic().options().taps, 3);  // what nobody set stays
}

TEST(ExperimentFile, AnInlineTableReplacesTheOneThatWasThere) {
  const auto text = std::string(gram_template());
  const auto replaced =
      parse_experiment(text, "template", {"network.presynaptic={filter=\"uniform\", degree=5}"});
  EXPECT_EQ(replaced.network().presynaptic().options().degree, 5.0);
  EXPECT_EQ(replaced.network().depth(), 3);
  const auto refined = parse_experiment(text, "template", {"network.presynaptic.taps=5"});
  EXPECT_EQ(refined.network().presynaptic().kind(), model::LateralFilter::Kind::box);
}

TEST(ExperimentFile, RefusesSettingsThatAreNone) {
  EXPECT_EQ(complaint({"network.depth"}), "--set = \"network.depth\": must read key.path=value");
  EXPECT_EQ(complaint({"=3"}), "--set = \"=3\": must read key.path=value");
  EXPECT_EQ(complaint({"a..b=3"}), "--set = \"a..b=3\": must read key.path=value");
  EXPECT_THAT(complaint({"network.depth="}), testing::HasSubstr("the value must be TOML"));
  EXPECT_THAT(complaint({"study.name=two words"}), testing::HasSubstr("the value must be TOML"));
}

TEST(ExperimentFile, RefusesKeysThatTheFilterDoesNotRead) {
  EXPECT_EQ(complaint({"network.presynaptic.scale=2"}),
            "network.presynaptic.scale = 2: filter \"box\" does not read it; remove it");
  EXPECT_THAT(complaint({"network.presynaptic.taps=0"}),
              testing::HasSubstr("network.presynaptic.taps = 0: must be at least 1"));
}

TEST(ExperimentFile, RefusesAWordForTheWeightVarianceButCritical) {
  EXPECT_THAT(complaint({"network.weight_variance=critcal"}),
              testing::HasSubstr("network.weight_variance = \"critcal\": must be a positive "
                                 "number or \"critical\""));
}

TEST(ExperimentFile, NamesLineAndColumnOfBadSyntax) {
  EXPECT_THAT(model::refusal([] { parse_experiment("a = 1\nb = = 2\n", "x\ny.toml", {}); }),
              testing::StartsWith("\"x\\ny.toml\": line 2, column 5: "));
}

TEST(ExperimentFile, TakesTheBuiltInNumberOfInputsOnACircle) {
  EXPECT_EQ(parse_experiment("[study]\nname = \"a\"\n", "text", {}).inputs().count, 8);
}

TEST(ExperimentFile, SaysThatABoxIsMissingItsTaps) {
  EXPECT_EQ(model::refusal(
                [] { parse_experiment("[network.presynaptic]\nfilter = \"box\"\n", "text", {}); }),
            "network.presynaptic.taps: is missing: filter \"box\" reads it");
}

TEST(ExperimentFile, SaysWhichKindReadsTheTablesOfGeneralization) {
  EXPECT_EQ(model::refusal([] { parse_experiment("[targets]\ncenter = true\n", "text", {}); }),
            "targets: read only by studies of study.kind = \"generalization\"; remove it");
}

}  // namespace
}  // namespace wideproof::app
