// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/begun_run.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>
#include <system_error>

#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr std::array<std::string_view, 4> worth_keeping = {"checkpoint.h5", "results.h5",
                                                           "summary.json", "points"};

/// Of the path and the folders that it lies in, those that are not there; the innermost first.
std::vector<std::filesystem::path> missing_folders(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> missing;
  std::error_code unknown;
  for (auto at = path; !at.empty() && !std::filesystem::exists(at, unknown) && !unknown;
       at = at.parent_path()) {
    if (at.has_filename()) missing.push_back(at);
  }
  return missing;
}

}  // namespace

BegunRun::BegunRun(const RunFolder& folder, const std::string& experiment,
                   RunFolder::IfTaken if_taken)
    : folder_(folder),
      made_(missing_folders(folder.path())),
      exceptions_(std::uncaught_exceptions()),
      lock_(folder.lock()) {
  is_new_ = folder_.claim(experiment, if_taken);
}

BegunRun::~BegunRun() {
  if (!is_new_ || std::uncaught_exceptions() == exceptions_) return;
  const bool has_kept = std::any_of(worth_keeping.begin(), worth_keeping.end(),
                                    [&](std::string_view name) { return folder_.holds(name); });
  if (has_kept) return;
  try {
    folder_.withdraw();
  } catch (const model::InputError&) {  // what ends the run is said, not this
    return;
  }
  lock_.reset();
  std::error_code not_empty;
  for (const auto& folder : made_)
    if (!std::filesystem::remove(folder, not_empty)) return;
}

}  // namespace wideproof::app
