// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/folder_lock.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

/// Of a file system without such locks.
int no_locks(int, int) {
  errno = ENOLCK;
  return -1;
}

/// A process that has ended.
LockOwner dead_owner() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  auto owner = LockOwner::this_process();
  owner.process = child;
  return owner;
}

class FolderLocks : public Runs {
 protected:
  FolderLocks() { std::filesystem::create_directory(path("run")); }
  std::string complaint(FolderLock::Lock lock) const {
    return model::refusal([&] { const FolderLock second(path("run"), lock); });
  }
  bool is_there() const { return std::filesystem::exists(path("run/wideproof.lock")); }
};

TEST_F(FolderLocks, KeepAFolderToOneOwnerAndLeaveNothing) {
  for (const FolderLock::Lock lock : {FolderLock::Lock(nullptr), FolderLock::Lock(no_locks)}) {
    {
      const FolderLock first(path("run"), lock);
      EXPECT_EQ(first.note(), "");
      EXPECT_TRUE(is_there());
      EXPECT_THAT(complaint(lock), HasSubstr("is in use by process " + std::to_string(::getpid())));
      EXPECT_TRUE(is_there());
    }
    EXPECT_FALSE(is_there());
    EXPECT_EQ(FolderLock(path("run"), lock).note(), "");
    EXPECT_FALSE(is_there());
  }
}

TEST_F(FolderLocks, OfADeadOwnerAreTakenOver) {
  const auto dead = dead_owner();
  write("run/wideproof.lock", to_text(dead));
  {
    const FolderLock lock(path("run"), no_locks);
    EXPECT_THAT(lock.note(), HasSubstr("from process " + std::to_string(dead.process)));
  }
  write("run/wideproof.lock", to_text(dead));
  EXPECT_EQ(FolderLock(path("run")).note(), "");  // flock knows that nobody holds it
  EXPECT_FALSE(is_there());
}

TEST_F(FolderLocks, OfAnEarlierProcessOfTheSameNumberAreTakenOver) {
  auto earlier = LockOwner::this_process();
  ASSERT_GT(earlier.start, 0);
  write("run/wideproof.lock", to_text(earlier));
  EXPECT_THAT(complaint(no_locks), HasSubstr("is in use by process"));
  earlier.start -= 1;
  write("run/wideproof.lock", to_text(earlier));
  EXPECT_THAT(FolderLock(path("run"), no_locks).note(), HasSubstr("which has ended"));
}

TEST_F(FolderLocks, OfAnotherHostAreLeftToTheUser) {
  auto other = dead_owner();
  other.host = "elsewhere";
  for (const auto& text : {to_text(other), std::string("nonsense"), std::string()}) {
    write("run/wideproof.lock", text);
    EXPECT_THAT(complaint(no_locks), HasSubstr("run/wideproof.lock\""));
    EXPECT_THAT(complaint(no_locks), HasSubstr("if that is over, delete"));
    EXPECT_TRUE(is_there());
  }
}

TEST_F(FolderLocks, NameAnOwnerThatReadsBack) {
  const auto owner = LockOwner::this_process();
  const auto back = owner_from(to_text(owner));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->host, owner.host);
  EXPECT_EQ(back->process, owner.process);
  EXPECT_EQ(back->start, owner.start);
  EXPECT_FALSE(owner_from("host a\nprocess x\nstart 1\n"));
}

TEST_F(FolderLocks, KeepASecondRunOut) {
  const FolderLock first(path("run"));
  for (const auto* how : {"--force", "--resume"}) {
    const auto before = everything();
    expect_refusal(program({"validate", "tiny.toml", "--out", "run", how}),
                   {"--out = \"run\": is in use by process " + std::to_string(::getpid())});
    EXPECT_EQ(everything(), before);
  }
  expect_refusal(program({"predict", "tiny.toml", "--out", "run"}), {"is in use by process"});
  expect_refusal(program({"power", "tiny.toml", "--out", "run"}), {"is in use by process"});
}

}  // namespace
}  // namespace wideproof::app
