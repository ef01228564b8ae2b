// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

// A relative path in an experiment is taken from one folder: in a file from that file's, in a
// run's experiment.toml and results.h5 from the run's. What the program works with, what --set
// says and what comes through a pipe is taken from the working directory, which is written "".

/// What names from the folder `to` the file that `path` names from `from`. Paths that are absolute
/// stay so, links to folders keep their names, and without a difference nothing changes.
std::string path_from(const std::filesystem::path& to, const std::string& path,
                      const std::filesystem::path& from);

/// The same of each path in an experiment's table, in lists of a sweep and in claims too. Which
/// keys hold paths, the kinds of study say beside the common inputs.file, inputs.images,
/// inputs.labels and compare.prediction.
void take_paths_from(const std::filesystem::path& to, toml::table& table,
                     const std::filesystem::path& from);

/// The files as a run in `folder` records them.
std::vector<model::ReadFile> files_from(const std::filesystem::path& folder,
                                        std::vector<model::ReadFile> files);

}  // namespace wideproof::app
