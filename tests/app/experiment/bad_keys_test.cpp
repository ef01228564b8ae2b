// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "runs.hpp"

namespace wideproof::app {
namespace {

struct BadKey {
  std::string name;
  std::vector<std::string> settings;
  std::vector<std::string> says;  ///< key, value and bound
};

class BadKeys : public Runs, public testing::WithParamInterface<BadKey> {};

TEST_P(BadKeys, AreRefusedInOneLineAndNothingIsWritten) {
  std::vector<std::string> arguments = {"validate", "tiny.toml", "--out", "run"};
  for (const auto& setting : GetParam().settings) {
    arguments.insert(arguments.end(), {"--set", setting});
  }
  const auto before = everything();
  expect_refusal(program(arguments), GetParam().says);
  EXPECT_EQ(everything(), before);
}

const BadKey bad_keys[] = {
    {"UnknownKey",
     {"network.activ_fraction=0.2"},
     {"network.activ_fraction = 0.2: unknown key", "did you mean \"active_fraction\"?"}},
    {"UnknownTable",
     {"netwrok.depth=3"},
     {"netwrok = ", "unknown key", "did you mean \"network\"?"}},
    {"UnknownKeyThatIsNoWord", {R"("a\nb"=3)"}, {R"("a\nb" = 3: unknown key)"}},
    {"FractionForAnInteger", {"network.depth=2.5"}, {"network.depth = 2.5: must be an integer"}},
    {"WordForANumber",
     {"network.active_fraction=many"},
     {"network.active_fraction = ", "many", "must be a number"}},
    {"WordInAList",
     {"simulation.widths=[32, \"x\"]"},
     {"simulation.widths[1] = ", "x", "must be an integer"}},
    {"NumberForATable", {"network=3"}, {"network = 3: must be a table"}},
    {"TextOfSeveralLines",
     {"study.seed=\"\"\"a\nb\"\"\""},
     {"study.seed = ", "must be an integer"}},
    {"ActiveFractionOfZero",
     {"network.active_fraction=0"},
     {"network.active_fraction = 0: must lie in [0.0001, 0.9]"}},
    {"ActiveFractionOfOne",
     {"network.active_fraction=1"},
     {"network.active_fraction = 1: must lie in [0.0001, 0.9]"}},
    {"NegativeActiveFraction",
     {"network.active_fraction=-1"},
     {"network.active_fraction = -1: must lie in [0.0001, 0.9]"}},
    {"ActiveFractionThatIsNoNumber",
     {"network.active_fraction=nan"},
     {"network.active_fraction = nan: must lie in [0.0001, 0.9]"}},
    {"SparsenessOfOne",
     {"network.activation=sparse-projection", "network.sparseness=1"},
     {"network.sparseness = 1: must lie in (0, 1)"}},
    {"SparsenessThatIsNoNumber",
     {"network.activation=sparse-projection", "network.sparseness=nan"},
     {"network.sparseness = nan: must lie in (0, 1)"}},
    {"SignsThatAreNoTruthValue",
     {"network.activation=sparse-projection", "network.signed=1"},
     {"network.signed = ", "must be true or false"}},
    {"SparsenessThatNoLayerOfTheWidthHas",
     {"network.activation=sparse-projection", "network.sparseness=0.9"},
     {"simulation.widths[0] = 32: must be at least 100 for network.sparseness = 0.9"}},
    {"ControlVariatesOfAProjection",
     {"network.activation=sparse-projection", "simulation.variance_reduction=true"},
     {"simulation.variance_reduction = true: must be false for network.activation = "
      "\"sparse-projection\""}},
    {"WidthOfZero", {"simulation.widths=[0]"}, {"simulation.widths[0] = 0: must lie in [1, "}},
    {"DepthOfZero", {"network.depth=0"}, {"network.depth = 0: must lie in [1, 1000]"}},
    {"OneReplicate", {"simulation.replicates=1"}, {"simulation.replicates = 1: must lie in [2, "}},
    {"MoreTapsThanNeurons",
     {"network.presynaptic.taps=33"},
     {"network.presynaptic.taps = 33: must not exceed the width 32"}},
    {"FilterLargerThanTheTorus",
     {"network.presynaptic.sheet=torus", "network.presynaptic.taps=5"},
     {"network.presynaptic.taps = 5: must not exceed 4: width 32 makes a torus of 4 x 8"}},
    {"ControlVariatesOfTanh",
     {"simulation.variance_reduction=true", "network.activation=tanh"},
     {"simulation.variance_reduction = true: must be false for network.activation = \"tanh\""}},
    {"NegativeSeed", {"study.seed=-1"}, {"study.seed = -1: must be at least 0"}},
    {"UnknownName",
     {"network.activation=relo"},
     {"network.activation = \"relo\": must be one of ", "did you mean \"relu\"?"}},
};

INSTANTIATE_TEST_SUITE_P(Program, BadKeys, testing::ValuesIn(bad_keys),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace wideproof::app
