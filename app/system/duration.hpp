// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace wideproof::app {

/// "41 s", "2 min 05 s" or "3 h 10 min", rounded up.
std::string duration_text(double seconds);

/// Seconds in "90s", "30m" or "11.5h"; a number alone is seconds. Throws model::InputError naming
/// `key` unless it is positive.
double parse_duration(std::string_view key, std::string_view text);

}  // namespace wideproof::app
