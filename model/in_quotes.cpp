// SPDX-License-Identifier: MIT
#include <wideproof/model/in_quotes.hpp>

#include <fmt/format.h>

namespace wideproof::model {

std::string in_quotes(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return fmt::format("{:?}", text);
  return fmt::format("{:?}...", text.substr(0, longest));
}

}  // namespace wideproof::model
