// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace wideproof::app {

/// The folder of one run:
///   experiment.toml   the resolved experiment; running it again repeats the run
///   summary.json, results.h5, *.csv, figures/, report.html   written when the run has finished
///   checkpoint.h5     while it has not
class RunFolder {
 public:
  enum class IfTaken { refuse, overwrite, resume };

  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}

  /// Makes the folder ready for a run of `experiment` (resolved TOML) and writes experiment.toml.
  /// Where it holds a run already:
  ///   refuse     throws model::InputError
  ///   overwrite  removes that run's files
  ///   resume     keeps them if that run samples the same (sampled_part()), else throws
  void claim(const std::string& experiment, IfTaken if_taken) const;

  bool holds(std::string_view name) const {
    std::error_code cannot_be_reached;
    return std::filesystem::exists(path_ / name, cannot_be_reached);
  }
  void write(std::string_view name, std::string_view content) const;
  void remove(std::string_view name) const;
  std::filesystem::path file(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace wideproof::app
