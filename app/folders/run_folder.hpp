// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <wideproof/app/folders/folder_lock.hpp>

namespace wideproof::app {

/// The folder of one run:
///   experiment.toml   the resolved experiment; running it again repeats the run
///   summary.json, results.h5, *.csv, figures/, report.html   written when the run has finished
///   checkpoint.h5     while it has not
///   manifest.sha256   which of these the program wrote, and what into them
///   wideproof.lock    while a program works in it
///
/// A file that no run wrote, or that was changed since, is never deleted nor written over: it is
/// kept as `<name>.old`, and stderr says so.
class RunFolder {
 public:
  enum class IfTaken { refuse, overwrite, resume };
  /// Whether the verb at work has an option --resume, which a refusal may advise.
  enum class Resumes { yes, no };

  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}

  /// Keeps other programs out while the lock lives. Makes the folder. Throws model::InputError
  /// where it cannot be made, or another program works in it.
  [[nodiscard]] FolderLock lock() const;

  /// Says on stderr that the folder held no run, so that --resume begins one.
  void tell_of_nothing_to_resume() const;

  /// Makes the folder ready for a run of `experiment` (resolved TOML) and writes experiment.toml.
  /// Where it holds a run already:
  ///   refuse     throws model::InputError, which says whether it is the same run
  ///   overwrite  removes that run's files
  ///   resume     keeps them if that run samples the same (sampled_part()), else throws
  /// Returns whether a run begins here, rather than goes on.
  bool claim(const std::string& experiment, IfTaken if_taken, Resumes resumes = Resumes::yes) const;

  /// Removes every file of the run that the folder holds.
  void withdraw() const { clear(""); }

  /// Makes the files of a run that was written before there were manifests its own. Nothing where
  /// there is a manifest.
  void adopt() const;

  bool holds(std::string_view name) const {
    std::error_code cannot_be_reached;
    return std::filesystem::exists(path_ / name, cannot_be_reached);
  }
  /// `name` may lie in a folder below, which is made.
  void write(std::string_view name, std::string_view content) const;
  /// Nothing where it is not there.
  void remove(std::string_view name) const;
  std::filesystem::path file(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  [[noreturn]] void complain(std::string_view reason) const;
  [[noreturn]] void refuse_taken(const std::string& experiment, Resumes resumes) const;
  std::string begun_experiment() const;
  void make() const;
  bool holds_a_run() const;
  /// Removes what the manifest lists, here and in the folders of a sweep's points.
  void clear(std::string_view but) const;
  void set_aside(std::string_view name) const;

  std::filesystem::path path_;
};

}  // namespace wideproof::app
