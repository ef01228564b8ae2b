// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/user_prediction.hpp>

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

/// The theory's own matrices for tiny.toml, and files of the user's made from them.
class UserPrediction : public Runs {
 protected:
  UserPrediction() {
    EXPECT_EQ(predict(command("theory")), 0);
    for (const auto& layer : read_results(path("theory/results.h5")).prediction) {
      grams.push_back(layer.gram);
    }
  }

  std::string csv() const {
    std::string text;
    for (const auto& gram : grams) {
      for (Eigen::Index a = 0; a < gram.rows(); ++a) {
        const Eigen::VectorXd row = gram.row(a);
        text += fmt::format("{}\n", fmt::join(row.begin(), row.end(), ","));
      }
    }
    return text;
  }
  std::string npy() const {
    std::string values;
    for (const auto& gram : grams) {
      values.append(reinterpret_cast<const char*>(gram.data()),
                    static_cast<std::size_t>(gram.size()) * sizeof(double));
    }
    return model::npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3, 3), }", values);
  }
  std::string h5() const {
    Hdf5Writer file;
    file.stack("/gram", grams, "", "1");
    return file.bytes();
  }

  /// The summary of a run that can settle it, on this prediction.
  nlohmann::json summary(const std::string& prediction, int expected_status,
                         const std::string& kind = "gram",
                         std::vector<std::string> settings = {}) const {
    settings.insert(settings.end(),
                    {"simulation.widths=[64, 256, 1024, 4096]", "simulation.replicates=1200",
                     "compare.prediction='" + prediction + "'"});
    if (kind != "gram") settings.push_back("compare.prediction_kind=" + kind);
    auto decisive = command("run", settings);
    decisive.options.if_taken = RunFolder::IfTaken::overwrite;
    EXPECT_EQ(validate(decisive), expected_status) << prediction;
    return nlohmann::json::parse(run_file("run", "summary.json"));
  }
  std::string complaint(const std::string& file) const {
    const auto message = model::refusal([&] { read_user_prediction(file, 2, 3); });
    EXPECT_THAT(message, testing::HasSubstr("compare.prediction"));
    return message;
  }

  /// What reading `file` logs.
  /// The theory's kernels that the layers after layers 1 and 2 see, in the place of their Grams.
  void take_kernels() {
    EXPECT_EQ(predict(command("deeper", {"network.depth=3"})), 0);
    const auto deeper = read_results(path("deeper/results.h5")).theory.layers;
    for (std::size_t l = 0; l < grams.size(); ++l) grams[l] = deeper[l + 1].preactivation;
  }

  static model::ReadLog logged(const std::string& file) {
    model::ReadLog log;
    read_user_prediction(file, 2, 3, log);
    return log;
  }

  std::vector<Eigen::MatrixXd> grams;
};

/// The claim named so; its p-value on its own, as Holm's depends on the others.
nlohmann::json claim(const nlohmann::json& summary, const std::string& name) {
  for (auto claim : summary.at("claims")) {
    claim.erase("p_adjusted");
    if (claim.at("name") == name) return claim;
  }
  return nullptr;
}

TEST_F(UserPrediction, EqualToTheTheorysHasItsVerdict) {
  const auto own = summary(write("own.csv", csv()), 0);
  EXPECT_EQ(summary(write("own.npy", npy()), 0).at("verdict"), own.at("verdict"));
  EXPECT_EQ(summary(write("own.h5", h5()), 0).at("verdict"), own.at("verdict"));
  EXPECT_EQ(summary(path("theory/results.h5"), 0).at("verdict"), own.at("verdict"));

  const auto theorys = summary("theory", 0);
  EXPECT_EQ(theorys.at("extrapolation"), own.at("extrapolation"));
  for (const auto* name : {"limit", "entries", "equivalence", "fluctuation-exponent"}) {
    ASSERT_FALSE(claim(own, name).is_null()) << name;
    EXPECT_EQ(claim(theorys, name), claim(own, name)) << name;
  }
}

TEST_F(UserPrediction, IsKnownByTheDigestOfItsFile) {
  for (const auto& [name, content] :
       {std::pair{"own.csv", csv()}, {"own.npy", npy()}, {"own.h5", h5()}}) {
    const auto file = write(name, content);
    EXPECT_THAT(logged(file).files, testing::ElementsAre(model::ReadFile{"compare.prediction", file,
                                                                         model::sha256(content)}));
    EXPECT_THAT(logged(file).warnings, testing::IsEmpty());
  }
}

// A user's matrices say nothing of finite networks.
TEST_F(UserPrediction, ClaimsNoFluctuation) {
  EXPECT_FALSE(claim(summary("theory", 0), "fluctuation").is_null());
  const auto own = summary(write("own.csv", csv()), 0);
  EXPECT_TRUE(claim(own, "fluctuation").is_null());
  EXPECT_TRUE(own.at("measurement").at(0).at("predicted_relative_variance_times_width").is_null());
}

TEST_F(UserPrediction, WithADiagonalOffByHalfDisagrees) {
  for (auto& gram : grams) gram.diagonal() *= 1.5;
  EXPECT_EQ(summary(write("wrong.csv", csv()), 1).at("verdict").at("outcome"), "disagree");
}

// tiny.toml has a presynaptic filter.
TEST_F(UserPrediction, OfKernelsIsJudgedByTheGramsInThem) {
  const auto theorys = summary("theory", 0);
  take_kernels();
  const auto own = summary(write("kernels.csv", csv()), 0, "kernel");
  EXPECT_EQ(own.at("prediction_kind"), "kernel");
  EXPECT_NEAR(claim(own, "limit").at("p_value").get<double>(),
              claim(theorys, "limit").at("p_value").get<double>(), 1e-6);
  EXPECT_THAT(run_file("run", "experiment.toml"), testing::HasSubstr("prediction_kind = 'kernel'"));
  EXPECT_THAT(run_file("run", "report.html"),
              testing::HasSubstr("kernels that the next layers see"));
  grams[1](0, 1) = grams[1](1, 0) = grams[1](0, 1) + 0.1;
  summary(write("kernels.csv", csv()), 1, "kernel");
}

/// A formula of the kernel of one set with another, and of nothing else.
TEST_F(UserPrediction, OfTheFirstSetWithTheSecondIsJudged) {
  const std::vector<std::string> second = {"inputs.second.source=gaussian", "inputs.second.count=2",
                                           "inputs.second.dimension=2"};
  const auto theorys = summary("theory", 0, "gram", second);
  for (const std::string kind : {"gram", "correlation"}) {
    std::vector<Eigen::MatrixXd> blocks;
    for (const auto& layer : read_results(path("run/results.h5")).prediction)
      blocks.emplace_back((kind == "gram" ? layer.gram : layer.correlation).topRightCorner(3, 2));
    grams = blocks;
    const auto own = summary(write("block.csv", csv()), 0, kind, second);
    for (const auto& layer : own.at("prediction"))
      EXPECT_EQ(layer.at("correlation").size(), 5U) << "the rest is the theory's";
    grams[1](0, 1) -= 0.1;
    summary(write("block.csv", csv()), 1, kind, second);
    summary("theory", 0, "gram", second);
  }
  expect_refusal(
      shell("$0 validate tiny.toml --set inputs.second.count=2 --set compare.prediction=" +
            write("tall.csv", "1,2\n3,4\n")),
      {"has shape 2 x 2, must be 10 x 5: 2 layers of 5 x 5 inputs, or 6 x 2, of the first set with "
       "the second"});
}

TEST_F(UserPrediction, OfCorrelationsClaimsNothingOfNorms) {
  for (auto& gram : grams) gram /= gram(0, 0);
  const auto right = write("correlations.csv", csv());
  // Another weight variance changes the norms, and no correlation.
  summary(right, 0, "correlation", {"network.weight_variance=9"});
  const auto own = summary(right, 0, "correlation");
  for (const auto& claim : own.at("claims"))
    EXPECT_THAT(claim.at("where").dump(), testing::Not(testing::HasSubstr("norms")));
  EXPECT_TRUE(own.at("prediction").at(0).at("gram").is_null());
  EXPECT_TRUE(own.at("extrapolation").at(0).at("limit").is_null());
  EXPECT_FALSE(std::filesystem::exists(path("run/gram.csv")));
  // The networks' own norms are told, each by its own error.
  EXPECT_THAT(run_file("run", "report.html"), testing::Not(testing::HasSubstr(">1, exact<")));
  EXPECT_THAT(run_file("run", "claims.csv"), testing::HasSubstr("like correlation("));
  const auto told = run_file("run", "summary.json");
  EXPECT_EQ(shell("$0 report run --quiet").status, 0);
  EXPECT_EQ(run_file("run", "summary.json"), told);

  grams[1](0, 1) = grams[1](1, 0) = grams[1](0, 1) + 0.1;
  summary(write("wrong.csv", csv()), 1, "correlation");
  grams[0](1, 1) = 1.01;
  expect_refusal(shell("$0 validate tiny.toml --set compare.prediction_kind=correlation --set "
                       "compare.prediction=\"" +
                       write("wrong.csv", csv()) + "\""),
                 {"compare.prediction, layer 1: correlation(2,2) = 1.01: must be 1", "wrong.csv"});
}

TEST_F(UserPrediction, IsToldByLayerRowAndColumnWhatIsNotFinite) {
  grams[1](2, 1) = std::nan("");
  EXPECT_EQ(complaint(write("nan.csv", csv())),
            "compare.prediction, layer 2: gram(3,2) = nan: must be finite (in \"" +
                path("nan.csv") + "\")");
  grams[1](2, 1) = grams[1](1, 2);
  grams[0](1, 1) = std::numeric_limits<double>::infinity();
  EXPECT_THAT(complaint(write("inf.csv", csv())),
              testing::HasSubstr("layer 1: gram(2,2) = inf: a mean square must be positive and "
                                 "finite"));
}

TEST_F(UserPrediction, ThatLooksLikeASlipIsToldSo) {
  const auto theory = read_results(path("theory/results.h5")).theory;
  const auto right = grams;
  for (auto& gram : grams) gram *= theory.gram_scale;
  EXPECT_EQ(summary(write("raw.csv", csv()), 1).at("resembles"), "undivided");
  EXPECT_THAT(run_file("run", "report.html"), testing::HasSubstr("a matter of scale"));
  grams = right;
  take_kernels();
  EXPECT_EQ(summary(write("kernels.csv", csv()), 1).at("resembles"), "next_kernel");
  EXPECT_THAT(run_file("run", "report.html"), testing::HasSubstr("a matter of layers"));
  for (auto& kernel : grams) kernel *= 2.0;
  EXPECT_EQ(summary(write("twice.csv", csv()), 1, "kernel").at("resembles"), "scaled");
  grams = right;
  EXPECT_EQ(summary(write("grams.csv", csv()), 1, "kernel").at("resembles"), "gram");
  std::swap(grams[0], grams[1]);
  EXPECT_EQ(summary(write("swapped.csv", csv()), 1).at("resembles"), "reordered");
  EXPECT_TRUE(summary("theory", 0).at("resembles").is_null());
}

TEST_F(UserPrediction, OfNoKernelIsRefusedAsOne) {
  for (auto& gram : grams) gram *= 1e-3;
  expect_refusal(shell("$0 validate tiny.toml --set compare.prediction_kind=kernel --set "
                       "compare.prediction=\"" +
                       write("small.csv", csv()) + "\""),
                 {"compare.prediction, layer 1: gram(1,1) = -", "what is left of", "small.csv"});
}

TEST_F(UserPrediction, IsSetBesideTheTheoryByPredict) {
  grams[1](0, 1) = grams[1](1, 0) = grams[1](0, 1) + 0.01;
  write("own.csv", csv());
  const auto own = program({"predict", "tiny.toml", "--set", "compare.prediction=own.csv"});
  EXPECT_THAT(own.out, testing::HasSubstr("Largest |mine − theory| of own.csv:\n"));
  EXPECT_THAT(own.out, testing::HasSubstr("\nThis is of the theory, not of own.csv.\n"));
  EXPECT_THAT(own.out, testing::ContainsRegex("\n    1 +0 +1 +1  gram.1,1.\n"
                                              "    2 +0.01 +[0-9.]+ +[0-9.]+  gram.1,2.\n"));
  const auto of_correlations =
      program({"predict", "tiny.toml", "--set", "compare.prediction=own.csv", "--set",
               "compare.prediction_kind=correlation"});
  EXPECT_THAT(of_correlations.out,
              testing::ContainsRegex("\n    2 +0.01 +[0-9.]+ +[0-9.]+  correlation.1,2.\n"));
  EXPECT_THAT(program({"predict", "tiny.toml"}).out, testing::Not(testing::HasSubstr("mine")));
}

TEST_F(UserPrediction, IsJudgedByPowerBesideTheOthers) {
  write("own.csv", csv());
  const auto outcome =
      program({"power", "tiny.toml", "--runs", "2", "--out", "run", "--set",
               "compare.prediction=own.csv", "--set", "compare.prediction_kind=correlation"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, testing::HasSubstr("\nyours, own.csv "));
  EXPECT_THAT(run_file("run", "power.csv"), testing::HasSubstr("\n\"yours, own.csv\",,2,"));
}

TEST_F(UserPrediction, OfAnotherShapeIsRefused) {
  EXPECT_THAT(complaint(write("short.csv", "1,0,0\n0,1,0\n0,0,1\n")),
              testing::HasSubstr("short.csv\": has shape 3 x 3, must be 6 x 3"));
  EXPECT_THAT(complaint(write("narrow.csv", "1,0\n0,1\n1,0\n0,1\n1,0\n0,1\n")),
              testing::HasSubstr("has shape 6 x 2, must be 6 x 3"));
  grams.pop_back();
  EXPECT_THAT(complaint(write("one.h5", h5())),
              testing::HasSubstr("one.h5\": has shape 1 x 3 x 3, must be 2 x 3 x 3"));
  EXPECT_EQ(read_user_prediction(write("one.h5", h5()), 1, 3).size(), 1U);
}

TEST_F(UserPrediction, ThatIsNotSymmetricIsRefused) {
  grams[1](0, 2) += 0.5;
  for (const auto& file :
       {write("own.csv", csv()), write("own.npy", npy()), write("own.h5", h5())}) {
    EXPECT_THAT(complaint(file), testing::AllOf(testing::HasSubstr("layer 2"),
                                                testing::HasSubstr("must be symmetric")));
  }
}

TEST_F(UserPrediction, ThatIsNotFiniteIsRefused) {
  grams[0](1, 1) = std::numeric_limits<double>::quiet_NaN();
  for (const auto& file :
       {write("own.csv", csv()), write("own.npy", npy()), write("own.h5", h5())}) {
    EXPECT_THAT(complaint(file), testing::HasSubstr("layer 1: gram(2,2) = nan: a mean square must"))
        << file;
  }
}

TEST_F(UserPrediction, WithoutAPositiveDiagonalIsRefused) {
  grams[0](2, 2) = -1;
  EXPECT_THAT(complaint(write("own.h5", h5())),
              testing::HasSubstr("layer 1: gram(3,3) = -1: a mean square must be positive"));
}

TEST_F(UserPrediction, InAFileOfAnotherKindIsRefused) {
  EXPECT_THAT(complaint(write("own.txt", csv())),
              testing::HasSubstr("own.txt\": must be \"theory\" or a file that ends in"));
  EXPECT_THAT(complaint(write("own.h5", csv())), testing::HasSubstr("cannot be opened as an HDF5"));
  Hdf5Writer without_gram;
  without_gram.stack("/other", grams, "", "1");
  EXPECT_THAT(complaint(write("own.h5", without_gram.bytes())),
              testing::HasSubstr("/gram is missing"));
}

TEST_F(UserPrediction, ThatIsBadStopsTheProgramBeforeItWrites) {
  grams[1](0, 2) += 0.5;
  write("own.csv", csv());
  write("short.csv", "1,0,0\n0,1,0\n0,0,1\n");
  const auto before = everything();
  expect_refusal(
      program({"validate", "tiny.toml", "--out", "run", "--set", "compare.prediction=own.csv"}),
      {"compare.prediction", "layer 2", "must be symmetric"});
  expect_refusal(
      program({"validate", "tiny.toml", "--out", "run", "--set", "compare.prediction=short.csv"}),
      {"compare.prediction = \"short.csv\": has shape 3 x 3, must be 6 x 3"});
  EXPECT_EQ(everything(), before);
}

}  // namespace
}  // namespace wideproof::app
