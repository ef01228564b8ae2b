// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/first_layer.hpp>

#include <string>
#include <vector>

#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <wideproof/app/kinds/gram/gram_results.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

/// Inputs of several norms in x.csv, networks that see them as they are.
class FirstLayer : public Runs {
 protected:
  FirstLayer() { write("x.csv", "1,2,-1\n0.3,0.1,0.2\n-2,1,4\n0.5,0.5,0\n"); }

  std::vector<std::string> settings(std::vector<std::string> more) const {
    std::vector<std::string> all = {"inputs.source=csv", "inputs.file='" + path("x.csv") + "'",
                                    "simulation.widths=[128, 512, 2048, 8192]",
                                    "simulation.replicates=400", "compare.family_error=0.001"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  int verdict(const std::string& out, std::vector<std::string> more) const {
    auto run = command(out, settings(std::move(more)));
    run.options.if_taken = RunFolder::IfTaken::overwrite;
    return validate(run);
  }
};

/// A true theory is called wrong in 0.1% of such runs; the seed is fixed. (Seed 7 of the direct
/// engine has p = 0.005; of 61 further seeds none is rejected at 1%.) The twin predicts the same
/// inputs scaled to unit norm, or leaves out the first layer's bias.
TEST_F(FirstLayer, OfInputsAsTheyAreIsJudged) {
  for (const std::string engine : {"collapsed", "direct"}) {
    std::vector<std::string> as_they_are = {
        "inputs.normalize=false",          "network.input_weight_variance=0.5",
        "network.input_bias_variance=0.2", "network.bias_variance=0.1",
        "network.activation=tanh",         "network.weight_variance=1.5"};
    if (engine == "direct") as_they_are.push_back("simulation.widths=[128, 256, 512, 1024]");
    as_they_are.push_back("simulation.engine=" + engine);
    EXPECT_EQ(verdict("run-" + engine, as_they_are), 0) << engine;
    for (const std::string wrong : {"inputs.normalize=true", "network.input_bias_variance=0"}) {
      auto twin = as_they_are;
      twin.push_back(wrong);
      EXPECT_EQ(predict(command("theory-" + engine + wrong, settings(twin))), 0);
      auto judged = as_they_are;
      judged.push_back("compare.prediction='" + path("theory-" + engine + wrong) + "/results.h5'");
      EXPECT_EQ(verdict("twin-" + engine, judged), 1) << engine << wrong;
    }
  }
}

/// Layers that differ, an input that is 0 beside a bias, and a second set: a true theory is called
/// wrong in 0.1% of such runs; the seed is fixed. The twins take two layers' activations or
/// variances for each other's.
TEST_F(FirstLayer, OfLayersThatDifferIsJudged) {
  write("y.csv", "0,0,0\n2,-1,0.5\n");
  const auto of = [&](const std::string& first, const std::string& second,
                      const std::string& engine) {
    return settings({"inputs.normalize=false", "inputs.second.source=csv",
                     "inputs.second.file='" + path("y.csv") + "'", "network.depth=3",
                     "network.active_fraction=0.3", "simulation.engine=" + engine,
                     "compare.equivalence_margin=0.1",
                     "network.layers=[{weight_variance=0.5, bias_variance=0.3, width_factor=2, " +
                         first + "}, {width_factor=0.5, bias_variance=0.1, " + second +
                         "}, {activation='thresholded-gelu', threshold='std', weight_variance=2}]",
                     engine == "direct" ? "simulation.widths=[128, 256, 512, 1024]"
                                        : "simulation.widths=[128, 512, 2048, 8192]"});
  };
  const std::string relu = "activation='relu'";
  const std::string tanh = "activation='tanh', weight_variance=1.2";
  for (const std::string engine : {"collapsed", "direct"}) {
    const auto right = of(relu, tanh, engine);
    auto run = command("run", right);
    run.options.if_taken = RunFolder::IfTaken::overwrite;
    EXPECT_EQ(validate(run), 0) << engine;
    const auto json = nlohmann::json::parse(run_file("run", "summary.json"));
    EXPECT_EQ(json.at("network").at("layers").at(1).at("activation"), "tanh");
    EXPECT_EQ(json.at("network").at("width_factors"), nlohmann::json({2, 0.5, 1}));
    EXPECT_EQ(json.at("prediction").at(1).at("weight_variance"), 1.2);
    EXPECT_THAT(run_file("run", "report.html"),
                testing::HasSubstr("layer 2 of 0.5 n neurons, tanh"));
    for (const auto& wrong :
         {of("activation='tanh'", "activation='relu', weight_variance=1.2", engine),
          of(relu, "activation='tanh', weight_variance=1.3", engine)}) {
      auto twin = command("theory", wrong);
      twin.options.if_taken = RunFolder::IfTaken::overwrite;
      EXPECT_EQ(predict(twin), 0);
      auto judged = right;
      judged.push_back("compare.prediction='" + path("theory") + "/results.h5'");
      auto against = command("twin", judged);
      against.options.if_taken = RunFolder::IfTaken::overwrite;
      EXPECT_EQ(validate(against), 1) << engine;
    }
  }
}

/// A formula of correlations alone, of inputs whose norms differ. It is called wrong in 0.1% of
/// such runs where it is right; the seed is fixed.
TEST_F(FirstLayer, OfSeveralNormsIsJudgedByCorrelations) {
  const std::vector<std::string> relu = {"inputs.normalize=false", "network.activation=relu",
                                         "network.depth=2", "network.weight_variance=2",
                                         "compare.equivalence_margin=0.05"};
  EXPECT_EQ(predict(command("theory", settings(relu))), 0);
  std::vector<Eigen::MatrixXd> correlations;
  for (const auto& layer : read_results(path("theory/results.h5")).prediction)
    correlations.push_back(layer.correlation);
  const auto judged = [&] {
    std::string text;
    for (const auto& matrix : correlations)
      for (Eigen::Index a = 0; a < matrix.rows(); ++a) {
        const Eigen::VectorXd row = matrix.row(a);
        text += fmt::format("{}\n", fmt::join(row.begin(), row.end(), ","));
      }
    write("correlations.csv", text);
    auto all = relu;
    all.push_back("compare.prediction='" + path("correlations.csv") + "'");
    all.emplace_back("compare.prediction_kind=correlation");
    return verdict("run", all);
  };
  EXPECT_EQ(judged(), 0);
  correlations[0](0, 1) = correlations[0](1, 0) = correlations[0](0, 1) - .03;
  EXPECT_EQ(judged(), 1);
}

/// Of one norm, so that fluctuations are predicted too: no claim is rejected.
TEST_F(FirstLayer, WithVariancesOfItsOwnHasItsFluctuations) {
  EXPECT_EQ(validate(command(
                "run", {"network.input_weight_variance=1.5", "network.input_bias_variance=0.7",
                        "simulation.widths=[128, 512, 2048, 8192]", "simulation.replicates=400"})),
            0);
  const auto json = nlohmann::json::parse(run_file("run", "summary.json"));
  bool has_fluctuation = false;
  for (const auto& claim : json.at("claims"))
    if (claim.at("name") == "fluctuation") has_fluctuation = claim.at("outcome") == "agree";
  EXPECT_TRUE(has_fluctuation);
}

/// Products of 6 or 7 inputs of 24 numbers are not symmetric to the last bit.
TEST_F(FirstLayer, TakesAnyNumberOfInputsOfSeveralNorms) {
  for (const std::string count : {"2", "5", "6", "7", "9", "33"}) {
    for (const std::string dimension : {"3", "24", "100"}) {
      auto command = this->command(
          "theory", {"inputs.source=mixture", "inputs.clusters=2", "inputs.separation=1",
                     "inputs.count=" + count, "inputs.dimension=" + dimension,
                     "inputs.normalize=false", "network.activation=erf"});
      command.options.if_taken = RunFolder::IfTaken::overwrite;
      EXPECT_EQ(predict(command), 0) << count << ' ' << dimension;
    }
  }
}

TEST_F(FirstLayer, SaysWhatItCannotTake) {
  const auto complaint = [&](std::vector<std::string> more) {
    return model::refusal([&] { validate(command("refused", settings(std::move(more)))); });
  };
  EXPECT_THAT(complaint({"inputs.normalize=false", "network.threshold=fixed"}),
              testing::HasSubstr("network.threshold = \"fixed\": needs inputs of one norm"));
  EXPECT_THAT(complaint({"inputs.normalize=false", "simulation.variance_reduction=true"}),
              testing::HasSubstr("simulation.variance_reduction = true: must be false where"));
  write("zero.csv", "0,0,0\n1,2,3\n");
  const std::string zero = "inputs.file='" + path("zero.csv") + "'";
  EXPECT_THAT(complaint({zero, "inputs.normalize=false"}),
              testing::HasSubstr("row 1 of csv:zero.csv is zero, which needs "
                                 "network.input_bias_variance > 0"));
  EXPECT_THAT(complaint({zero}), testing::HasSubstr("row 1 of 2 is zero: it cannot be scaled"));
  EXPECT_THAT(complaint({"study.kind=tangent", "inputs.normalize=false"}),
              testing::HasSubstr("inputs.normalize = false: must be true for study.kind"));
  EXPECT_THAT(complaint({"network.input_weight_variance=0"}),
              testing::HasSubstr("network.input_weight_variance = 0: must be positive"));
  write("x.csv", "1,2\n1e-20,0\n");
  EXPECT_THAT(complaint({"inputs.normalize=false"}),
              testing::HasSubstr("inputs.normalize = false: row 2 of "));
}

}  // namespace
}  // namespace wideproof::app
