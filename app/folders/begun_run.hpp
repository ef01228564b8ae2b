// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/folders/run_folder.hpp>

namespace wideproof::app {

/// A run in its folder, locked and claimed, while a program works on it. Where an exception ends
/// that before anything is worth keeping (checkpoint.h5, results.h5, summary.json, a sweep's
/// points), a run that was begun here leaves no trace: its files go, and folders made for it. So
/// a refusal that comes while the run computes leaves what one before it would have left.
class BegunRun {
 public:
  /// Throws as RunFolder::lock() and claim() do.
  BegunRun(const RunFolder& folder, const std::string& experiment, RunFolder::IfTaken if_taken);
  ~BegunRun();
  BegunRun(const BegunRun&) = delete;
  BegunRun& operator=(const BegunRun&) = delete;

  /// Whether the run begins here, rather than goes on.
  bool is_new() const { return is_new_; }

 private:
  RunFolder folder_;
  std::vector<std::filesystem::path> made_;  ///< folders, the innermost first
  int exceptions_;                           ///< in flight when it began
  bool is_new_ = false;
  std::optional<FolderLock> lock_;
};

}  // namespace wideproof::app
