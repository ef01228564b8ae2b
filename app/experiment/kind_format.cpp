// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/kind_format.hpp>

#include <algorithm>

#include <fmt/ranges.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nearest_name.hpp>

namespace wideproof::app {

toml::table KindFormat::write(const model::KindSpec&) const {
  return {};
}

const KindFormat& kind_format(std::string_view key, std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto* format : kind_formats()) {
    if (format->name() == name) return *format;
    names.push_back(format->name());
  }
  throw model::InputError(
      key, model::in_quotes(name, 100),
      fmt::format("must be one of {}{}", fmt::join(names, ", "), model::did_you_mean(names, name)));
}

}  // namespace wideproof::app
