// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace wideproof::app {

/// What became of a script.
struct GnuplotOutcome {
  bool is_installed = true;  ///< false: no program of that name in PATH
  std::string messages;      ///< its stderr, which `print` of the script writes to
};

/// Feeds `script` to the program gnuplot, started in `folder` without a shell and without the
/// user's own settings. gnuplot goes on after a command that fails and says so in `messages`.
/// Throws std::system_error when the process cannot be started for another reason than that there
/// is none, and when it is not done after `limit`: it is killed then.
GnuplotOutcome run_gnuplot(const std::string& script, const std::filesystem::path& folder,
                           std::chrono::seconds limit = std::chrono::seconds(120));

}  // namespace wideproof::app
