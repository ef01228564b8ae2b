// SPDX-License-Identifier: MIT
#include <wideproof/app/terminal.hpp>

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace wideproof::app {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool stdout_takes_colour() {
  return ::isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").empty() &&
         environment("TERM") != "dumb";
}

}  // namespace wideproof::app
