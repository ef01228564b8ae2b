// SPDX-License-Identifier: MIT
#include <wideproof/app/files/atomic_file.hpp>

#include <filesystem>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using AtomicFile = model::InputFiles;

TEST_F(AtomicFile, ReplacesTheOldContentAndLeavesNothingBeside) {
  write("file", "a longer old content");
  write_atomically(path("file"), "new");
  EXPECT_EQ(contents(path("file")), "new");
  EXPECT_FALSE(std::filesystem::exists(path("file.new")));
}

TEST_F(AtomicFile, NamesThePathAndTheReasonOfAFailure) {
  EXPECT_THAT(model::refusal([&] { write_atomically(path("nowhere/file"), "new"); }),
              testing::HasSubstr("nowhere/file\": cannot be written: No such file or directory"));
}

TEST_F(AtomicFile, LeavesNothingBesideWhenItCannotBeRenamed) {
  std::filesystem::create_directories(path("file/below"));
  EXPECT_THAT(model::refusal([&] { write_atomically(path("file"), "new"); }),
              testing::HasSubstr("cannot be written: Is a directory"));
  EXPECT_FALSE(std::filesystem::exists(path("file.new")));
}

}  // namespace
}  // namespace wideproof::app
