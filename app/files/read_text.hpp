// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace wideproof::app {

/// The content of a regular file. Throws model::InputError naming the path and the reason, and for
/// one above 16 MiB: experiment files and summaries are far smaller.
std::string read_text(const std::string& path);

}  // namespace wideproof::app
