// SPDX-License-Identifier: MIT
#include <filesystem>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/report/shown_length.hpp>

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
  EXPECT_THAT(map.out, testing::HasSubstr("\ncorrelations of h tend to   0.44"));
  const auto none = program({"predict", "tiny.toml", "--set", "network.activation=\"tanh\""});
  EXPECT_EQ(none.status, 0);
  EXPECT_THAT(none.out, testing::Not(testing::HasSubstr("correlations converge")));
}

TEST_F(Predict, SaysHowKernelsOfFunctionsAreComputed) {
  const auto closed = program({"predict", "tiny.toml", "--set", "network.activation=gelu"});
  EXPECT_EQ(closed.status, 0) << closed.err;
  EXPECT_THAT(closed.out, testing::HasSubstr("\nkernel                      in closed form\n"));
  const auto own = program({"predict", "tiny.toml", "--set", "network.activation=expression",
                            "--set", "network.expression='x > 0.3 ? (x-0.3)^2 : 0'"});
  EXPECT_EQ(own.status, 0) << own.err;
  EXPECT_THAT(own.out, testing::HasSubstr("(x-0.3)^2 : 0, not smooth at x = 0.3"));
  EXPECT_THAT(own.out,
              testing::ContainsRegex("\nkernel                      by quadrature, relative "
                                     "error [0-9]e-1[5-9]\n"));
}

TEST_F(Predict, SaysInPlainWordsWhatFiniteNetworksDo) {
  const auto finite = program({"predict", "tiny.toml"}).out;
  EXPECT_THAT(finite, testing::HasSubstr("n_eff/n:\neffective independent neurons per neuron."));
  EXPECT_THAT(finite, testing::HasSubstr("(the pair that needs the largest width: inputs "));
  EXPECT_THAT(finite, testing::HasSubstr("The norm is the mean of the Gram matrix's diagonal, here "
                                         "the variance of the\npre-activations.\n"));
  const auto none = program({"predict", "tiny.toml", "--set", "network.activation=tanh"}).out;
  EXPECT_THAT(none, testing::HasSubstr("\n\nFinite-width fluctuations are derived only for the "
                                       "thresholded-relu, relu,\nlinear and sparse-projection "
                                       "activations.\n"));
  EXPECT_THAT(none, testing::HasSubstr("The norm is the mean of the Gram matrix's diagonal.\n"));
}

TEST_F(Predict, NamesTheDiagonalsVarianceAsThatOfItsEntries) {
  const auto finite = program({"predict", "tiny.toml"}).out;
  EXPECT_THAT(finite, testing::HasSubstr("\nlayer  n Var(G_aa)  n Var(c_ab): mean, most  n "
                                         "bias(G_aa)  n bias(c_ab)  n_eff/n\n"));
  EXPECT_THAT(finite, testing::Not(testing::HasSubstr("n Var(norm)")));
}

TEST_F(Predict, IsEightyColumnsWide) {
  write("one.csv", "1,0\n");
  for (const std::string further :
       {"", "--set network.activation=tanh", "--set network.threshold=fixed --set network.depth=12",
        "--within 0.001234 --confidence 0.99987",
        "--set 'inputs={source=\"csv\", file=\"one.csv\"}'",
        "--set 'inputs={source=\"gaussian\", count=300, dimension=5}'",
        "--set 'sweep.network.active_fraction=[0.1, 0.2]' --set "
        "sweep.network.presynaptic.taps=[1,3]"}) {
    std::istringstream text(shell("\"$0\" predict tiny.toml " + further).out);
    int lines = 0;
    for (std::string line; std::getline(text, line); ++lines)
      EXPECT_LE(report::shown_length(line), 80U) << line;
    EXPECT_GT(lines, 4) << further;
  }
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
