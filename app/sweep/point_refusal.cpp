// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/point_refusal.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace wideproof::app {
namespace {

/// Whether the message begins with the key, or with one in the table that the key is.
bool names_key(const std::string& message, const std::string& key) {
  if (!message.starts_with(key)) return false;
  const auto rest = message.substr(key.size());
  return rest.empty() || rest.find_first_of(" .[:,") == 0;
}

}  // namespace

std::string point_refusal(std::size_t point, const std::vector<std::string>& keys,
                          const std::string& name, const std::string& message,
                          const std::function<std::string()>& of_last_point) {
  const bool names_a_swept_key = std::any_of(
      keys.begin(), keys.end(), [&](const std::string& key) { return names_key(message, key); });
  if (point == 0 && !names_a_swept_key && of_last_point() == message) return message;
  return fmt::format("sweep, {}: {}", name, message);
}

}  // namespace wideproof::app
