// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

namespace wideproof::app {

/// The content of a regular file. Throws model::InputError naming the path and the reason, and for
/// one of more than `largest` bytes; experiment files are far smaller.
std::string read_text(const std::string& path, std::size_t largest = std::size_t{16} << 20U);

}  // namespace wideproof::app
