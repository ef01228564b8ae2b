// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/usage_hints.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nearest_name.hpp>

namespace wideproof::app {
namespace {

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> verbs_of(const CLI::App& program) {
  std::vector<std::string> names;
  for (const auto* verb : program.get_subcommands({})) names.push_back(verb->get_name());
  return names;
}

std::string nearest_of(const std::vector<std::string>& names, std::string_view given) {
  return model::did_you_mean(std::vector<std::string_view>(names.begin(), names.end()), given);
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// "--seed" of "--seed=3".
std::string_view name_in(std::string_view word) {
  return word.substr(0, word.find('='));
}

/// The verb that takes this option, or nullptr.
const CLI::App* verb_with(const CLI::App& program, std::string_view option) {
  for (const auto* verb : program.get_subcommands({}))
    if (holds(options_of(*verb), option)) return verb;
  return nullptr;
}

[[noreturn]] void refuse(std::string_view word, const std::string& reason) {
  throw model::InputError(fmt::format("{}: {}; see wideproof --help", word, reason));
}

[[noreturn]] void refuse_option(const CLI::App& program, std::string_view option) {
  const auto* verb = verb_with(program, option);
  if (verb != nullptr)
    refuse(option,
           fmt::format("goes after the verb, as in \"wideproof {} {}\"", verb->get_name(), option));
  refuse(option, "is no option of wideproof" + nearest_of(options_of(program), option));
}

bool may_be_experiment(std::string_view word) {
  std::error_code ignored;
  return word.ends_with(".toml") || std::filesystem::is_regular_file(word, ignored);
}

}  // namespace

void check_first_word(const CLI::App& program, std::optional<std::string_view> first) {
  const auto verbs = verbs_of(program);
  if (!first)
    throw model::InputError(
        fmt::format("a verb is missing: one of {}; see wideproof --help", fmt::join(verbs, ", ")));
  if (first->starts_with('-')) {
    const auto option = name_in(*first);
    if (option != "-h" && !holds(options_of(program), option)) refuse_option(program, option);
    return;
  }
  if (holds(verbs, *first)) return;
  const auto quoted = model::in_quotes(*first);
  if (may_be_experiment(*first))
    refuse(quoted, fmt::format("is no verb; did you mean {}?",
                               model::in_quotes(fmt::format("wideproof validate {}", *first))));
  refuse(quoted,
         fmt::format("must be one of {}{}", fmt::join(verbs, ", "), nearest_of(verbs, *first)));
}

std::string unknown_option(const CLI::App& verb, const std::vector<std::string>& words) {
  const auto option = std::find_if(words.begin(), words.end(),
                                   [](const auto& word) { return word.starts_with('-'); });
  if (option == words.end()) return {};
  const auto name = name_in(*option);
  return fmt::format("{}: is no option of wideproof {}{}; see wideproof {} --help", name,
                     verb.get_name(), nearest_of(options_of(verb), name), verb.get_name());
}

}  // namespace wideproof::app
