// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <type_traits>

#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

/// Throws InputError naming `key` unless low ≤ value ≤ high; NaN is refused.
template <class Number>
void require_between(std::string_view key, Number value, std::type_identity_t<Number> low,
                     std::type_identity_t<Number> high) {
  if (!(value >= low && value <= high)) {
    throw InputError(key, value, fmt::format("must lie in [{}, {}]", low, high));
  }
}

}  // namespace wideproof::model
