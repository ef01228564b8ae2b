// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace wideproof::model {

/// What a user gave cannot be used. The message is one line, `<key or file> = <value>: <bound and
/// reason>`; the program prints it on stderr and exits with status 2. Bugs are asserted, never
/// reported through this class.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& message) : std::runtime_error(message) {}

  template <class Value>
  InputError(std::string_view key, const Value& value, std::string_view reason)
      : std::runtime_error(fmt::format("{} = {}: {}", key, value, reason)) {}
};

}  // namespace wideproof::model
