// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/renamed_keys.hpp>

namespace wideproof::model {

std::string keys_of(std::string_view table, std::string_view message) {
  constexpr std::string_view inputs = "inputs.";
  std::string text;
  bool is_quoted = false;
  while (!message.empty()) {
    if (message.front() == '"') is_quoted = !is_quoted;
    const bool is_key = !is_quoted && message.substr(0, inputs.size()) == inputs;
    text += is_key ? std::string(table) + "." : std::string(message.substr(0, 1));
    message.remove_prefix(is_key ? inputs.size() : 1);
  }
  return text;
}

ReadLog keys_of(std::string_view table, ReadLog log) {
  for (auto& file : log.files) file.key = keys_of(table, file.key);
  for (auto& warning : log.warnings) warning = keys_of(table, warning);
  return log;
}

}  // namespace wideproof::model
