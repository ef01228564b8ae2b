// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/run_folder.hpp>

#include <filesystem>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using IfTaken = RunFolder::IfTaken;

class RunFolders : public model::InputFiles {
 protected:
  RunFolders() {
    folder.claim("old", IfTaken::refuse);
    folder.write("results.h5", "old results");
    write("a/b/run/notes.txt", "the user's own");
  }
  RunFolder folder{path("a/b/run")};
};

TEST_F(RunFolders, AreMadeWithTheExperiment) {
  EXPECT_EQ(contents(path("a/b/run/experiment.toml")), "old");
}

TEST_F(RunFolders, ThatAreTakenAreRefused) {
  EXPECT_THAT(model::refusal([&] { folder.claim("new", IfTaken::refuse); }),
              testing::HasSubstr("holds another run"));
  EXPECT_EQ(contents(path("a/b/run/experiment.toml")), "old");
}

TEST_F(RunFolders, WithOtherFilesAloneAreNotTaken) {
  std::filesystem::create_directory(path("own"));
  write("own/notes.txt", "the user's own");
  RunFolder(path("own")).claim("new", IfTaken::refuse);
  EXPECT_EQ(contents(path("own/experiment.toml")), "new");
}

TEST_F(RunFolders, LoseTheRunsFilesAloneWhenOverwritten) {
  folder.claim("new", IfTaken::overwrite);
  EXPECT_EQ(contents(path("a/b/run/experiment.toml")), "new");
  EXPECT_FALSE(folder.holds("results.h5"));
  EXPECT_TRUE(folder.holds("notes.txt"));
}

TEST_F(RunFolders, KeepTheirFilesWhenResumed) {
  folder.claim("old", IfTaken::resume);
  EXPECT_EQ(contents(path("a/b/run/results.h5")), "old results");
}

TEST_F(RunFolders, OfAnotherExperimentAreNotResumed) {
  EXPECT_THAT(model::refusal([&] { folder.claim("new", IfTaken::resume); }),
              testing::HasSubstr("holds a run of another experiment"));
  folder.remove("experiment.toml");
  EXPECT_THAT(model::refusal([&] { folder.claim("old", IfTaken::resume); }),
              testing::HasSubstr("holds a run of another experiment"));
}

TEST_F(RunFolders, ThatCannotBeReachedHoldNothing) {
  EXPECT_FALSE(RunFolder(path(std::string(5000, 'x'))).holds("results.h5"));
  EXPECT_FALSE(RunFolder(path("a/b/run/notes.txt")).holds("results.h5"));
}

}  // namespace
}  // namespace wideproof::app
