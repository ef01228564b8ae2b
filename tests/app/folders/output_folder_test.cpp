// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

/// A folder of the test's that holds the finished run "old".
class OutputFolder : public Runs {
 protected:
  OutputFolder() { EXPECT_EQ(validate(command("old")), 3); }
};

TEST_F(OutputFolder, OfAnotherRunIsRefusedUntouched) {
  const auto before = everything();
  expect_refusal(program({"validate", "tiny.toml", "--seed", "8", "--out", "old"}),
                 {"--out = \"old\": holds another run: study.seed is 7 there and 8 here; --force "
                  "overwrites it, another --out keeps it"});
  expect_refusal(program({"predict", "tiny.toml", "--seed", "8", "--out", "old"}),
                 {"--out = \"old\": holds another run: study.seed is 7 there and 8 here"});
  expect_refusal(program({"validate", "tiny.toml", "--seed", "8", "--out", "old", "--resume"}),
                 {"--out = \"old\": holds a run of another experiment"});
  EXPECT_EQ(everything(), before);
}

TEST_F(OutputFolder, OfTheSameRunIsRefusedBySayingSo) {
  const auto before = everything();
  expect_refusal(
      program({"validate", "tiny.toml", "--out", "old"}),
      {"--out = \"old\": holds the same run, finished; --resume tells its verdict again, "
       "wideproof report writes its files again, --force runs it anew"});
  expect_refusal(program({"validate", "tiny.toml", "--out", "old", "--set",
                          "simulation.checkpoint_seconds=30"}),
                 {"holds the same run, finished"});
  const auto predicted = program({"predict", "tiny.toml", "--out", "old"});
  expect_refusal(predicted, {"holds a run of the same experiment; --force overwrites it"});
  EXPECT_THAT(predicted.err, testing::Not(testing::HasSubstr("--resume")));
  EXPECT_EQ(everything(), before);
}

TEST_F(OutputFolder, IsOverwrittenByForce) {
  const auto old_results = run_file("old", "results.h5");
  EXPECT_EQ(program({"validate", "tiny.toml", "--seed", "8", "--out", "old", "--force"}).status, 3);
  EXPECT_NE(run_file("old", "results.h5"), old_results);
  EXPECT_THAT(run_file("old", "experiment.toml"), testing::HasSubstr("seed = 8"));
}

TEST_F(OutputFolder, KeepsTheOldRunWhenTheDiskIsFullFromTheStart) {
  auto full = launch({"validate", "tiny.toml", "--seed", "8", "--out", "old", "--force"});
  full.largest_file = 64;
  const auto before = everything();
  expect_refusal(run_program(full), {"\"old/manifest.sha256\": cannot be written: File too large"});
  EXPECT_EQ(everything(), before);
}

TEST_F(OutputFolder, HoldsNoPartOfAFileThatTheDiskHasNoSpaceFor) {
  auto full = launch({"validate", "tiny.toml", "--out", "new"});
  full.largest_file = 4096;
  expect_refusal(run_program(full), {"\"new/results.h5\": cannot be written: File too large"});
  EXPECT_FALSE(std::filesystem::exists(path("new/results.h5")));
  EXPECT_FALSE(std::filesystem::exists(path("new/results.h5.new")));
  EXPECT_FALSE(std::filesystem::exists(path("new/summary.json")));
}

TEST_F(OutputFolder, KeepsTheOldRunWhenTheNewOneIsTooLarge) {
  const auto before = everything();
  expect_refusal(program({"validate", "tiny.toml", "--out", "old", "--force", "--set",
                          "inputs={source=\"gaussian\", count=300, dimension=2}", "--set",
                          "simulation.memory_gib=0.01"}),
                 {"simulation.memory_gib = 0.01: the run needs"});
  EXPECT_EQ(everything(), before);
}

TEST_F(OutputFolder, WithoutWritePermissionIsRefusedUntouched) {
  std::filesystem::permissions(path("old"), std::filesystem::perms(0555));
  const auto before = everything();
  auto overwrite = launch({"validate", "tiny.toml", "--out", "old", "--force"});
  overwrite.obeys_permissions = true;
  expect_refusal(run_program(overwrite),
                 {"--out = \"old\": cannot be written: wideproof.lock: Permission denied"});
  auto create = launch({"predict", "tiny.toml", "--out", "old/new"});
  create.obeys_permissions = true;
  expect_refusal(run_program(create), {"--out = \"old/new\": cannot be made: Permission denied"});
  EXPECT_EQ(everything(), before);
  std::filesystem::permissions(path("old"), std::filesystem::perms(0755));
}

TEST_F(OutputFolder, MustNotLieBelowAFile) {
  const auto before = everything();
  expect_refusal(program({"validate", "tiny.toml", "--out", "tiny.toml/run"}),
                 {"--out = \"tiny.toml/run\": cannot be made: Not a directory"});
  expect_refusal(program({"validate", "tiny.toml", "--out", "tiny.toml"}),
                 {"--out = \"tiny.toml\": cannot be made: Not a directory"});
  EXPECT_EQ(everything(), before);
}

TEST_F(OutputFolder, LosesWhatTheManifestListsAndNothingElse) {
  std::filesystem::create_directories(path("old/points/07"));
  write("old/figures/mine.svg", "a drawing of the user's");
  write("old/figures/mine.csv", "and its table");
  write("old/points/07/experiment.toml", "a file of the user's");
  write("old/gram.csv", "a table that the user changed");
  const auto outcome = program({"validate", "tiny.toml", "--out", "old", "--force", "--quiet"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, testing::HasSubstr("\"old/gram.csv\": no run wrote it as it is; kept as "
                                              "gram.csv.old"));
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_EQ(run_file("old", "figures/mine.svg"), "a drawing of the user's");
  EXPECT_EQ(run_file("old", "figures/mine.csv"), "and its table");
  EXPECT_EQ(run_file("old", "points/07/experiment.toml"), "a file of the user's");
  EXPECT_EQ(run_file("old", "gram.csv.old"), "a table that the user changed");
}

TEST_F(OutputFolder, KeepsAnExperimentThatNoRunWrote) {
  std::filesystem::create_directory(path("own"));
  const std::string own = "# with a comment\n" + std::string(tiny);
  write("own/experiment.toml", own);
  expect_refusal(program({"validate", "own/experiment.toml", "--out", "own"}),
                 {"--out = \"own\": holds an experiment.toml that no run wrote", "--force"});
  EXPECT_EQ(run_file("own", "experiment.toml"), own);
  const auto forced =
      program({"validate", "own/experiment.toml", "--out", "own", "--force", "--quiet"});
  EXPECT_EQ(forced.status, 3);
  EXPECT_THAT(forced.err, testing::HasSubstr("kept as experiment.toml.old"));
  EXPECT_EQ(run_file("own", "experiment.toml.old"), own);
}

/// A folder of a version that wrote no manifests.
TEST_F(OutputFolder, WithoutAManifestLosesTheFilesOfARunAtItsRootAlone) {
  std::filesystem::remove(path("old/manifest.sha256"));
  std::filesystem::create_directory(path("old/figures"));
  write("old/figures/mine.csv", "the user's");
  write("old/power.csv", "of the run before");
  write("old/kernel.csv", "likewise");
  const auto outcome = program({"validate", "tiny.toml", "--out", "old", "--force", "--quiet"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_FALSE(std::filesystem::exists(path("old/power.csv")));
  EXPECT_NE(run_file("old", "kernel.csv"), "likewise");
  EXPECT_EQ(run_file("old", "figures/mine.csv"), "the user's");
}

TEST_F(OutputFolder, MayBeALinkToOneElsewhere) {
  std::filesystem::create_directory_symlink(path("old"), path("link"));
  EXPECT_EQ(validate_file("tiny.toml", "link", {"--force", "--set", "study.seed=8"}).status, 3);
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
  EXPECT_THAT(run_file("old", "experiment.toml"), testing::HasSubstr("seed = 8"));
  EXPECT_FALSE(std::filesystem::exists(path("old/wideproof.lock")));
}

/// Of a manifest that lost lines, or whose line ends version control has changed.
TEST_F(OutputFolder, TakesNoResultsForItsOwnThatItDoesNotList) {
  EXPECT_EQ(shell("sed 's/$/\r/' -i old/manifest.sha256").status, 0);
  EXPECT_EQ(validate_file("tiny.toml", "old", {"--force", "--set", "study.seed=9"}).err, "");
  EXPECT_EQ(summary("old").at("study").at("seed"), 9);

  EXPECT_EQ(shell("sed '/summary.json/d;/results.h5/d' -i old/manifest.sha256").status, 0);
  const auto unlisted = validate_file("tiny.toml", "old", {"--force", "--set", "study.seed=8"});
  EXPECT_THAT(unlisted.err, testing::HasSubstr("results.h5\": no run wrote it as it is; kept as "
                                               "results.h5.old"));
  EXPECT_EQ(summary("old").at("study").at("seed"), 8);
}

TEST_F(OutputFolder, IsRefusedWhereAFileLiesInTheWayOfItsFolders) {
  std::filesystem::create_directory(path("own"));
  write("own/figures", "a file");
  expect_refusal(validate_file("tiny.toml", "own"), {"--out = \"own\": holds a file figures"});
}

TEST_F(OutputFolder, ListsWhatTheRunWroteForSha256sum) {
  const auto outcome = shell("cd old && sha256sum --check --quiet manifest.sha256");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(run_file("old", "manifest.sha256"), testing::HasSubstr("  results.h5\n"));
}

// As another version would have written it.
TEST_F(OutputFolder, ListsAFileOnceThatAReportWroteAnew) {
  EXPECT_EQ(shell("cd old && sed 's/agree/concur/;s/incon/uncon/' -i claims.csv && "
                  "sum=$(sha256sum claims.csv | cut -d ' ' -f 1) && "
                  "sed \"s/^[0-9a-f]*  claims.csv$/$sum  claims.csv/\" -i manifest.sha256")
                .status,
            0);
  EXPECT_EQ(program({"report", "old", "--quiet"}).status, 0);
  const auto outcome = shell("cd old && sha256sum --check --quiet manifest.sha256");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(path("old/claims.csv.old")));
}

TEST_F(OutputFolder, IsRunsAndTheStudysNameByDefault) {
  EXPECT_EQ(program({"validate", "tiny.toml", "--quiet"}).status, 3);
  EXPECT_TRUE(std::filesystem::exists(path("runs/tiny/summary.json")));
}

}  // namespace
}  // namespace wideproof::app
