// SPDX-License-Identifier: MIT
#include <filesystem>

#include <nlohmann/json.hpp>

#include <wideproof/app/kinds/gram/gram_results.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using Predict = Runs;

TEST_F(Predict, PrintsALineForEachLayerAndWritesNothing) {
  const auto before = everything();
  const auto outcome = program({"predict", "tiny.toml"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, testing::HasSubstr("tiny: 3 inputs (circle)"));
  EXPECT_THAT(outcome.out, testing::HasSubstr("\n    1           1         0.3"));
  EXPECT_THAT(outcome.out, testing::HasSubstr("\n    2           1         0.3"));
  EXPECT_EQ(everything(), before);
}

TEST_F(Predict, SaysWhereCorrelationsEnd) {
  const auto map = program({"predict", "tiny.toml", "--set", "network.presynaptic.taps=1"});
  EXPECT_THAT(map.out, testing::HasSubstr("\nslope χ of c → c′ at c = 1  1.4987"));
  EXPECT_THAT(map.out, testing::HasSubstr("\ncorrelations converge to    0.44"));
  const auto none = program({"predict", "tiny.toml", "--set", "network.activation=\"tanh\""});
  EXPECT_EQ(none.status, 0);
  EXPECT_THAT(none.out, testing::Not(testing::HasSubstr("correlations converge")));
}

TEST_F(Predict, SaysInPlainWordsWhatFiniteNetworksDo) {
  const auto finite = program({"predict", "tiny.toml"}).out;
  EXPECT_THAT(finite, testing::HasSubstr("n_eff/n: effective independent neurons per neuron"));
  EXPECT_THAT(finite, testing::HasSubstr("(the pair that needs the largest width: inputs "));
  EXPECT_THAT(finite, testing::HasSubstr("The norm is the mean of the Gram matrix's diagonal, here "
                                         "the variance of the\npre-activations.\n"));
  const auto none = program({"predict", "tiny.toml", "--set", "network.activation=tanh"}).out;
  EXPECT_THAT(none, testing::HasSubstr("\n\nFinite-width fluctuations are derived only for the "
                                       "thresholded-relu, relu and linear activations.\n"));
  EXPECT_THAT(none, testing::HasSubstr("The norm is the mean of the Gram matrix's diagonal.\n"));
}

TEST_F(Predict, WarnsOfInputsThatLookLikeAHeader) {
  write("x.csv", "0,1,2\n1,0,1\n0,1,1\n");
  for (const std::string verb : {"predict tiny.toml", "power tiny.toml --runs 1 --quiet"}) {
    const auto outcome =
        shell("\"$0\" " + verb + " --set 'inputs={source=\"csv\", file=\"x.csv\"}'");
    EXPECT_THAT(outcome.err, testing::HasSubstr("header")) << verb;
  }
}

TEST_F(Predict, WritesARunsFolderOnRequest) {
  ASSERT_EQ(predict(command("run")), 0);
  const auto results = read_results(path("run/results.h5"));
  EXPECT_EQ(results.theory.layers.size(), 2U);
  EXPECT_TRUE(results.measurement.empty());
  const auto summary = nlohmann::json::parse(run_file("run", "summary.json"));
  EXPECT_EQ(summary.at("prediction").size(), 2U);
  EXPECT_EQ(summary.at("measurement").size(), 0U);
  EXPECT_TRUE(summary.at("verdict").is_null());
  EXPECT_TRUE(std::filesystem::exists(path("run/experiment.toml")));
}

TEST_F(Predict, CanBeGoneOnWithByValidate) {
  ASSERT_EQ(predict(command("run")), 0);
  expect_refusal(program({"validate", "tiny.toml", "--out", "run"}),
                 {"holds the same run, unfinished; --resume goes on with it"});
  auto go_on = command("run");
  go_on.options.if_taken = RunFolder::IfTaken::resume;
  EXPECT_EQ(validate(go_on), 3);
  ASSERT_EQ(validate(command("other")), 3);
  EXPECT_EQ(run_file("run", "results.h5"), run_file("other", "results.h5"));
}

}  // namespace
}  // namespace wideproof::app
