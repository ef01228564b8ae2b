// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// Whether colours may be written to stdout: it is a terminal other than a "dumb" one (TERM) and
/// not one of mpirun's, and NO_COLOR is unset or empty (no-color.org).
bool stdout_takes_colour();

}  // namespace wideproof::app
