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
  expect_refusal(program({"validate", "tiny.toml", "--out", "old"}),
                 {"--out = \"old\": holds another run", "--force", "--resume"});
  expect_refusal(program({"predict", "tiny.toml", "--out", "old"}), {"--out = \"old\""});
  expect_refusal(program({"validate", "tiny.toml", "--seed", "8", "--out", "old", "--resume"}),
                 {"--out = \"old\": holds a run of another experiment"});
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
  expect_refusal(run_program(full), {"\"old/experiment.toml\": cannot be written: File too large"});
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
                          "inputs={source=\"gaussian\", count=6000, dimension=2}"}),
                 {"inputs = 6000 vectors", "at most 33554432"});
  EXPECT_EQ(everything(), before);
}

TEST_F(OutputFolder, WithoutWritePermissionIsRefusedUntouched) {
  std::filesystem::permissions(path("old"), std::filesystem::perms(0555));
  const auto before = everything();
  auto overwrite = launch({"validate", "tiny.toml", "--out", "old", "--force"});
  overwrite.obeys_permissions = true;
  expect_refusal(run_program(overwrite),
                 {"\"old/experiment.toml\": cannot be written: Permission denied"});
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

TEST_F(OutputFolder, IsRunsAndTheStudysNameByDefault) {
  EXPECT_EQ(program({"validate", "tiny.toml", "--quiet"}).status, 3);
  EXPECT_TRUE(std::filesystem::exists(path("runs/tiny/summary.json")));
}

}  // namespace
}  // namespace wideproof::app
