// SPDX-License-Identifier: MIT
#include <wideproof/report/page/csv_field.hpp>

#include <cmath>

#include <fmt/format.h>

namespace wideproof::report {

std::string csv_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_number(const std::optional<double>& number) {
  return !number || std::isnan(*number) ? "" : fmt::format("{}", *number);
}

}  // namespace wideproof::report
