// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <string>

#include <wideproof/app/experiment/experiment_file.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using Validate = Runs;

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(Validate, PrintsTheVerdictAndWritesEveryFile) {
  const auto outcome = program({"validate", "tiny.toml", "--out", "run"});
  EXPECT_EQ(outcome.status, 3);  // eight replicates cannot settle it
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, testing::HasSubstr("verdict: inconclusive"));
  EXPECT_THAT(outcome.out, testing::HasSubstr("written to run in "));
  for (const auto* name : {"experiment.toml", "summary.json", "results.h5"}) {
    EXPECT_NE(run_file("run", name), "") << name;
  }
  EXPECT_FALSE(std::filesystem::exists(path("run/checkpoint.h5")));
  // A header, then for each width and layer the six entries of a gram, the three off the diagonal
  // of a correlation; for each layer the nine entries of both.
  EXPECT_EQ(lines_of(run_file("run", "gram.csv")), 1U + 4 * 6);
  EXPECT_EQ(lines_of(run_file("run", "correlation.csv")), 1U + 4 * 3);
  EXPECT_EQ(lines_of(run_file("run", "fluctuation.csv")), 1U + 4 * 6);
  EXPECT_EQ(lines_of(run_file("run", "extrapolation.csv")), 1U + 2 * 9);
  EXPECT_EQ(lines_of(run_file("run", "convergence.csv")), 1U + 2);
}

TEST_F(Validate, PrintsNothingWhenQuiet) {
  const auto outcome = program({"validate", "tiny.toml", "--out", "run", "--quiet"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST_F(Validate, RepeatsTheRunFromItsExperimentFileToTheBit) {
  ASSERT_EQ(validate(command("once")), 3);
  auto again = command("again");
  again.file = path("once/experiment.toml");
  ASSERT_EQ(validate(again), 3);
  EXPECT_EQ(run_file("again", "experiment.toml"), run_file("once", "experiment.toml"));
  EXPECT_EQ(run_file("again", "results.h5"), run_file("once", "results.h5"));
}

TEST_F(Validate, RefusesWhatMemoryCannotHoldBeforeItStarts) {
  const auto before = everything();
  const auto with = [&](const std::string& setting) {
    return program({"validate", "tiny.toml", "--out", "run", "--set", setting, "--set",
                    "simulation.widths=[32, 3000000]"});
  };
  expect_refusal(with("simulation.memory_gib=0.05"),
                 {"simulation.memory_gib = 0.05: the run needs ", " GiB"});
  EXPECT_EQ(everything(), before);
}

TEST_F(Validate, SamplesByTheEngineThatIsAskedFor) {
  for (const auto* engine : {"direct", "collapsed"}) {
    const auto outcome = program({"validate", "tiny.toml", "--out", engine, "--quiet", "--set",
                                  std::string("simulation.engine=") + engine});
    EXPECT_EQ(outcome.status, 3) << outcome.err;
  }
  EXPECT_FALSE(run_file("direct", "gram.csv") == run_file("collapsed", "gram.csv"));
  program({"validate", "tiny.toml", "--out", "auto", "--quiet"});
  EXPECT_TRUE(run_file("auto", "gram.csv") == run_file("collapsed", "gram.csv"));
}

TEST_F(Validate, GivesTheSameBitsForAnyNumberOfThreads) {
  ASSERT_EQ(validate(command("one")), 3);
  auto two = command("two");
  two.options.threads = 2;
  ASSERT_EQ(validate(two), 3);
  EXPECT_EQ(run_file("two", "results.h5"), run_file("one", "results.h5"));
}

TEST_F(Validate, GivesOtherNumbersForAnotherSeed) {
  ASSERT_EQ(validate(command("one")), 3);
  ASSERT_EQ(validate(command("other", {"study.seed=8"})), 3);
  EXPECT_NE(run_file("other", "results.h5"), run_file("one", "results.h5"));
}

TEST_F(Validate, SaysThatThereIsNothingToResume) {
  const auto begun = program({"validate", "tiny.toml", "--out", "run", "--resume"});
  EXPECT_EQ(begun.status, 3);
  EXPECT_THAT(begun.err, testing::HasSubstr("--out = \"run\": holds no run to go on with; --resume "
                                            "starts from the beginning\n"));
  const auto again = program({"validate", "tiny.toml", "--out", "run", "--resume"});
  EXPECT_THAT(again.err, testing::Not(testing::HasSubstr("no run to go on with")));
  const auto sweep = program({"validate", "tiny.toml", "--out", "sweep", "--resume", "--set",
                              "sweep.network.depth=[1, 2]"});
  EXPECT_THAT(sweep.err, testing::HasSubstr("\"sweep\": holds no run to go on with"));
}

TEST_F(Validate, LeavesAFinishedRunAsItIsWhenResumed) {
  ASSERT_EQ(validate(command("run")), 3);
  const auto before = everything();
  auto resumed = command("run");
  resumed.options.if_taken = RunFolder::IfTaken::resume;
  EXPECT_EQ(validate(resumed), 3);
  EXPECT_EQ(everything(), before);
}

}  // namespace
}  // namespace wideproof::app
