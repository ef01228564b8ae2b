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

using Direction = compare::SweepClaim::Direction;
using Across = compare::SweepClaim::Across;

constexpr auto kinds = model::name_table<Kind>({{Kind::best, "best"},
                                                {Kind::ratio, "ratio"},
                                                {Kind::value, "value"},
                                                {Kind::trend, "trend"},
                                                {Kind::association, "association"}});
constexpr auto directions = model::name_table<Direction>({{Direction::rising, "rising"},
                                                          {Direction::falling, "falling"},
                                                          {Direction::either, "either"}});
constexpr auto acrosses =
    model::name_table<Across>({{Across::points, "points"}, {Across::networks, "networks"}});

/// Of an association that may go either way: smaller ones are taken for none.
constexpr double negligible_association = 0.1;

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
    refuse("tolerance", "\"best\", \"value\" and \"association\"");
  }
  if (kind == Kind::value) refuse("over", "\"best\", \"ratio\", \"trend\" and \"association\"");
  const bool is_of_ranks = kind == Kind::trend || kind == Kind::association;
  if (is_of_ranks) {
    for (const auto* name : {"at", "exact"}) refuse(name, "\"best\", \"ratio\" and \"value\"");
  } else {
    refuse("direction", "\"trend\" and \"association\"");
  }
  if (kind == Kind::trend) refuse("tolerance", "\"best\", \"value\" and \"association\"");
  if (kind != Kind::trend) refuse("along", "\"trend\"");
  if (kind != Kind::association) {
    for (const auto* name : {"with", "across"}) refuse(name, "\"association\"");
  }
  if (kind != Kind::value) refuse("value", "\"value\"");
}

void read_ranks(TableReader& reader, compare::SweepClaim& claim) {
  if (!claim.is_of_ranks()) return;
  const bool is_trend = claim.kind == Kind::trend;
  const auto* const needed = is_trend ? "along" : "with";
  const auto name = reader.string(needed);
  if (!name) throw model::InputError(reader.full_key(needed) + ": is missing");
  (is_trend ? claim.along : claim.with) = *name;
  if (const auto direction = reader.string("direction"))
    claim.direction = directions.value(reader.full_key("direction"), *direction);
  else
    throw model::InputError(reader.full_key("direction") + ": is missing");
  if (const auto across = reader.string("across"))
    claim.across = acrosses.value(reader.full_key("across"), *across);
  claim.tolerance = reader.number("tolerance").value_or(negligible_association);
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
  if (const auto layer = reader.integer("layer")) {
    if (claim.quantity.empty() || *layer < 1)
      throw model::InputError(reader.full_key("layer"), *layer,
                              "must be a hidden layer, from 1, beside a quantity that layers have");
    claim.quantity = compare::name_at_layer(claim.quantity, *layer);
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
  read_ranks(reader, claim);
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
