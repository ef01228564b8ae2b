// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wideproof::app {

/// The file manifest.sha256 of a run's folder: which files the program wrote there, and what into
/// them, as lines that `sha256sum --check` reads. A line is written before its file, so that what
/// is cut short in between is the program's all the same; the line of the content before goes once
/// the file is written.
class Manifest {
 public:
  static constexpr const char* file_name = "manifest.sha256";

  /// Of the folder's own; empty where there is none, or one that cannot be read.
  explicit Manifest(const std::filesystem::path& folder);

  bool is_empty() const { return digests_.empty(); }
  /// Paths relative to the folder, in order.
  std::vector<std::string> names() const;
  bool lists(std::string_view name) const;
  /// Whether the file is there as the program wrote it.
  bool is_as_written(std::string_view name) const;

  /// Lists `content` for a file that is about to be written.
  void add(std::string_view name, std::string_view content);
  /// What a file held before it was written, as add() listed it last.
  void forget_before(std::string_view name);
  /// Lists a file that is there, as it is.
  void add_file(std::string_view name);
  /// Takes it from the list.
  void remove(std::string_view name);

 private:
  void add_digest(std::string_view name, const std::string& digest);
  void write() const;

  std::filesystem::path folder_;
  std::map<std::string, std::vector<std::string>, std::less<>> digests_;  ///< the newest last
};

}  // namespace wideproof::app
