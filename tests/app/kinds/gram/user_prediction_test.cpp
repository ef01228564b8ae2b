// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/user_prediction.hpp>

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
  nlohmann::json summary(const std::string& prediction, int expected_status) const {
    auto decisive =
        command("run", {"simulation.widths=[64, 256, 1024, 4096]", "simulation.replicates=1200",
                        "compare.prediction='" + prediction + "'"});
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
  EXPECT_THAT(complaint(write("own.csv", csv())), testing::HasSubstr("must be finite"));
  EXPECT_THAT(complaint(write("own.npy", npy())), testing::HasSubstr("must be finite"));
  EXPECT_THAT(complaint(write("own.h5", h5())),
              testing::HasSubstr("layer 1: gram[1][1] = nan: a mean square must be"));
}

TEST_F(UserPrediction, WithoutAPositiveDiagonalIsRefused) {
  grams[0](2, 2) = -1;
  EXPECT_THAT(complaint(write("own.h5", h5())),
              testing::HasSubstr("layer 1: gram[2][2] = -1: a mean square must be positive"));
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
