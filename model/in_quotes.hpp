// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wideproof::model {

/// `text` in double quotes with control characters and bytes that are not UTF-8 escaped, so that it
/// stays on one line of a message; cut after `longest` bytes, with "..." in their place.
std::string in_quotes(std::string_view text, std::size_t longest = 1000);

}  // namespace wideproof::model
