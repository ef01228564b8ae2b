// SPDX-License-Identifier: MIT
#include <wideproof/report/shown_length.hpp>

#include <algorithm>

namespace wideproof::report {

std::size_t shown_length(std::string_view text) {
  // Every byte counts but those that go on with a character, 10xxxxxx.
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
  }));
}

}  // namespace wideproof::report
