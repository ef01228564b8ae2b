// SPDX-License-Identifier: MIT
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "environment.hpp"
#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

/// What each figure's axes say, by the start of its name.
const std::map<std::string, std::string> labels = {
    {"active_fraction", "active fraction"},
    {"bias", "|mean − prediction| of "},
    {"correlation_map", "correlation "},
    {"fluctuation_", "Var("},
    {"gram_layer", "input "},
    {"kernel_angle", "angle between inputs "},
    {"sparsity", "sparseness"},
    {"spread", "spread of "},
};

/// Runs of the program as a user meets them: its figures and its report.
class RunFigures : public Runs {
 protected:
  /// Runs it and checks that gnuplot had nothing to say and drew every table; how many.
  int drawn(const std::string& out, std::vector<std::string> settings) const {
    std::vector<std::string> arguments = {"validate", "tiny.toml", "--quiet", "--out", out};
    for (auto& setting : settings) {
      arguments.emplace_back("--set");
      arguments.push_back(std::move(setting));
    }
    const auto outcome = program(arguments);
    EXPECT_EQ(outcome.status, 3);
    EXPECT_EQ(outcome.err, "");
    int figures = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path(out + "/figures"))) {
      if (entry.path().extension() != ".csv") continue;
      const auto name = entry.path().stem().string();
      const auto label = std::find_if(labels.begin(), labels.end(), [&name](const auto& known) {
        return name.starts_with(known.first);
      });
      EXPECT_NE(label, labels.end()) << name;
      EXPECT_THAT(run_file(out, "figures/" + name + ".svg"), HasSubstr(label->second)) << name;
      EXPECT_THAT(run_file(out, "figures/" + name + ".pdf"), testing::StartsWith("%PDF-")) << name;
      EXPECT_THAT(run_file(out, "report.html"), HasSubstr("href=\"figures/" + name + ".pdf\""));
      ++figures;
    }
    return figures;
  }
};

TEST_F(RunFigures, AreDrawnForEveryActivation) {
  for (const auto* activation : {"relu", "erf", "tanh", "linear"})
    EXPECT_EQ(drawn(activation, {"network.activation=\"" + std::string(activation) + "\""}), 14);
  EXPECT_EQ(
      drawn("step", {"network.activation=\"thresholded-step\"", "network.threshold=\"fixed\""}),
      14);
}

TEST_F(RunFigures, AreDrawnForThresholdsFiltersAndBiases) {
  EXPECT_EQ(drawn("std", {"network.threshold=\"std\"", "network.bias_variance=0.2"}), 14);
  EXPECT_EQ(drawn("fixed", {"network.threshold=\"fixed\"", "network.weight_variance=3.0",
                            "network.bias_variance=0.2"}),
            14);
  EXPECT_EQ(drawn("uniform", {"network.presynaptic={filter=\"uniform\",degree=5}",
                              "network.postsynaptic={filter=\"gaussian\",scale=1.5}"}),
            14);
  EXPECT_EQ(drawn("reduced", {"simulation.variance_reduction=true"}), 14);
}

TEST_F(RunFigures, AreDrawnForTheLeastThatCanBeRun) {
  EXPECT_EQ(drawn("one_input", {"inputs.count=1"}), 6);  // a map, but no pair to follow
  EXPECT_EQ(drawn("one_width", {"simulation.widths=[32]"}), 13);
  EXPECT_EQ(drawn("one_layer", {"network.depth=1"}), 11);
  EXPECT_EQ(drawn("cosines", {"inputs={source=\"cosines\",cosines=[1.0,0.5]}"}), 13);
  EXPECT_GE(drawn("two_networks", {"simulation.replicates=2"}), 10);
}

TEST_F(RunFigures, AreDrawnForTheUsersOwnPrediction) {
  write("mine.csv", "1,0,0\n0,1,0\n0,0,1\n1,0.1,0.1\n0.1,1,0.1\n0.1,0.1,1\n");
  EXPECT_EQ(drawn("own", {"compare.prediction=\"mine.csv\""}), 14);
  EXPECT_THAT(run_file("own", "report.html"), HasSubstr("whether your formula holds"));
}

TEST_F(RunFigures, AreMissedByNobodyWithoutGnuplot) {
  const Environment nowhere("PATH", "");
  const auto outcome = program({"validate", "tiny.toml", "--out", "run"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.out, HasSubstr("verdict: inconclusive"));
  EXPECT_EQ(outcome.err,
            "wideproof: no figures were drawn: install gnuplot (Debian: gnuplot-nox), then "
            "`wideproof report DIR`\n");
  EXPECT_TRUE(std::filesystem::exists(path("run/figures/bias.csv")));
  EXPECT_FALSE(std::filesystem::exists(path("run/figures/bias.svg")));
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("Install gnuplot"));
  EXPECT_FALSE(run_file("run", "summary.json").empty());
}

TEST_F(RunFigures, AreNamedWhereGnuplotFails) {
  write("gnuplot", "#!/bin/sh\nexit 1\n");
  std::filesystem::permissions(path("gnuplot"), std::filesystem::perms(0755));
  const Environment broken("PATH", path("").c_str());
  const auto outcome = program({"validate", "tiny.toml", "--quiet", "--out", "run"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err,
              HasSubstr("wideproof: no figures were drawn: gnuplot ended without a word"));
  EXPECT_FALSE(std::filesystem::exists(path("run/figures/bias.pdf")));
}

TEST_F(RunFigures, AreWholeOrAbsent) {
  // Says that all went well, and leaves half of each file.
  write("gnuplot",
        "#!/bin/sh\n"
        "for table in *.csv; do\n"
        "  for extension in svg pdf; do printf '<svg>' >\"${table%csv}$extension.new\"; done\n"
        "done\n"
        "sed -n \"s/^print '\\(wideproof-figure.*\\)'/\\1/p;\"\\\n"
        "\"s/^print '\\(wideproof-drawn\\) .*/\\1  0/p\" >&2\n");
  std::filesystem::permissions(path("gnuplot"), std::filesystem::perms(0755));
  const Environment careless("PATH", (path("") + ":/usr/bin:/bin").c_str());
  const auto outcome = program({"validate", "tiny.toml", "--quiet", "--out", "run"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("figure bias was not drawn"));
  for (const auto& entry : std::filesystem::directory_iterator(path("run/figures")))
    EXPECT_EQ(entry.path().extension(), ".csv");
}

TEST_F(RunFigures, StayWhenTheReportDoesNotFitOnTheDisk) {
  ASSERT_EQ(program({"validate", "tiny.toml", "--quiet", "--out", "run"}).status, 3);
  const auto before = everything();
  auto full = launch({"report", "run"});
  full.largest_file = 100000;
  expect_refusal(run_program(full), {"\"run/report.html\": cannot be written: File too large"});
  EXPECT_EQ(everything(), before);
}

TEST_F(RunFigures, AreRemovedWithTheirRun) {
  ASSERT_EQ(program({"validate", "tiny.toml", "--quiet", "--out", "run"}).status, 3);
  write("run/figures/mine.svg", "drawn by hand");
  ASSERT_EQ(program({"validate", "tiny.toml", "--quiet", "--out", "run", "--force", "--set",
                     "inputs.count=1"})
                .status,
            3);
  EXPECT_FALSE(std::filesystem::exists(path("run/figures/gram_layer1_z.svg")));
  EXPECT_TRUE(std::filesystem::exists(path("run/figures/mine.svg")));
  expect_refusal(program({"validate", "tiny.toml", "--out", "run"}), {"holds another run"});
}

TEST_F(RunFigures, AreDrawnAgainByReport) {
  ASSERT_EQ(program({"validate", "tiny.toml", "--quiet", "--out", "run"}).status, 3);
  const auto before = everything();
  for (const auto* name : {"run/report.html", "run/figures/bias.svg", "run/figures/bias.csv"})
    ASSERT_TRUE(std::filesystem::remove(path(name)));
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(everything(), before);
}

}  // namespace
}  // namespace wideproof::app
