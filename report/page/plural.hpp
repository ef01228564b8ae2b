// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::report {

/// The ending of a noun that so many are counted of: "3 inputs", "1 input".
constexpr const char* plural(std::int64_t count) {
  return count == 1 ? "" : "s";
}

}  // namespace wideproof::report
