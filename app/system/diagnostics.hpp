// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::app {

/// Says a line on stderr, with the program's name before it. Where stderr is closed or full the
/// line is lost and nothing else: no result hangs on it.
void say(std::string_view line);

/// Writes to stderr as it is, and as surely.
void write_diagnostics(std::string_view text);

}  // namespace wideproof::app
