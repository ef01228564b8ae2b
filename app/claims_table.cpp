// SPDX-License-Identifier: MIT
#include <wideproof/app/claims_table.hpp>

#include <string>

#include <fmt/format.h>

#include <wideproof/app/table_reader.hpp>
#include <wideproof/app/toml_leaves.hpp>
#include <wideproof/app/toml_text.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>

namespace wideproof::app {
namespace {

using Kind = compare::SweepClaim::Kind;

constexpr auto kinds =
    model::name_table<Kind>({{Kind::best, "best"}, {Kind::ratio, "ratio"}, {Kind::value, "value"}});

/// The values of dotted keys, inline tables included.
void collect(const toml::table& table, const std::string& prefix,
             compare::PointSelector& selector) {
  for (const auto& [key, node] : table) {
    const auto name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) {
      collect(*inner, name + ".", selector);
    } else {
      const auto* text = node.as_string();
      selector[name] = text != nullptr ? text->get() : toml_text(node);
    }
  }
}

compare::PointSelector selector(const toml::table& claim, TableReader& reader,
                                std::string_view name) {
  const auto* node = claim.get(name);
  if (node == nullptr) return {};
  reader.table(name);  // marks it as read, and refuses what is no table
  compare::PointSelector of;
  collect(*node->as_table(), "", of);
  return of;
}

compare::SweepClaim read_claim(const toml::table& table, const std::string& key) {
  TableReader reader(table, key);
  compare::SweepClaim claim;
  const auto require = [&](const auto& value, std::string_view name) {
    if (!value) throw model::InputError(reader.full_key(name) + ": is missing");
    return *value;
  };
  const auto kind = require(reader.string("kind"), "kind");
  claim.kind = kinds.value(reader.full_key("kind"), kind);
  claim.statement = require(reader.string("statement"), "statement");
  claim.training_points = require(reader.integer("training_points"), "training_points");
  claim.width = reader.integer("width").value_or(0);
  claim.at = selector(table, reader, "at");
  claim.over = selector(table, reader, "over");
  claim.low = reader.number("low");
  claim.high = reader.number("high");
  claim.value = reader.number("value");
  claim.tolerance = reader.number("tolerance").value_or(claim.tolerance);
  claim.exact = reader.boolean("exact").value_or(false);
  reader.finish();
  return claim;
}

}  // namespace

std::vector<compare::SweepClaim> read_claims(const toml::node& claims) {
  const auto* list = claims.as_array();
  if (list == nullptr || !list->is_array_of_tables()) {
    throw model::InputError("claims: must be tables, [[claims]]");
  }
  std::vector<compare::SweepClaim> read;
  for (const auto& claim : *list) {
    read.push_back(read_claim(*claim.as_table(), fmt::format("claims[{}]", read.size())));
  }
  return read;
}

}  // namespace wideproof::app
