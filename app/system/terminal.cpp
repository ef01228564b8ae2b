// SPDX-License-Identifier: MIT
#include <wideproof/app/system/terminal.hpp>

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace wideproof::app {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// mpirun gives its ranks a terminal of their own, and what they print goes who knows where.
bool is_started_by_a_launcher() {
  for (const auto* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"})
    if (!environment(name).empty()) return true;
  return false;
}

}  // namespace

bool stdout_takes_colour() {
  return !is_started_by_a_launcher() &&
         takes_colour(::isatty(STDOUT_FILENO) == 1, environment("TERM"), environment("NO_COLOR"));
}

bool takes_colour(bool is_terminal, std::string_view term, std::string_view no_color) {
  return is_terminal && no_color.empty() && term != "dumb";
}

}  // namespace wideproof::app
