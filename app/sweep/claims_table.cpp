// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/claims_table.hpp>

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/app/experiment/toml_text.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>

namespace wideproof::app {
namespace {

using Kind = compare::SweepClaim::Kind;

constexpr auto kinds =
    model::name_table<Kind>({{Kind::best, "best"}, {Kind::ratio, "ratio"}, {Kind::value, "value"}});

/// The values of dotted keys; an inline table is one where the sweep sweeps it as a whole.
void collect(const toml::table& table, const std::string& prefix,
             const std::vector<std::string>& swept, compare::PointSelector& selector) {
  for (const auto& [key, node] : table) {
    const auto name = prefix + toml_key(key.str());
    const auto* inner = node.as_table();
    if (inner != nullptr && std::find(swept.begin(), swept.end(), name) == swept.end()) {
      collect(*inner, name + ".", swept, selector);
    } else {
      selector[name] = shown_text(node);
    }
  }
}

compare::PointSelector selector(const toml::table& claim, TableReader& reader,
                                std::string_view name, const std::vector<std::string>& swept) {
  const auto* node = claim.get(name);
  if (node == nullptr) return {};
  reader.table(name);  // marks it as read, and refuses what is no table
  compare::PointSelector points;
  collect(*node->as_table(), "", swept, points);
  return points;
}

/// Refuses keys that claims of this kind do not read.
void require_read(const toml::table& claim, const TableReader& reader, Kind kind) {
  const auto refuse = [&](std::string_view name, std::string_view kinds_that_read) {
    if (!claim.contains(name)) return;
    throw model::InputError(fmt::format("{}: is not read by kind = \"{}\", but by {}",
                                        reader.full_key(name), kinds[kind], kinds_that_read));
  };
  if (kind != Kind::ratio) {
    for (const auto* bound : {"low", "high"}) refuse(bound, "\"ratio\"");
  } else {
    refuse("tolerance", "\"best\" and \"value\"");
  }
  if (kind == Kind::value) refuse("over", "\"best\" and \"ratio\"");
  if (kind != Kind::value) refuse("value", "\"value\"");
}

compare::SweepClaim read_claim(const toml::table& table, const std::string& key,
                               const std::vector<std::string>& swept) {
  TableReader reader(table, key);
  compare::SweepClaim claim;
  const auto require = [&](const auto& value, std::string_view name) {
    if (!value) throw model::InputError(reader.full_key(name) + ": is missing");
    return *value;
  };
  const auto kind = require(reader.string("kind"), "kind");
  claim.kind = kinds.value(reader.full_key("kind"), kind);
  require_read(table, reader, claim.kind);
  claim.statement = require(reader.string("statement"), "statement");
  if (const auto quantity = reader.string("quantity")) {
    if (quantity->empty())
      throw model::InputError(reader.full_key("quantity"), "\"\"", "must name a quantity");
    claim.quantity = *quantity;
  }
  claim.training_points = reader.integer("training_points").value_or(0);
  claim.width = reader.integer("width").value_or(0);
  claim.at = selector(table, reader, "at", swept);
  claim.over = selector(table, reader, "over", swept);
  claim.low = reader.number("low");
  claim.high = reader.number("high");
  claim.value = reader.number("value");
  claim.tolerance = reader.number("tolerance").value_or(claim.tolerance);
  claim.exact = reader.boolean("exact").value_or(false);
  reader.finish();
  return claim;
}

}  // namespace

std::vector<compare::SweepClaim> read_claims(const toml::node& claims,
                                             const std::vector<std::string>& swept) {
  const auto* list = claims.as_array();
  if (list == nullptr || !list->is_array_of_tables()) {
    throw model::InputError("claims: must be tables, [[claims]]");
  }
  std::vector<compare::SweepClaim> read;
  for (const auto& claim : *list) {
    read.push_back(read_claim(*claim.as_table(), fmt::format("claims[{}]", read.size()), swept));
  }
  return read;
}

}  // namespace wideproof::app
