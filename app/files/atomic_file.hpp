// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

namespace wideproof::app {

/// Writes `content` beside `path`, flushes it to the disk and renames it: the file is the old one
/// or the new one, never a part. Throws model::InputError naming the path and the system's reason
/// (no space, no permission, …), the old file left as it was.
void write_atomically(const std::filesystem::path& path, std::string_view content);

}  // namespace wideproof::app
