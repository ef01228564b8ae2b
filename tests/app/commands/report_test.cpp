// SPDX-License-Identifier: MIT
#include <filesystem>
#include <map>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

class Report : public Runs {
 protected:
  Report() { EXPECT_EQ(validate(command("run")), 3); }
  std::string complaint(const std::string& folder) const {
    return model::refusal([&] { report(command(folder)); });
  }
};

TEST_F(Report, WritesTheTablesAgainByteForByte) {
  const auto before = everything();
  for (const auto* table : {"gram", "correlation", "fluctuation", "convergence", "extrapolation"}) {
    ASSERT_TRUE(std::filesystem::remove(path(std::string("run/") + table + ".csv")));
  }
  const auto outcome = program({"report", "run"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, testing::HasSubstr("verdict: inconclusive"));
  EXPECT_EQ(everything(), before);
}

TEST_F(Report, RefusesAFolderWithoutAFinishedRun) {
  expect_refusal(program({"report", "nowhere"}), {"DIR = \"nowhere\": does not exist"});
  expect_refusal(program({"report", std::string(5000, 'x')}), {"DIR = ", "results.h5 is missing"});
  std::filesystem::remove(path("run/results.h5"));
  EXPECT_THAT(complaint("run"), testing::HasSubstr("results.h5 is missing"));
}

TEST_F(Report, RefusesAPredictionAlone) {
  ASSERT_EQ(predict(command("theory")), 0);
  EXPECT_THAT(complaint("theory"), testing::HasSubstr("holds only a prediction"));
}

TEST_F(Report, RefusesDamagedFilesByName) {
  const auto results = run_file("run", "results.h5");
  write("run/results.h5", results.substr(0, results.size() / 2));
  EXPECT_THAT(complaint("run"), testing::HasSubstr("run/results.h5\": cannot be opened"));
  write("run/results.h5", results);
  EXPECT_EQ(report(command("run")), 0);
}

/// The manifest holds a damaged summary.json for the user's, and keeps it.
TEST_F(Report, NeedsTheResultsAlone) {
  const auto gram = run_file("run", "gram.csv");
  std::filesystem::remove(path("run/experiment.toml"));
  std::filesystem::remove(path("run/gram.csv"));
  for (const auto* bad : {"{", "{}", "[1]", ""}) {
    write("run/summary.json", bad);
    const auto outcome = program({"report", "run", "--quiet"});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.err, testing::HasSubstr("run/summary.json\": is no summary"));
    EXPECT_THAT(outcome.err, testing::HasSubstr("how long the run took is not known"));
    EXPECT_EQ(run_file("run", "gram.csv"), gram);
  }
  std::filesystem::remove(path("run/summary.json"));
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_TRUE(summary("run")["provenance"]["wall_seconds"].is_null());
}

TEST_F(Report, TakesNoFileOfTheUsersForTheRuns) {
  std::filesystem::create_directories(path("own/figures"));
  std::filesystem::copy(path("run/results.h5"), path("own/results.h5"));
  write("own/claims.csv", "the user's");
  write("own/draws.csv", "the user's");
  write("own/figures/mine.pdf", "the user's");
  EXPECT_EQ(program({"report", "own", "--quiet"}).status, 0);
  EXPECT_EQ(validate_file("tiny.toml", "own", {"--force"}).status, 3);
  EXPECT_EQ(run_file("own", "claims.csv.old"), "the user's");
  EXPECT_EQ(run_file("own", "draws.csv"), "the user's");
  EXPECT_EQ(run_file("own", "figures/mine.pdf"), "the user's");
}

TEST_F(Report, RefusesAnExperimentThatTheResultsWereNotMadeWith) {
  const auto before = everything();
  auto edited = run_file("run", "experiment.toml");
  const auto depth = edited.find("depth = 2");
  ASSERT_NE(depth, std::string::npos);
  write("run/experiment.toml", edited.replace(depth, 9, "depth = 3"));
  expect_refusal(program({"report", "run"}),
                 {"\"run/experiment.toml\": is not the experiment that results.h5 was made with",
                  "network.depth is 3 there and 2 in the results"});
  write("run/experiment.toml", before.at(path("run/experiment.toml")));
  EXPECT_EQ(everything(), before);
}

TEST_F(Report, TakesOtherCheckpointsAndMemory) {
  auto edited = run_file("run", "experiment.toml");
  const auto seconds = edited.find("checkpoint_seconds = ");
  ASSERT_NE(seconds, std::string::npos);
  write("run/experiment.toml", edited.insert(seconds + 21, "1"));
  EXPECT_EQ(report(command("run")), 0);
}

}  // namespace
}  // namespace wideproof::app
