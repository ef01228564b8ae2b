// SPDX-License-Identifier: MIT
#include <wideproof/compare/number_text.hpp>

#include <cmath>

#include <fmt/format.h>

namespace wideproof::compare {

std::string with_commas(std::int64_t number) {
  if (number < 1000) return std::to_string(number);
  return fmt::format("{},{:03}", with_commas(number / 1000), number % 1000);
}

std::string at_least(double number) {
  const double unit = std::pow(10.0, std::floor(std::log10(number)) - 1.0);
  const double rounded = std::ceil(number / unit * (1.0 - 1e-9)) * unit;
  return rounded < 10.0 ? fmt::format("{:.2g}", rounded)
                        : with_commas(static_cast<std::int64_t>(std::llround(rounded)));
}

std::string as_percent(double fraction) {
  return fmt::format("{:.4g}%", 100.0 * fraction);
}

std::string signed_percent(double fraction) {
  return fmt::format("{:+.3g}%", 100.0 * fraction);
}

std::string p_text(double p) {
  return p < least_p ? "p < 1e-300" : fmt::format("p = {:.2g}", p);
}

std::string p_number(double p) {
  return p < least_p ? "< 1e-300" : fmt::format("{:.2g}", p);
}

}  // namespace wideproof::compare
