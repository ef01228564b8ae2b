// SPDX-License-Identifier: MIT
// What a kind of study made of a few numbers gets from the program's general part alone.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* coin = R"([study]
name = "coin"
kind = "coin"
[coin]
predicted = 0.5
draws = 40
tosses = 4000
[compare]
equivalence_margin = 0.05
)";

class Coin : public Runs {
 protected:
  Coin() { write("coin.toml", coin); }

  Outcome run(std::vector<std::string> arguments) const {
    auto command = launch(std::move(arguments));
    command.program = WIDEPROOF_WITH_COIN;
    return run_program(command);
  }
  nlohmann::json summary(const std::string& out) const {
    return nlohmann::json::parse(run_file(out, "summary.json"));
  }
};

TEST_F(Coin, IsPutToTheProof) {
  const auto fair = run({"validate", "coin.toml", "--out", "fair"});
  EXPECT_EQ(fair.status, 0) << fair.err;
  EXPECT_THAT(fair.out, HasSubstr("verdict: agree"));
  EXPECT_THAT(fair.out, HasSubstr("written to fair in "));
  const auto json = summary("fair");
  EXPECT_EQ(json.at("study").at("kind"), "coin");
  EXPECT_EQ(json.at("verdict").at("outcome"), "agree");
  EXPECT_NEAR(json.at("heads").get<double>(), 0.5, 0.01);
  // The twin: its chance of passing is that of 4 standard errors, below 1e-4.
  EXPECT_EQ(
      run({"validate", "coin.toml", "--out", "bent", "--set", "coin.probability=0.52"}).status, 1);
}

TEST_F(Coin, RefusesWhatItCannotToss) {
  const auto refused = run({"validate", "coin.toml", "--out", "run", "--set", "coin.draws=1"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("coin.draws = 1: must lie in [2, 1000000]"));
  EXPECT_FALSE(std::filesystem::exists(path("run")));
  EXPECT_THAT(run({"validate", "coin.toml", "--set", "coin.toses=1"}).err,
              HasSubstr("did you mean \"tosses\"?"));
  EXPECT_THAT(run({"validate", "coin.toml", "--set", "study.kind=\"gram\""}).err,
              HasSubstr("coin: read only by studies of study.kind = \"coin\"; remove it"));
  EXPECT_THAT(run({"predict", "coin.toml"}).err, HasSubstr("has no \"wideproof predict\""));
}

TEST_F(Coin, HasATemplateAndAFileThatRepeatTheRun) {
  write("template.toml", run({"init", "coin"}).out);
  EXPECT_NE(run({"validate", "template.toml", "--out", "of-template", "--quiet"}).status, 2);
  ASSERT_EQ(run({"validate", "coin.toml", "--out", "first", "--quiet"}).status, 0);
  ASSERT_EQ(run({"validate", path("first/experiment.toml"), "--out", "again", "--quiet"}).status,
            0);
  EXPECT_TRUE(run_file("first", "results.h5") == run_file("again", "results.h5"));
}

TEST_F(Coin, GoesOnFromItsCheckpoint) {
  const std::vector<std::string> what = {"validate", "coin.toml", "--quiet",       "--threads",
                                         "1",        "--set",     "coin.draws=400"};
  const auto with = [&](std::vector<std::string> further) {
    auto all = what;
    all.insert(all.end(), further.begin(), further.end());
    return all;
  };
  ASSERT_EQ(run(with({"--out", "whole"})).status, 0);
  // A limit that has run out stops the run at its first series.
  const auto stopped = run(with({"--out", "run", "--time-limit", "0.001s"}));
  EXPECT_EQ(stopped.status, 130) << stopped.err;
  EXPECT_TRUE(std::filesystem::exists(path("run/checkpoint.h5")));
  EXPECT_EQ(run(with({"--out", "run", "--resume"})).status, 0);
  EXPECT_FALSE(std::filesystem::exists(path("run/checkpoint.h5")));
  EXPECT_TRUE(run_file("run", "results.h5") == run_file("whole", "results.h5"));
  // Once finished it is told again, of its results alone.
  const auto told =
      run({"validate", "coin.toml", "--set", "coin.draws=400", "--out", "run", "--resume"});
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("verdict: agree"));
  EXPECT_THAT(told.out, Not(HasSubstr("written to")));
}

TEST_F(Coin, IsReportedFromItsResults) {
  ASSERT_EQ(run({"validate", "coin.toml", "--out", "run", "--quiet"}).status, 0);
  const auto page = run_file("run", "report.html");
  EXPECT_THAT(page, HasSubstr("A study of kind coin."));
  EXPECT_THAT(page, HasSubstr("The coin shows heads as often as predicted."));
  EXPECT_THAT(page, HasSubstr("<a href=\"draws.csv\">"));
  const auto table = run_file("run", "draws.csv");
  EXPECT_THAT(table, testing::StartsWith("draw,heads\n0,0."));
  std::filesystem::remove(path("run/report.html"));
  std::filesystem::remove(path("run/draws.csv"));
  const auto reported = run({"report", "run"});
  EXPECT_EQ(reported.status, 0) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr("verdict: agree"));
  EXPECT_TRUE(run_file("run", "report.html") == page);
  EXPECT_EQ(run_file("run", "draws.csv"), table);
}

constexpr const char* sweep = R"([study]
name = "coins"
kind = "coin"
[coin]
draws = 40
tosses = 4000
[sweep]
coin.probability = [0.3, 0.4, 0.5]
[[claims]]
kind = "ratio"
statement = "The fairer coin shows more heads."
at = {coin.probability = 0.5}
over = {coin.probability = 0.3}
low = 1.5
high = 1.8
[[claims]]
kind = "value"
statement = "One in three."
at = {coin.probability = 0.4}
value = 0.33
)";

TEST_F(Coin, IsSweptWithFiguresAndClaims) {
  write("sweep.toml", sweep);
  const auto swept = run({"validate", "sweep.toml", "--out", "swept"});
  EXPECT_EQ(swept.status, 1) << swept.err;  // at 0.3 and 0.4 the coin is not fair
  const auto json = summary("swept");
  ASSERT_EQ(json.at("sweep").at("points").size(), 3U);
  const auto& numbers = json.at("sweep").at("points").at(1).at("numbers");
  EXPECT_EQ(numbers.at(0).at("quantity"), "heads");
  EXPECT_NEAR(numbers.at(0).at("value").get<double>(), 0.4, 0.01);
  EXPECT_EQ(json.at("claims").at(0).at("outcome"), "agree");
  EXPECT_EQ(json.at("claims").at(1).at("outcome"), "disagree");
  EXPECT_TRUE(std::filesystem::exists(path("swept/figures/sweep_lines_heads.svg")));
  EXPECT_THAT(run_file("swept", "sweep.csv"), HasSubstr("heads"));
  const auto page = run_file("swept", "report.html");
  EXPECT_THAT(page, HasSubstr("prediction and tosses"));
  EXPECT_THAT(page, HasSubstr("How often the coin showed heads."));
  EXPECT_EQ(run({"report", "swept", "--quiet"}).status, 0);
  EXPECT_TRUE(run_file("swept", "report.html") == page);
}

}  // namespace
}  // namespace wideproof::app
