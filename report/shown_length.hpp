// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace wideproof::report {

/// The characters of a UTF-8 text, each counted once however many bytes it has.
std::size_t shown_length(std::string_view text);

}  // namespace wideproof::report
