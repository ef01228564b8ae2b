// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace wideproof::app {

/// The text of the experiment in `file`, "-" for stdin; without a file the built-in one. To be read
/// once: a pipe is empty after that. Throws model::InputError where it cannot be read.
std::string read_source(const std::optional<std::string>& file);

/// What errors call it.
std::string name_of_source(const std::optional<std::string>& file);

/// Where its relative paths begin: the folder of a file, and "", the working directory, of the
/// built-in experiment, of stdin and of a pipe.
std::filesystem::path folder_of_source(const std::optional<std::string>& file);

}  // namespace wideproof::app
