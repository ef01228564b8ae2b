// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/toml_leaves.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/experiment/toml_text.hpp>

namespace wideproof::app {
namespace {

void collect(const toml::table& table, KeyPath& path, std::vector<TomlLeaf>& leaves) {
  for (const auto& [key, node] : table) {
    path.emplace_back(key.str());
    const auto* below = node.as_table();
    if (below != nullptr && !below->is_inline()) {
      collect(*below, path, leaves);
    } else {
      leaves.push_back({path, &node});
    }
    path.pop_back();
  }
}

auto place_of(const TomlLeaf& leaf) {
  const auto begin = leaf.value->source().begin;
  return std::tuple(begin.line, begin.column);
}

}  // namespace

std::vector<TomlLeaf> leaves_of(const toml::table& table) {
  std::vector<TomlLeaf> leaves;
  KeyPath path;
  collect(table, path, leaves);
  std::stable_sort(leaves.begin(), leaves.end(),
                   [](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  return leaves;
}

KeyPath path_of(std::string_view key) {
  KeyPath path;
  for (std::size_t begin = 0; begin <= key.size();) {
    const auto end = std::min(key.find('.', begin), key.size());
    path.emplace_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return path;
}

std::string key_of(const KeyPath& path) {
  std::vector<std::string> parts;
  for (const auto& part : path) parts.push_back(toml_key(part));
  return fmt::format("{}", fmt::join(parts, "."));
}

bool is_or_holds(const KeyPath& path, const KeyPath& other) {
  return path.size() <= other.size() && std::equal(path.begin(), path.end(), other.begin());
}

const toml::node* find(const toml::table& table, const KeyPath& path) {
  const toml::node* node = &table;
  for (const auto& part : path) {
    const auto* here = node->as_table();
    node = here == nullptr ? nullptr : here->get(part);
    if (node == nullptr) return nullptr;
  }
  return node;
}

toml::table table_with(const KeyPath& path, const toml::node& value) {
  toml::table table;
  table.insert_or_assign(path.back(), value);
  for (auto part = path.rbegin() + 1; part != path.rend(); ++part) {
    toml::table outer;
    outer.insert_or_assign(*part, std::move(table));
    table = std::move(outer);
  }
  return table;
}

void erase(toml::table& table, const KeyPath& path) {
  toml::table* here = &table;
  for (auto part = path.begin(); part + 1 != path.end() && here != nullptr; ++part) {
    here = here->get_as<toml::table>(*part);
  }
  if (here != nullptr) here->erase(path.back());
}

}  // namespace wideproof::app
