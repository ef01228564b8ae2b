// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include <wideproof/app/folders/folder_lock.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

constexpr const char* gram_sweep = R"([sweep]
network.active_fraction = [0.1, 0.3]
network.presynaptic.taps = [1, 3]
)";

constexpr const char* regression_sweep = R"([study]
name = "regressions"
kind = "generalization"
seed = 7
[network]
depth = 2
[network.presynaptic]
filter = "uniform"
[inputs]
source = "circle"
count = 128
[targets]
source = "half-circle"
[generalization]
training_points = [16]
draws = 6
[simulation]
widths = [64]
[sweep]
network.active_fraction = [0.05, 0.2, 0.45]
network.presynaptic.degree = [0, 8]
)";

class SweepRun : public Runs {
 protected:
  SweepRun() {
    write("gram.toml", std::string(tiny) + gram_sweep);
    write("regressions.toml", regression_sweep);
  }
};

TEST_F(SweepRun, RunsEveryPointInAFolderOfItsOwn) {
  const auto outcome = validate_file("gram.toml", "run");
  EXPECT_EQ(outcome.err, "");
  const auto points = summary("run").at("sweep").at("points");
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points.at(1).at("folder"), "points/02");
  EXPECT_EQ(points.at(1).at("values"),
            Json({{"network.active_fraction", 0.1}, {"network.presynaptic.taps", 3}}));
  for (const auto& point : points) {
    const auto own = summary("run/" + point.at("folder").get<std::string>());
    EXPECT_EQ(own.at("verdict").at("outcome"), point.at("outcome"));
    EXPECT_EQ(own.at("network"), point.at("network"));
    EXPECT_EQ(own.at("verdict").at("family_error").get<double>(), 0.01 / 4);
  }
  EXPECT_THAT(run_file("run", "sweep.csv"), HasSubstr("network.active_fraction"));
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("</html>"));
}

TEST_F(SweepRun, GivesAPointTheBitsOfARunAlone) {
  validate_file("gram.toml", "run", {"--threads", "3"});
  write("alone.toml", run_file("run/points/03", "experiment.toml"));
  validate_file("alone.toml", "alone", {"--threads", "1"});
  EXPECT_TRUE(run_file("alone", "results.h5") == run_file("run/points/03", "results.h5"));
}

TEST_F(SweepRun, IsRepeatedByItsOwnExperimentFile) {
  validate_file("regressions.toml", "run", {"--threads", "4"});
  write("again.toml", run_file("run", "experiment.toml"));
  validate_file("again.toml", "again", {"--threads", "1"});
  EXPECT_EQ(run_file("again", "experiment.toml"), run_file("run", "experiment.toml"));
  EXPECT_EQ(run_file("again", "sweep.csv"), run_file("run", "sweep.csv"));
}

TEST_F(SweepRun, GoesOnWhereItWasInterrupted) {
  auto slow = launch({"validate", "gram.toml", "--out", "stopped", "--quiet", "--threads", "1",
                      "--set", "simulation.replicates=5000"});
  {
    Process process(slow);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(10);
    while (!std::filesystem::exists(path("stopped/points/02/experiment.toml")) &&
           std::chrono::steady_clock::now() < give_up) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    process.signal(SIGTERM);
    const auto outcome = process.wait();
    EXPECT_EQ(outcome.status, 130);
    EXPECT_THAT(outcome.err, testing::StartsWith("wideproof: interrupted; 1 of 4 points are "
                                                 "finished; to go on: "));
    EXPECT_THAT(outcome.err,
                testing::EndsWith(" validate gram.toml --out stopped --quiet --threads 1 --set "
                                  "simulation.replicates=5000 --resume\n"));
  }
  EXPECT_FALSE(std::filesystem::exists(path("stopped/summary.json")));
  const auto done_before = std::filesystem::last_write_time(path("stopped/points/01/summary.json"));
  slow.arguments.emplace_back("--resume");
  const auto resumed = run_program(slow);
  EXPECT_EQ(resumed.err, "");
  EXPECT_EQ(std::filesystem::last_write_time(path("stopped/points/01/summary.json")), done_before);
  slow.arguments.pop_back();
  slow.arguments[3] = "whole";
  EXPECT_EQ(run_program(slow).status, resumed.status);
  EXPECT_EQ(run_file("stopped", "sweep.csv"), run_file("whole", "sweep.csv"));
}

TEST_F(SweepRun, TakesNoResultsOfAnotherPoint) {
  validate_file("gram.toml", "run");
  std::filesystem::copy(path("run/points/02/results.h5"), path("run/points/01/results.h5"),
                        std::filesystem::copy_options::overwrite_existing);
  const auto before = everything();
  expect_refusal(validate_file("gram.toml", "run", {"--resume"}),
                 {"points/01/experiment.toml\": is not the experiment",
                  "network.presynaptic.taps is 1 there and 3 in the results"});
  EXPECT_EQ(everything(), before);
}

TEST_F(SweepRun, KeepsOthersOutOfAPointThatRuns) {
  std::filesystem::create_directories(path("run/points/01"));
  const FolderLock other(path("run/points/01"));
  expect_refusal(validate_file("gram.toml", "run"), {"points/01\": is in use by process"});
}

TEST_F(SweepRun, SaysThatAPipeGivesItsNumbersOnce) {
  write("x.csv", "1,0\n0,1\n1,1\n");
  expect_refusal(shell("cat x.csv | \"$0\" validate gram.toml --out run --quiet --set "
                       "'inputs={source=\"csv\", file=\"/dev/stdin\"}'"),
                 {"inputs.file = \"/dev/stdin\": is a pipe or device"});
}

TEST_F(SweepRun, IsReportedWithoutItsSummary) {
  validate_file("gram.toml", "run");
  const auto table = run_file("run", "sweep.csv");
  std::filesystem::remove(path("run/summary.json"));
  std::filesystem::remove(path("run/sweep.csv"));
  const auto outcome = program({"report", "run", "--quiet"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(run_file("run", "sweep.csv"), table);
  EXPECT_TRUE(summary("run").at("provenance").at("threads").is_null());
}

TEST_F(SweepRun, MakesWayForAnotherWhereItIsForced) {
  validate_file("gram.toml", "run");
  expect_refusal(validate_file("regressions.toml", "run"), {"--out", "holds another run"});
  validate_file("regressions.toml", "run", {"--force"});
  EXPECT_EQ(summary("run").at("sweep").at("points").size(), 6U);
  EXPECT_FALSE(std::filesystem::exists(path("run/points/01/gram.csv")));
}

TEST_F(SweepRun, IsReportedAgainFromItsPoints) {
  validate_file("regressions.toml", "run");
  const auto table = run_file("run", "sweep.csv");
  write("run/sweep.csv", "");
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(run_file("run", "sweep.csv"), table);
}

TEST_F(SweepRun, RefusesABadPointBeforeAnythingRuns) {
  expect_refusal(
      validate_file("gram.toml", "run", {"--set", "sweep.network.active_fraction=[0.1, 1.3]"}),
      {"point 3", "network.active_fraction = 1.3"});
  EXPECT_FALSE(std::filesystem::exists(path("run")));
}

TEST_F(SweepRun, KeepsToTheMemoryItIsGiven) {
  expect_refusal(
      validate_file("regressions.toml", "run",
                    {"--set", "simulation.memory_gib=0.0100001", "--set",
                     "generalization.training_points=[60]", "--set", "simulation.widths=[65536]"}),
      {"simulation.memory_gib", "the run needs"});
  EXPECT_FALSE(std::filesystem::exists(path("run")));
}

TEST_F(SweepRun, NamesNoPointForAFileThatAllOfThemLack) {
  for (const auto* verb : {"validate", "predict"}) {
    const auto outcome = program({verb, "tiny.toml", "--set", "sweep.network.depth=[1, 2]", "--set",
                                  "inputs={source=\"csv\", file=\"none.csv\"}"});
    expect_refusal(outcome, {"none.csv\": cannot be opened: No such file"});
    EXPECT_THAT(outcome.err, testing::Not(testing::HasSubstr("sweep"))) << verb;
  }
}

TEST_F(SweepRun, SweepsTheBuiltInExperimentToo) {
  expect_refusal(program({"validate", "--out", "run", "--set", "sweep.network.depth=[1, 0]"}),
                 {"sweep, point 2 (network.depth = 0)"});
}

std::string claim(const std::string& kind, const std::string& rest) {
  return "[[claims]]\nkind = \"" + kind + "\"\nstatement = \"s\"\ntraining_points = 16\n" + rest;
}

// An error is at most 1000 times another and at least a thousandth of it: both bounds are far from
// what six draws can doubt. The twin asks for the opposite.
TEST_F(SweepRun, JudgesClaimsAboutTheWhole) {
  const std::string points =
      "at = { network.active_fraction = 0.05, network.presynaptic.degree = 8 }\n"
      "over = { network.active_fraction = 0.05, network.presynaptic.degree = 0 }\n";
  write("claims.toml", regression_sweep + claim("ratio", points + "low = 0.001\nhigh = 1000.0\n") +
                           claim("ratio", points + "low = 1000.0\n"));
  validate_file("claims.toml", "run");
  const auto claims = summary("run").at("claims");
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims.at(0).at("outcome"), "agree");
  EXPECT_EQ(claims.at(1).at("outcome"), "disagree");
  EXPECT_EQ(summary("run").at("verdict").at("outcome"), "disagree");
}

// One draw of fixed data: nothing is left to chance, and no theory speaks of it.
TEST_F(SweepRun, LeavesTheVerdictToClaimsWherePointsHaveNothingToJudge) {
  const std::string points =
      "at = { network.active_fraction = 0.05, network.presynaptic.degree = 8 }\n"
      "over = { network.active_fraction = 0.05, network.presynaptic.degree = 0 }\nexact = true\n";
  const auto run_with = [&](const std::string& bound) {
    write("claims.toml", regression_sweep + claim("ratio", points + bound));
    validate_file("claims.toml", "run",
                  {"--force", "--set", "generalization.split=\"alternate\"", "--set",
                   "generalization.draws=1", "--set", "generalization.predicted_draws=0", "--set",
                   "simulation.widths=[]"});
    return summary("run");
  };
  const auto holds = run_with("low = 0.001\nhigh = 1000.0\n");
  EXPECT_EQ(holds.at("sweep").at("points").at(0).at("outcome"), "measured");
  EXPECT_EQ(holds.at("verdict").at("outcome"), "agree");
  EXPECT_EQ(run_with("low = 1000.0\n").at("verdict").at("outcome"), "disagree");
}

TEST_F(SweepRun, RefusesAClaimAboutAPointThatIsNotThere) {
  write("claims.toml",
        regression_sweep + claim("best", "at = { network.active_fraction = 0.07 }\n"));
  expect_refusal(validate_file("claims.toml", "run"), {"claims[0].at"});
  write("claims.toml", regression_sweep + claim("best", "att = { network.depth = 3 }\n"));
  expect_refusal(validate_file("claims.toml", "run"), {"claims[0].att", "unknown key"});
  write("claims.toml", std::string(tiny) + gram_sweep + claim("best", "at = {}\n"));
  expect_refusal(validate_file("claims.toml", "run"),
                 {"claims: sweeps of study.kind = \"gram\" have no draws"});
}

}  // namespace
}  // namespace wideproof::app
