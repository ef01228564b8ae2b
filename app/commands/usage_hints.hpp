// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace wideproof::app {

// What was likely meant where a command line cannot be read. CLI11 says only what it did not
// expect.

/// Throws model::InputError where a command line begins with none of the program's verbs and
/// options, naming the nearest. An experiment file is no verb, but validate takes it.
void check_first_word(const CLI::App& program, std::optional<std::string_view> first);

/// Of words that a verb does not take: that the first option among them is none of the verb's, and
/// which comes nearest. Empty where no option is among them.
std::string unknown_option(const CLI::App& verb, const std::vector<std::string>& words);

}  // namespace wideproof::app
