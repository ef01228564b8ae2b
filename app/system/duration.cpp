// SPDX-License-Identifier: MIT
#include <wideproof/app/system/duration.hpp>

#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

std::string duration_text(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

double parse_duration(std::string_view key, std::string_view text) {
  double number = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  const std::string_view unit(end, static_cast<std::size_t>(last - end));
  const double seconds = unit.empty() || unit == "s" ? 1
                         : unit == "m"               ? 60
                         : unit == "h"               ? 3600
                                                     : 0;
  if (error != std::errc() || !(number * seconds > 0) || !std::isfinite(number)) {
    throw model::InputError(key, model::in_quotes(std::string(text)),
                            "must be a positive duration such as 90s, 30m or 11.5h");
  }
  return number * seconds;
}

}  // namespace wideproof::app
