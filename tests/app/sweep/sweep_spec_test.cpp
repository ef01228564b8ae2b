// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_spec.hpp>

#include <string>
#include <vector>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/gram_template.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SweepSpec read_sweep(const std::string& sweep, const std::vector<std::string>& settings = {}) {
  return parse_sweep(tiny + sweep, "tiny", settings).value();
}

std::string complaint(const std::string& sweep, const std::vector<std::string>& settings = {}) {
  return model::refusal([&] { read_sweep(sweep, settings); });
}

std::vector<std::string> points_of(const SweepSpec& sweep) {
  std::vector<std::string> texts;
  for (const auto& point : sweep.points) texts.push_back(point_text(sweep.keys, point.values));
  return texts;
}

std::vector<std::string> experiments_of(const SweepSpec& sweep) {
  std::vector<std::string> texts;
  for (const auto& point : sweep.points) texts.push_back(to_toml(point.experiment));
  return texts;
}

TEST(SweepSpec, AFileWithoutSweepHasNone) {
  EXPECT_FALSE(parse_sweep(tiny, "tiny", {}).has_value());
}

TEST(SweepSpec, ListsSpanTheirProductWithTheFirstKeySlowest) {
  const auto sweep = read_sweep(R"([sweep]
network.depth = [4, 3]
network.active_fraction = [0.05, 0.1, 0.3]
)");
  EXPECT_THAT(sweep.keys, ElementsAre("network.depth", "network.active_fraction"));
  EXPECT_THAT(points_of(sweep), ElementsAre("network.depth = 4, network.active_fraction = 0.05",
                                            "network.depth = 4, network.active_fraction = 0.1",
                                            "network.depth = 4, network.active_fraction = 0.3",
                                            "network.depth = 3, network.active_fraction = 0.05",
                                            "network.depth = 3, network.active_fraction = 0.1",
                                            "network.depth = 3, network.active_fraction = 0.3"));
  EXPECT_EQ(sweep.points[3].folder, "points/04");
  EXPECT_EQ(sweep.points[3].values[1].number, 0.05);
  EXPECT_EQ(sweep.name(), "tiny");
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(
        to_toml(sweep.points[i].experiment),
        to_toml(parse_experiment(tiny, "tiny",
                                 {"network.depth=" + sweep.points[i].values[0].text,
                                  "network.active_fraction=" + sweep.points[i].values[1].text})));
  }
}

TEST(SweepSpec, SpansWordsListsTablesAndTheStudysSeed) {
  const auto sweep = read_sweep(R"([sweep]
network.activation = ["relu", "thresholded-relu"]
simulation.widths = [[32], [32, 128]]
network.presynaptic = [{filter = "none"}, {filter = "uniform", degree = 2.0}]
study.seed = [1, 2]
)");
  ASSERT_EQ(sweep.points.size(), 16);
  EXPECT_EQ(point_text(sweep.keys, sweep.points[7].values),
            "network.activation = relu, simulation.widths = [32, 128], "
            "network.presynaptic = {degree = 2.0, filter = \"uniform\"}, study.seed = 2");
  EXPECT_EQ(sweep.points[7].values[1].number, std::nullopt);
  const auto& experiment = sweep.points[7].experiment;
  EXPECT_EQ(experiment.network().activation(), model::Activation::relu);
  EXPECT_THAT(experiment.simulation().widths, ElementsAre(32, 128));
  EXPECT_EQ(experiment.network().presynaptic().options().degree, 2.0);
  EXPECT_EQ(experiment.study().seed, 2);
  // active_fraction is read where there is a threshold.
  EXPECT_EQ(sweep.points[15].experiment.network().active_fraction(), 0.3);
}

TEST(SweepSpec, TakesPointsOneByOne) {
  const auto sweep = read_sweep(R"([[sweep.points]]
network.depth = 9
network.active_fraction = 0.371
[[sweep.points]]
network.active_fraction = 0.5
network.depth = 1
)");
  EXPECT_THAT(sweep.keys, ElementsAre("network.depth", "network.active_fraction"));
  EXPECT_THAT(points_of(sweep), ElementsAre("network.depth = 9, network.active_fraction = 0.371",
                                            "network.depth = 1, network.active_fraction = 0.5"));
  EXPECT_EQ(sweep.points[0].experiment.network().presynaptic().options().taps, 3);
  EXPECT_EQ(points_of(read_sweep("", {"sweep.points=[{network.depth=9}, {network.depth=1}]"})),
            (std::vector<std::string>{"network.depth = 9", "network.depth = 1"}));
}

TEST(SweepSpec, NumbersFoldersWithAsManyDigitsAsThePointsNeed) {
  std::string seeds = "0";
  for (int i = 1; i < 120; ++i) seeds += ", " + std::to_string(i);
  const auto sweep = read_sweep("[sweep]\nstudy.seed = [" + seeds + "]\n");
  EXPECT_EQ(sweep.points.front().folder, "points/001");
  EXPECT_EQ(sweep.points.back().folder, "points/120");
}

TEST(SweepSpec, SettingsGoOverTheFileBeforeItIsSpreadOut) {
  const std::string depths = "[sweep]\nnetwork.depth = [1, 2]\n";
  const auto sweep =
      read_sweep(depths, {"sweep.network.active_fraction=[0.1, 0.2]",
                          "sweep.network.depth=[5, 6, 7]", "simulation.widths=[64]"});
  EXPECT_THAT(sweep.keys, ElementsAre("network.depth", "network.active_fraction"));
  EXPECT_EQ(sweep.points.size(), 6);
  EXPECT_THAT(sweep.points[5].experiment.simulation().widths, ElementsAre(64));
  EXPECT_EQ(complaint(depths, {"network.depth=3"}),
            "--set network.depth = 3: the file sweeps network.depth; set sweep.network.depth to a "
            "list");
  EXPECT_THAT(complaint("[sweep]\nnetwork.presynaptic = [{filter=\"none\"}]\n",
                        {"network.presynaptic.taps=5"}),
              HasSubstr("--set network.presynaptic.taps = 5: the file sweeps network.presynaptic"));
  EXPECT_THAT(complaint("[sweep]\nstudy.seed = [1, 2]\n", {"study.seed=3"}),
              HasSubstr("--set study.seed = 3: the file sweeps study.seed"));
}

TEST(SweepSpec, ASweptPrecisionTakesThePlaceOfReplicates) {
  const auto sweep = read_sweep("[sweep]\nsimulation.precision = [0.1, 0.01]\n");
  EXPECT_EQ(sweep.points[1].experiment.simulation().precision, 0.01);
}

TEST(SweepSpec, ResolvedTomlGivesTheSamePointsAndIsAFixedPoint) {
  const std::vector<std::string> sweeps = {
      "[sweep]\nnetwork.depth = [4, 3]\nnetwork.active_fraction = [0.05, 0.1]\n",
      // Each point's support follows from its own scale.
      "[sweep]\nnetwork.presynaptic = [{filter='gaussian', scale=1}, {filter='box', taps=3}]\n"
      "network.postsynaptic.scale = [0.5, 1.0]\n[network.postsynaptic]\nfilter='gaussian'\n",
      // A key that the first point does not read.
      "[sweep]\nnetwork.activation = ['relu', 'thresholded-relu']\n",
      "[sweep]\nsimulation.precision = [0.1, 0.01]\nsimulation.widths = [[32], [64]]\n",
      "[sweep]\ninputs = [{source='circle', count=3}, {source='cosines', cosines=[1, 0.5]}]\n",
      "[[sweep.points]]\nstudy.seed = 3\nnetwork.depth = 9\n"
      "[[sweep.points]]\nstudy.seed = 2\nnetwork.depth = 1\n",
  };
  for (const auto& text : sweeps) {
    const auto sweep = read_sweep(text);
    const auto again = parse_sweep(sweep.resolved, "again", {}).value();
    EXPECT_EQ(experiments_of(again), experiments_of(sweep)) << sweep.resolved;
    EXPECT_EQ(points_of(again), points_of(sweep)) << sweep.resolved;
    EXPECT_EQ(again.resolved, sweep.resolved);
    EXPECT_THAT(sweep.resolved, HasSubstr("equivalence_margin = 0.02"));  // nothing by default
  }
}

TEST(SweepSpec, RefusesAPointThatIsNoExperiment) {
  const std::string depths = "network.depth = [1, 2]\n";
  EXPECT_EQ(complaint("[sweep]\n" + depths + "network.active_fraction = [0.3, 1.5]\n"),
            "sweep, point 2 (network.depth = 1, network.active_fraction = 1.5): "
            "network.active_fraction = 1.5: must lie in [0.0001, 0.9]");
  EXPECT_THAT(
      complaint("[sweep]\nnetwork.activ_fraction = [0.3]\n"),
      testing::AllOf(HasSubstr("sweep, point 1 (network.activ_fraction = 0.3): "),
                     HasSubstr("unknown key"), HasSubstr("did you mean \"active_fraction\"?")));
  EXPECT_THAT(complaint("[sweep]\nsimulation.widths = [32, 64]\n"),
              HasSubstr("simulation.widths = 32: must be a list"));
  EXPECT_EQ(complaint("[sweep]\nnetwork.depth.x = [1]\n"), "network.depth = 2: must be a table");
}

TEST(SweepSpec, NamesNoPointForWhatTheSweepHasNoPartIn) {
  const std::string depths = "[sweep]\nnetwork.depth = [1, 2]\n";
  EXPECT_EQ(complaint(depths, {"network.bias_variance=-1.0"}),
            "network.bias_variance = -1: must be finite and at least 0");
  EXPECT_EQ(complaint(depths, {"simulation.widths=[8]", "network.presynaptic.taps=9"}),
            "network.presynaptic.taps = 9: must not exceed the width 8");
  // The last point's width would take the filter.
  EXPECT_EQ(complaint("[sweep]\nsimulation.widths = [[8], [64]]\n", {"network.presynaptic.taps=9"}),
            "sweep, point 1 (simulation.widths = [8]): network.presynaptic.taps = 9: must not "
            "exceed the width 8");
  EXPECT_EQ(complaint("[sweep]\nnetwork.depth = [0]\n"),
            "sweep, point 1 (network.depth = 0): network.depth = 0: must lie in [1, 1000] (hidden "
            "layers)");
}

TEST(SweepSpec, RefusesListsThatAreNone) {
  EXPECT_EQ(complaint("[sweep]\n"), "sweep: must name at least one key");
  EXPECT_EQ(complaint("[sweep.network]\n"), "sweep: must name at least one key");
  EXPECT_EQ(model::refusal([] { parse_sweep("sweep = 3", "", {}); }), "sweep = 3: must be a table");
  EXPECT_EQ(complaint("[sweep]\nnetwork.depth = 3\n"),
            "sweep.network.depth = 3: must be a list of values");
  EXPECT_EQ(complaint("[sweep]\nnetwork.depth = []\n"),
            "sweep.network.depth = []: must hold at least one value");
  EXPECT_EQ(complaint("[sweep]\nnetwork.weight_variance = [1, 2, 1.0]\n"),
            "sweep.network.weight_variance[2] = 1.0: the list holds it twice");
}

TEST(SweepSpec, RefusesKeysThatNoSweepMayChange) {
  EXPECT_EQ(complaint("[sweep]\nstudy.name = ['a', 'b']\n"),
            "sweep.study.name: every point of a sweep has the same study.name");
  EXPECT_EQ(complaint("[[sweep.points]]\nstudy.kind = 'gram'\n"),
            "sweep.points, point 1, study.kind: every point of a sweep has the same study.kind");
  EXPECT_THAT(complaint("[sweep]\nstudy = [{seed = 1}]\n"), HasSubstr("the same study.name"));
  EXPECT_EQ(complaint("[sweep]\nsweep.network.depth = [[1], [2]]\n"),
            "sweep.sweep.network.depth: a sweep cannot be swept");
}

TEST(SweepSpec, RefusesKeysThatPointsHaveInCommon) {
  for (const std::string key : {"compare.family_error", "compare.agreement_error",
                                "simulation.memory_gib", "simulation.checkpoint_seconds"}) {
    EXPECT_THAT(
        complaint("[sweep]\n" + key + " = [0.1, 0.2]\n"),
        testing::StartsWith("sweep." + key + ": every point of a sweep has the same " + key));
    EXPECT_THAT(complaint("[[sweep.points]]\n" + key + " = 0.1\n"), HasSubstr("the same " + key));
  }
  EXPECT_THAT(complaint("[sweep]\ncompare = [{equivalence_margin = 0.1}, {family_error = 0.1}]\n"),
              HasSubstr("the same compare.family_error"));
  EXPECT_EQ(read_sweep("[sweep]\ncompare.equivalence_margin = [0.1, 0.2]\n").points.size(), 2);
}

TEST(SweepSpec, RefusesMoreThanTenThousandPoints) {
  std::string numbers = "1";
  for (int i = 2; i <= 101; ++i) numbers += ", " + std::to_string(i);
  const auto list = " = [" + numbers + "]\n";
  EXPECT_EQ(complaint("[sweep]\nstudy.seed" + list + "network.depth" + list),
            "sweep: has more than 10000 points");
}

TEST(SweepSpec, RefusesPointsThatDoNotGoTogether) {
  const std::string point = "[[sweep.points]]\n";
  EXPECT_EQ(complaint("[sweep]\nnetwork.depth = [1]\n" + point + "network.depth = 2\n"),
            "sweep: give lists or sweep.points, not both");
  EXPECT_EQ(complaint(point + "network.depth = 2\n" + point + "network.depth = 2\n"),
            "sweep.points, point 2: is the same point as sweep.points, point 1");
  const auto lacks = "gives no value to network.depth, as sweep.points, point ";
  EXPECT_THAT(complaint(point + "study.seed = 2\nnetwork.depth = 2\n" + point + "study.seed = 3\n"),
              testing::AllOf(testing::StartsWith("sweep.points, point 2: "), HasSubstr(lacks)));
  EXPECT_THAT(complaint(point + "study.seed = 3\n" + point + "study.seed = 2\nnetwork.depth = 2\n"),
              testing::AllOf(testing::StartsWith("sweep.points, point 1: "), HasSubstr(lacks)));
  EXPECT_EQ(complaint(point), "sweep.points, point 1: must name at least one key");
  EXPECT_EQ(complaint("[sweep]\npoints = [1]\n"), "sweep.points, point 1 = 1: must be a table");
  EXPECT_EQ(complaint("[sweep]\npoints = 3\n"), "sweep.points = 3: must be a list of values");
}

TEST(SweepSpec, TheTemplateShowsOneThatParses) {
  const auto text = std::string(gram_template());
  EXPECT_FALSE(parse_sweep(text, "template", {}).has_value());
  std::string uncommented = text;
  for (auto line = text.find("# [sweep]"); line != std::string::npos;
       line = uncommented.find("\n# ", line)) {
    uncommented.erase(uncommented[line] == '#' ? line : line + 1, 2);
  }
  const auto sweep = parse_sweep(uncommented, "template", {}).value();
  EXPECT_THAT(sweep.keys, ElementsAre("network.active_fraction", "network.presynaptic.taps"));
  EXPECT_EQ(sweep.points.size(), 6);
}

TEST(SweepSpec, OneExperimentIsNotReadFromASweep) {
  EXPECT_EQ(model::refusal([] {
              parse_experiment(std::string(tiny) + "[sweep]\nnetwork.depth = [1]\n", "tiny", {});
            }),
            "sweep: only \"wideproof validate\" runs sweeps");
  EXPECT_EQ(
      model::refusal([] { parse_experiment(std::string(tiny) + "[[claims]]\n", "tiny", {}); }),
      "claims: need a [sweep], whose points they name");
}

TEST(SweepSpec, IsMadeByASettingAlone) {
  const auto sweep = parse_sweep(tiny, "tiny", {"sweep.network.depth=[1,2]"}).value();
  EXPECT_THAT(points_of(sweep), ElementsAre("network.depth = 1", "network.depth = 2"));
}

}  // namespace
}  // namespace wideproof::app
