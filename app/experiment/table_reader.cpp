// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/table_reader.hpp>

#include <algorithm>
#include <utility>

#include <wideproof/app/experiment/toml_text.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nearest_name.hpp>

namespace wideproof::app {
namespace {

const toml::table empty_table;

/// The value as it stands in the file, on one line.
std::string text_of(const toml::node& node) {
  return node.is_table() ? "{table}" : toml_text(node);
}

template <class Value>
Value require(const toml::node& node, const std::string& key, std::string_view type) {
  // toml++ converts between kinds of numbers where nothing is lost; only int to double is meant.
  const bool fits = std::is_same_v<Value, double> ? node.is_number() : node.is<Value>();
  if (!fits) throw model::InputError(key, text_of(node), fmt::format("must be {}", type));
  return *node.value<Value>();
}

template <class Value>
std::vector<Value> require_list(const toml::node& node, const std::string& key,
                                std::string_view type) {
  const auto* array = node.as_array();
  if (array == nullptr) {
    throw model::InputError(key, text_of(node), fmt::format("must be a list, each item {}", type));
  }
  std::vector<Value> values;
  for (std::size_t i = 0; i < array->size(); ++i) {
    values.push_back(require<Value>(*array->get(i), fmt::format("{}[{}]", key, i), type));
  }
  return values;
}

}  // namespace

TableReader::TableReader(const toml::table& table, std::string key)
    : table_(table), key_(std::move(key)) {}

std::string TableReader::full_key(std::string_view name) const {
  return key_.empty() ? std::string(name) : fmt::format("{}.{}", key_, name);
}

const toml::node* TableReader::ask(std::string_view name) {
  asked_.emplace_back(name);
  return table_.get(name);
}

std::optional<std::int64_t> TableReader::integer(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return std::nullopt;
  return require<std::int64_t>(*node, full_key(name), "an integer");
}

std::optional<std::uint64_t> TableReader::seed(std::string_view name) {
  const auto value = integer(name);
  if (!value) return std::nullopt;
  if (*value < 0) throw model::InputError(full_key(name), *value, "must be at least 0");
  return static_cast<std::uint64_t>(*value);
}

std::optional<double> TableReader::number(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return std::nullopt;
  return require<double>(*node, full_key(name), "a number");
}

std::optional<bool> TableReader::boolean(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return std::nullopt;
  return require<bool>(*node, full_key(name), "true or false");
}

std::optional<std::string> TableReader::string(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return std::nullopt;
  return require<std::string>(*node, full_key(name), "a string");
}

std::optional<std::vector<std::int64_t>> TableReader::integers(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return std::nullopt;
  return require_list<std::int64_t>(*node, full_key(name), "an integer");
}

std::optional<std::vector<double>> TableReader::numbers(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return std::nullopt;
  return require_list<double>(*node, full_key(name), "a number");
}

std::vector<TableReader> TableReader::tables(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return {};
  const auto* array = node->as_array();
  if (array == nullptr) throw model::InputError(full_key(name), text_of(*node), "must be tables");
  std::vector<TableReader> readers;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto& element = *array->get(i);
    auto key = fmt::format("{}[{}]", full_key(name), i);
    if (!element.is_table()) throw model::InputError(key, text_of(element), "must be a table");
    readers.emplace_back(*element.as_table(), std::move(key));
  }
  return readers;
}

TableReader TableReader::table(std::string_view name) {
  const auto* node = ask(name);
  if (node == nullptr) return {empty_table, full_key(name)};
  if (!node->is_table()) {
    throw model::InputError(full_key(name), text_of(*node), "must be a table");
  }
  return {*node->as_table(), full_key(name)};
}

void TableReader::finish() const {
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (const auto& [given, node] : table_) {
    if (std::find(known.begin(), known.end(), given.str()) != known.end()) continue;
    throw model::InputError(full_key(toml_key(given.str())), text_of(node),
                            "unknown key" + model::did_you_mean(known, given.str()));
  }
}

}  // namespace wideproof::app
