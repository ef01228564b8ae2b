// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/summary_file.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using Json = nlohmann::json;

class Summary : public Runs {
 protected:
  Summary() {
    EXPECT_EQ(validate(command("run")), 3);
    json = Json::parse(run_file("run", "summary.json"));
  }

  static void expect_keys(const Json& object, const std::vector<std::string>& keys) {
    for (const auto& key : keys) EXPECT_TRUE(object.contains(key)) << key;
  }
  /// A matrix of numbers for the three inputs.
  static void expect_matrix(const Json& matrix) {
    ASSERT_EQ(matrix.size(), 3U);
    for (const auto& row : matrix) {
      ASSERT_EQ(row.size(), 3U);
      for (const auto& entry : row) EXPECT_TRUE(entry.is_number()) << matrix;
    }
  }
  Json json;
};

TEST_F(Summary, SaysWhatRanAndHow) {
  EXPECT_EQ(json.at("schema"), "wideproof.summary/1");
  EXPECT_EQ(json.at("study"), Json({{"name", "tiny"}, {"kind", "gram"}, {"seed", 7}}));
  EXPECT_EQ(json.at("inputs"), Json({{"source", "circle"}, {"count", 3}, {"dimension", 2}}));
  expect_keys(json.at("provenance"),
              {"version", "commit", "libtorch", "compiler", "threads", "ranks", "wall_seconds"});
  expect_keys(json.at("network"),
              {"depth", "activation", "active_fraction", "threshold", "tau", "weight_variance",
               "bias_variance", "presynaptic", "postsynaptic", "degree_of_correlation",
               "critical_degree_of_correlation", "fixed_point_correlation", "slope_at_one"});
  EXPECT_EQ(json.at("network").at("presynaptic").at("taps"), 3);
  EXPECT_NEAR(json.at("network").at("degree_of_correlation"), 2, 1e-12);
}

TEST_F(Summary, SaysWhereCorrelationsEnd) {
  const auto network = [&](const std::string& out, std::vector<std::string> settings) {
    Command one = command(out, std::move(settings));
    predict(one);
    return Json::parse(run_file(out, "summary.json")).at("network");
  };
  const auto sparse =
      network("sparse", {"network.active_fraction=0.3", "network.presynaptic.taps=1"});
  EXPECT_NEAR(sparse.at("fixed_point_correlation"), .442, .0005);    // printed with three digits
  EXPECT_NEAR(sparse.at("slope_at_one"), 0.3 / 0.2001685842, 1e-9);  // f/k(1)
  EXPECT_NEAR(sparse.at("critical_degree_of_correlation"), 2.755, .0005);
  const auto tanh = network("tanh", {"network.activation=\"tanh\""});
  EXPECT_TRUE(tanh.at("fixed_point_correlation").is_null());
  EXPECT_TRUE(tanh.at("slope_at_one").is_null());
}

TEST_F(Summary, HoldsThePredictionOfEveryLayer) {
  const auto& layers = json.at("prediction");
  ASSERT_EQ(layers.size(), 2U);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_EQ(layers[l].at("layer"), l + 1);
    expect_matrix(layers[l].at("gram"));
    expect_matrix(layers[l].at("correlation"));
    EXPECT_NEAR(layers[l].at("active_fraction"), 0.3, 1e-12);
    EXPECT_GT(layers[l].at("weight_variance"), 0);
  }
  expect_matrix(layers[0].at("next_kernel"));
}

TEST_F(Summary, HoldsTheMeasurementOfEveryWidthAndLayer) {
  const auto& measured = json.at("measurement");
  ASSERT_EQ(measured.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(measured[i].at("width"), i < 2 ? 32 : 64);
    EXPECT_EQ(measured[i].at("layer"), i % 2 + 1);
    EXPECT_EQ(measured[i].at("replicates"), 8);
    expect_matrix(measured[i].at("gram"));
    expect_matrix(measured[i].at("standard_error"));
    expect_matrix(measured[i].at("relative_variance_times_width"));
    expect_keys(measured[i], {"predicted_relative_variance_times_width"});
    EXPECT_GT(measured[i].at("active_fraction").at("mean"), 0);
    EXPECT_GE(measured[i].at("active_fraction").at("standard_error"), 0);
  }
}

TEST_F(Summary, HoldsTheLimitOfEveryLayerAndTheVerdict) {
  ASSERT_EQ(json.at("extrapolation").size(), 2U);
  ASSERT_EQ(json.at("convergence").size(), 2U);
  for (std::size_t l = 0; l < 2; ++l) {
    const auto& limit = json.at("extrapolation")[l];
    EXPECT_EQ(limit.at("layer"), l + 1);
    expect_matrix(limit.at("limit"));
    expect_matrix(limit.at("standard_error"));
    EXPECT_TRUE(limit.at("p_value").is_number());
    EXPECT_EQ(limit.at("equivalence").at("margin"), 0.02);
    EXPECT_EQ(limit.at("equivalence").at("holds"), false);
    const auto& convergence = json.at("convergence")[l];
    EXPECT_EQ(convergence.at("layer"), l + 1);
    expect_keys(convergence.at("fluctuation_exponent"), {"value", "low", "high"});
    expect_keys(convergence, {"bias_exponent"});
  }
  const auto& verdict = json.at("verdict");
  EXPECT_EQ(verdict.at("outcome"), "inconclusive");
  EXPECT_EQ(verdict.at("family_error"), 0.01);
  EXPECT_TRUE(verdict.at("p_value").is_number());
  EXPECT_GE(verdict.at("reasons").size(), 1U);
}

TEST_F(Summary, HoldsWhatIsClaimedAndPredictedOfFiniteNetworks) {
  // Twelve networks a width: three blocks each.
  validate(command("claims", {"simulation.replicates=12"}));
  const auto summary = nlohmann::json::parse(run_file("claims", "summary.json"));
  std::vector<std::string> names;
  for (const auto& claim : summary.at("claims")) {
    names.push_back(claim.at("name"));
    EXPECT_LE(claim.at("low"), claim.at("measurement"));
    EXPECT_GE(claim.at("high"), claim.at("measurement"));
    EXPECT_TRUE(claim.at("prediction").is_number());
    EXPECT_FALSE(claim.at("statement").get<std::string>().empty());
  }
  EXPECT_THAT(names, testing::ElementsAre("limit", "entries", "equivalence", "fluctuation-exponent",
                                          "fluctuation"));
  for (const auto& layer : summary.at("prediction")) {
    EXPECT_GT(layer.at("variance_times_width").at(0).at(0), 0);
    EXPECT_GT(layer.at("correlation_variance_times_width").at(0).at(1), 0);
    EXPECT_TRUE(layer.at("bias_times_width").at(0).at(1).is_number());
    EXPECT_TRUE(layer.at("effective_neurons").is_number());
  }
  for (const auto& limit : summary.at("fluctuation")) {
    EXPECT_LT(limit.at("low"), limit.at("high"));
    EXPECT_GT(limit.at("prediction"), 0);
  }
  EXPECT_GT(
      summary.at("measurement").at(0).at("predicted_relative_variance_times_width").at(0).at(0), 0);
  EXPECT_TRUE(summary.at("measurement").at(0).at("variance_reduction").is_null());
}

TEST_F(Summary, HoldsWhatControlVariatesGain) {
  validate(command("reduced", {"simulation.variance_reduction=true"}));
  const auto summary = nlohmann::json::parse(run_file("reduced", "summary.json"));
  for (const auto& measured : summary.at("measurement")) {
    EXPECT_GT(measured.at("variance_reduction").at("gram").at("mean"), 1);
    EXPECT_GT(measured.at("variance_reduction").at("correlation").at("mean"), 1);
  }
}

/// By the paths that it names itself.
TEST_F(Summary, LeavesTheMatricesOfManyInputsToTheResults) {
  EXPECT_TRUE(json.at("matrices").is_null());
  const auto many_inputs = command("many", {"inputs.count=33", "simulation.widths=[32, 64, 96]"});
  validate(many_inputs);
  const auto many = summary("many");
  for (const auto* key : {"gram", "correlation", "next_kernel", "variance_times_width"})
    EXPECT_TRUE(many.at("prediction")[0].at(key).is_null()) << key;
  for (const auto* key : {"gram", "standard_error", "correlation", "next_kernel"})
    EXPECT_TRUE(many.at("measurement")[0].at(key).is_null()) << key;
  for (const auto* key : {"limit", "standard_error", "correlation_limit"})
    EXPECT_TRUE(many.at("extrapolation")[0].at(key).is_null()) << key;
  ASSERT_EQ(many.at("matrices").at("file"), "results.h5");
  const Hdf5Reader results("results", path("many/results.h5"));
  int found = 0;
  for (const auto& [key, place] : many.at("matrices").items()) {
    if (key == "file") continue;
    auto at = place.get<std::string>();
    for (const auto& [name, number] : {std::pair("<layer>", "1"), std::pair("<width>", "64")})
      if (const auto start = at.find(name); start != std::string::npos)
        at.replace(start, std::string(name).size(), number);
    EXPECT_EQ(results.matrix(at).rows(), 33) << key << " " << at;
    ++found;
  }
  EXPECT_EQ(found, 17);
  // Few inputs through many layers are as much.
  validate(command("deep", {"inputs.count=32", "network.depth=20"}));
  EXPECT_EQ(summary("deep").at("matrices").at("file"), "results.h5");
  EXPECT_TRUE(summary("deep").at("prediction")[0].at("gram").is_null());
  EXPECT_LT(run_file("deep", "summary.json").size(), 200000U);
  predict(command("predicted", {"inputs.count=33"}));
  for (const auto& [key, place] : summary("predicted").at("matrices").items()) {
    if (key == "file") continue;
    EXPECT_THAT(key, testing::StartsWith("prediction[]")) << place;
  }
  EXPECT_LT(run_file("many", "summary.json").size(), 50000U);
  const auto size = static_cast<double>(run_file("many", "results.h5").size());
  EXPECT_NEAR(size_of_results(prepare_gram(experiment_of(many_inputs)), 3), size, 0.4 * size);
}

TEST_F(Summary, NamesTheFilesThatWereReadWithTheirDigests) {
  EXPECT_EQ(json.at("files"), Json::array());
  write("x.csv", "1,0\n0,1\n");
  validate(command("read", {"inputs={source=\"csv\", file=\"" + path("x.csv") + "\"}"}));
  const auto files = summary("read").at("files");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].at("key"), "inputs.file");
  EXPECT_EQ(files[0].at("path"), path("x.csv"));
  EXPECT_THAT(shell("sha256sum x.csv").out,
              testing::StartsWith(files[0].at("sha256").get<std::string>()));
}

TEST_F(Summary, ReadsBackWhatAReportNeeds) {
  RunRecord record;
  read_summary(path("run/summary.json"), record);
  const auto& [experiment, inputs, files, provenance] = record;
  EXPECT_EQ(inputs.source, "circle");
  EXPECT_EQ(inputs.count, 3);
  EXPECT_EQ(inputs.dimension, 2);
  EXPECT_EQ(provenance.threads, 1);
  EXPECT_EQ(provenance.libtorch, json.at("provenance").at("libtorch"));
  EXPECT_EQ(provenance.wall_seconds, json.at("provenance").at("wall_seconds").get<double>());
}

}  // namespace
}  // namespace wideproof::app
