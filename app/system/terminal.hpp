// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::app {

/// Whether colours may be written to stdout: it is a terminal other than a "dumb" one (TERM) and
/// not one of mpirun's, and NO_COLOR is unset or empty (no-color.org).
bool stdout_takes_colour();

/// The same of a stream that is a terminal or not, with these values of TERM and NO_COLOR, empty
/// where they are unset.
bool takes_colour(bool is_terminal, std::string_view term, std::string_view no_color);

}  // namespace wideproof::app
