// SPDX-License-Identifier: MIT
// `wideproof judge`, the built program on files of samples.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <wideproof/app/files/hdf5_archive.hpp>

#include "../model/npz_bytes.hpp"
#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

/// One layer of ReLUs for two inputs of cosine 0: networks × 2 × 2, C order.
std::vector<double> relu_grams(std::int64_t width, std::int64_t networks, std::mt19937_64& rng,
                               double bias = 0.0) {
  std::normal_distribution<double> normal;
  std::vector<double> grams;
  for (std::int64_t r = 0; r < networks; ++r) {
    double aa = 0, ab = 0, bb = 0;
    for (std::int64_t i = 0; i < width; ++i) {
      const double b = std::sqrt(bias) * normal(rng);
      const double za = std::max(0.0, std::sqrt(2.0) * normal(rng) + b);
      const double zb = std::max(0.0, std::sqrt(2.0) * normal(rng) + b);
      aa += za * za;
      ab += za * zb;
      bb += zb * zb;
    }
    const auto n = static_cast<double>(width);
    for (const double value : {aa, ab, ab, bb}) grams.push_back(value / n);
  }
  return grams;
}

std::string array(const std::string& type, const std::string& shape, const std::string& bytes,
                  bool fortran = false) {
  return model::npy("{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") +
                        ", 'shape': (" + shape + "), }",
                    bytes);
}

class Samples : public Runs {
 protected:
  static constexpr std::int64_t networks = 400;

  Samples() {
    std::mt19937_64 rng(41);
    for (const std::int64_t width : {64, 128, 256, 512})
      grams[width] = relu_grams(width, networks, rng);
    const double off = 1.0 / M_PI;
    prediction = {1.0, off, off, 1.0};
    write("kernel.npy", array("<f8", "2, 2", model::bytes_of(prediction)));
    write_all("samples");
  }

  std::string file_of(std::int64_t width) const {
    return array("<f8", shape(), model::bytes_of(grams.at(width)));
  }
  static std::string shape() { return std::to_string(networks) + ", 2, 2"; }

  void write_all(const std::string& folder) const {
    std::filesystem::create_directory(path(folder));
    for (const auto& [width, values] : grams)
      write(folder + "/width_" + std::to_string(width) + ".npy", file_of(width));
  }

  Outcome judge(const std::string& samples, std::vector<std::string> further = {}) const {
    std::vector<std::string> arguments = {
        "judge", samples, "--out", "judged", "--force", "--quiet", "--equivalence-margin", "0.05"};
    if (further.empty()) further = {"--prediction", "kernel.npy"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    return program(arguments);
  }

  /// What is said of samples of which one file holds these bytes.
  std::string complaint(const std::string& bytes) const {
    write("samples/width_128.npy", bytes);
    const auto outcome = judge("samples");
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("samples/width_128.npy"));
    return outcome.err;
  }
  /// The same where a number is another.
  std::string complaint(std::size_t at, double value) const {
    auto values = grams.at(128);
    values[at] = value;
    return complaint(array("<f8", shape(), model::bytes_of(values)));
  }

  std::map<std::int64_t, std::vector<double>> grams;
  std::vector<double> prediction;
};

TEST_F(Samples, AgreeWithTheirKernelAndLeaveARunsFolder) {
  const auto outcome = judge("samples");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto json = summary("judged");
  EXPECT_EQ(json["verdict"]["outcome"], "agree");
  EXPECT_TRUE(json["network"].is_null());
  EXPECT_EQ(json["samples"]["path"], "../samples");
  EXPECT_EQ(json["files"].size(), 5U);
  EXPECT_EQ(json["measurement"].size(), 4U);
  EXPECT_EQ(json["claims"].back()["name"], "independence");
  const auto page = run_file("judged", "report.html");
  EXPECT_THAT(page, HasSubstr("sampled elsewhere"));
  EXPECT_THAT(page, testing::Not(HasSubstr("Weights are random")));
  EXPECT_THAT(page, testing::Not(HasSubstr("thresholded")));
  EXPECT_EQ(program({"report", "judged", "--quiet"}).status, 0);
  EXPECT_EQ(summary("judged")["verdict"], json["verdict"]);
  EXPECT_EQ(program({"validate", "judged/experiment.toml", "--out", "again", "--quiet"}).status, 0);
  EXPECT_EQ(summary("again")["claims"], json["claims"]);
}

TEST_F(Samples, DisagreeWithAKernelThatIsOff) {
  // Eight standard errors of the norm's limit.
  for (double& value : prediction) value *= 1.05;
  write("off.npy", array("<f8", "2, 2", model::bytes_of(prediction)));
  EXPECT_EQ(judge("samples", {"--prediction", "off.npy"}).status, 1);
}

TEST_F(Samples, OfOneSeedAreConvictedAndNamed) {
  auto& wide = grams[512];
  std::copy_n(wide.begin() + 4 * 3, 4, wide.begin() + 4 * 17);
  write_all("samples");
  EXPECT_EQ(judge("samples").status, 1);
  EXPECT_THAT(summary("judged")["verdict"]["reasons"][0].get<std::string>(),
              HasSubstr("networks 3 and 17 of width 512 are the same"));
}

TEST_F(Samples, AreReadAlikeFromEveryFormat) {
  EXPECT_EQ(judge("samples").status, 0);
  const auto expected = summary("judged")["measurement"];
  std::map<std::string, std::string> members;
  for (const auto& [width, values] : grams)
    members["width_" + std::to_string(width) + ".npy"] = file_of(width);
  write("all.npz", model::npz(members));
  EXPECT_EQ(judge("all.npz").status, 0);
  EXPECT_EQ(summary("judged")["measurement"], expected);
  {
    Hdf5Writer file;
    for (const auto& [width, values] : grams) {
      std::vector<Eigen::MatrixXd> matrices;
      for (std::size_t i = 0; i < values.size(); i += 4)
        matrices.emplace_back(Eigen::Map<const Eigen::Matrix2d>(values.data() + i));
      file.stack("/width_" + std::to_string(width), matrices, "", "1");
    }
    write("all.h5", file.bytes());
  }
  EXPECT_EQ(judge("all.h5").status, 0);
  EXPECT_EQ(summary("judged")["measurement"], expected);
  // Big-endian, and with the networks running fastest.
  for (const auto& [width, values] : grams) {
    std::vector<double> fortran(values.size());
    for (std::size_t r = 0; r < static_cast<std::size_t>(networks); ++r)
      for (std::size_t k = 0; k < 4; ++k)
        fortran[r + networks * ((k % 2) * 2 + k / 2)] = values[4 * r + k];
    std::string bytes = model::bytes_of(fortran);
    for (std::size_t i = 0; i < bytes.size(); i += 8)
      std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                   bytes.begin() + static_cast<std::ptrdiff_t>(i) + 8);
    write("samples/width_" + std::to_string(width) + ".npy", array(">f8", shape(), bytes, true));
  }
  EXPECT_EQ(judge("samples").status, 0);
  EXPECT_EQ(summary("judged")["measurement"], expected);
}

TEST_F(Samples, OfActivationsAreTheGramsOfThese) {
  std::filesystem::create_directory(path("activations"));
  std::mt19937_64 rng(42);
  std::normal_distribution<double> normal;
  for (const std::int64_t width : {64, 128, 256, 512}) {
    std::vector<float> values;
    for (std::int64_t i = 0; i < 2 * width * networks; ++i)
      values.push_back(static_cast<float>(std::max(0.0, std::sqrt(2.0) * normal(rng))));
    write("activations/width_" + std::to_string(width) + ".npy",
          array("<f4", std::to_string(networks) + ", " + std::to_string(width) + ", 2",
                model::bytes_of(values)));
  }
  EXPECT_EQ(judge("activations", {"--prediction", "kernel.npy", "--activations"}).status, 0);
  EXPECT_NEAR(summary("judged")["measurement"][3]["active_fraction"]["mean"].get<double>(), 0.5,
              0.01);
  EXPECT_THAT(judge("activations").err, HasSubstr("--activations"));
}

TEST_F(Samples, OfAnExperimentAreSetBesideItsTheory) {
  write("relu.toml",
        "[network]\ndepth = 1\nactivation = \"relu\"\nweight_variance = 2.0\n[inputs]\n"
        "source = \"cosines\"\ncosines = [1.0, 0.0]\n[simulation]\nwidths = [64]\n");
  // There the first layer's variance is 1, here it is 2.
  for (auto& [width, values] : grams)
    for (double& value : values) value /= 2.0;
  write_all("samples");
  const auto outcome = judge("samples", {"--experiment", "relu.toml"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_FALSE(summary("judged")["prediction"][0]["variance_times_width"].is_null());
  write("deeper.toml", contents(path("relu.toml")));
  EXPECT_EQ(program({"judge", "samples", "--experiment", "tiny.toml"}).status, 2);
  EXPECT_THAT(judge("samples", {"--experiment", "tiny.toml"}).err,
              HasSubstr("predicts 2 layers and 3 inputs, the samples have 1 and 2"));
}

TEST_F(Samples, AgainstOthersOfTheirLawAgreeAndOthersDoNot) {
  std::mt19937_64 rng(43);
  for (auto& [width, values] : grams) values = relu_grams(width, networks, rng);
  write_all("others");
  EXPECT_EQ(judge("samples", {"--against", "others"}).status, 0);
  EXPECT_EQ(program({"report", "judged", "--quiet"}).status, 0);
  for (auto& [width, values] : grams) values = relu_grams(width, networks, rng, 0.1);
  write_all("others");
  EXPECT_EQ(judge("samples", {"--against", "others"}).status, 1);
  EXPECT_EQ(judge("samples", {"--against", "samples"}).status, 3) << "the same are no evidence";
}

TEST_F(Samples, ThatAreNoGramsAreRefusedByFileNetworkAndEntry) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(complaint(4 * 7 + 1, nan), HasSubstr("network 7 (from 0), layer 1: gram(1,2) = nan"));
  EXPECT_THAT(complaint(4 * 7 + 1, 0.5), HasSubstr("symmetric"));
  EXPECT_THAT(complaint(4 * 7, -1.0), HasSubstr("must not be negative"));
  EXPECT_THAT(complaint(4 * 7, 1e-3), HasSubstr("indefinite"));
}

TEST_F(Samples, MayBeOfAnySize) {
  for (auto& [width, values] : grams)
    for (double& value : values) value *= 1e-200;
  write_all("small");
  EXPECT_EQ(judge("small").status, 1) << "the prediction is larger";
}

/// The second input is three times as long. A true correlation is called wrong in 1% of such
/// samples; the seed is fixed.
TEST_F(Samples, OfInputsOfSeveralNormsAreJudgedByTheirCorrelations) {
  for (auto& [width, values] : grams)
    for (std::size_t i = 0; i < values.size(); ++i) values[i] *= std::vector{1., 3., 3., 9.}[i % 4];
  write_all("longer");
  const auto judged = [&](double correlation) {
    write(
        "correlation.npy",
        array("<f8", "2, 2", model::bytes_of(std::vector<double>{1, correlation, correlation, 1})));
    return judge("longer", {"--prediction", "correlation.npy", "--prediction-kind", "correlation"});
  };
  EXPECT_EQ(judged(1 / M_PI).status, 0);
  EXPECT_EQ(judged(1 / M_PI + .03).status, 1);
}

TEST_F(Samples, OfAWrongShapeOrTypeAreRefused) {
  const auto all = file_of(128);
  EXPECT_THAT(complaint(all.substr(0, all.size() - 8)), HasSubstr("truncated"));
  EXPECT_THAT(complaint(array("<f8", "", all.substr(all.size() - 8))),
              HasSubstr("its array has 0 axes"));
  EXPECT_THAT(complaint(array("<f8", "1, 2, 2", all.substr(all.size() - 32))),
              HasSubstr("at least 2"));
  EXPECT_THAT(complaint(array("<c16", "100, 2, 2", all.substr(all.size() - 6400))),
              HasSubstr("elements of type"));
  EXPECT_THAT(complaint(array("<f8", "400, 4", all.substr(all.size() - 12800))),
              HasSubstr("must be networks x [layers x] inputs x inputs"));
  EXPECT_THAT(complaint(array("<f8", "1600, 1, 1", all.substr(all.size() - 12800))),
              HasSubstr("1 layers and 1 inputs"));
}

TEST_F(Samples, WithoutWidthsOrAPredictionAreRefused) {
  std::filesystem::create_directory(path("empty"));
  EXPECT_THAT(judge("empty").err, HasSubstr("holds no file width_<n>.npy"));
  write("empty/width_wide.npy", file_of(128));
  EXPECT_THAT(judge("empty").err, HasSubstr("\"width_wide\" names no width"));
  EXPECT_THAT(judge("nowhere").err, HasSubstr("nowhere"));
  EXPECT_THAT(judge("samples", {"--prediction-kind", "gram"}).err, HasSubstr("is missing"));
  EXPECT_THAT(judge("samples", {"--prediction", "kernel.npy", "--against", "samples"}).err,
              HasSubstr("goes without a prediction"));
  EXPECT_THAT(judge("samples", {"--prediction", "kernel.npy", "--prediction-kind", "kernel"}).err,
              HasSubstr("needs samples.experiment"));
  write("cut.npz", model::npz({{"width_64.npy", file_of(64)}}).substr(0, 5000));
  EXPECT_THAT(judge("cut.npz").err, HasSubstr("truncated"));
}

}  // namespace
}  // namespace wideproof::app
