// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace wideproof::app {

/// Who holds a lock: one process of one host, told from a later one of its number by when it began.
struct LockOwner {
  std::string host;
  long long process = 0;
  long long start = 0;  ///< clock ticks after the host's start; 0 where /proc does not tell

  static LockOwner this_process();
};

std::string to_text(const LockOwner& owner);
std::optional<LockOwner> owner_from(const std::string& text);

/// Keeps a run's folder to one process at a time, by the file `wideproof.lock` in it, which names
/// the owner and is gone when the lock is. Held by flock, which ends with its owner; where the file
/// system has none (ENOLCK, EOPNOTSUPP, ENOSYS), by the file's being there: then one whose owner is
/// dead is taken over on the owner's host, and only there.
class FolderLock {
 public:
  static constexpr const char* file_name = "wideproof.lock";

  /// How a lock is taken; `flock` unless a test stands in for a file system without it.
  using Lock = int (*)(int descriptor, int operation);

  /// Throws model::InputError naming the folder and who works in it, and where the lock file cannot
  /// be made.
  explicit FolderLock(const std::filesystem::path& folder, Lock lock = nullptr);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;

  /// What is worth saying: whose lock was taken over. "" where there was none.
  const std::string& note() const { return note_; }

 private:
  /// Opens the lock file; whether it was made for that.
  bool open(const std::filesystem::path& folder);
  void close();
  /// Removes the file of an owner who is dead; throws where it may be alive.
  void take_over(const std::filesystem::path& folder, const std::string& text);

  std::filesystem::path file_;
  int descriptor_ = -1;
  std::string note_;
};

}  // namespace wideproof::app
