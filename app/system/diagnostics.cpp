// SPDX-License-Identifier: MIT
#include <wideproof/app/system/diagnostics.hpp>

#include <cstdio>

#include <fmt/format.h>

namespace wideproof::app {

void say(std::string_view line) {
  write_diagnostics(fmt::format("wideproof: {}\n", line));
}

void write_diagnostics(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace wideproof::app
