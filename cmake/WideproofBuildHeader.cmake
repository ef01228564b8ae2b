# SPDX-License-Identifier: MIT
# Run at every build: writes OUTPUT with the version and the commit, touching it only on a change.
execute_process(
  COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12
  OUTPUT_VARIABLE commit
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
  RESULT_VARIABLE failed)
if(failed)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::build {
inline constexpr const char* version = \"${VERSION}\";
inline constexpr const char* commit = \"${commit}\";
}  // namespace wideproof::build
")
