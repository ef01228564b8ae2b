// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/resume_command.hpp>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace wideproof::app {
namespace {

bool is_plain(char c) {
  constexpr std::string_view signs = "_-./,:=+%@";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         signs.find(c) != std::string_view::npos;
}

/// As it is, or in single quotes.
std::string word_of(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? "'\\''" : std::string(1, c);
  return word + "'";
}

}  // namespace

std::string resume_command(int argc, const char* const* argv) {
  constexpr std::string_view limit = "--time-limit";
  std::string command, time_limit;
  bool reads_stdin = false;
  for (int i = 0; i < argc; ++i) {
    const std::string_view given = argv[i];
    if (given == "--force" || given == "--resume") continue;
    if (given == limit && i + 1 < argc) {  // the last one counts
      time_limit = fmt::format("{} {} ", limit, word_of(argv[++i]));
    } else if (given.starts_with(limit) && given.substr(limit.size()).starts_with('=')) {
      time_limit = word_of(given) + " ";
    } else {
      reads_stdin = reads_stdin || given == "-";
      command += word_of(given) + " ";
    }
  }
  return command + time_limit + (reads_stdin ? "--resume < FILE" : "--resume");
}

}  // namespace wideproof::app
