// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_table.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/app/experiment/toml_text.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

using model::InputError;
using TableRow = std::vector<const toml::node*>;

/// The same text for values that mean the same: 1 and 1.0 do.
std::string identity_of(const toml::node& value) {
  const auto* number = value.as_integer();
  return number != nullptr ? toml_text(toml::value<double>(static_cast<double>(number->get())))
                           : toml_text(value);
}

/// Keys that the points of a sweep have in common, and why.
struct Common {
  KeyPath path;
  std::string_view reason;
};

const std::vector<Common>& common_keys() {
  static const std::vector<Common> keys = {
      {{"compare", "family_error"}, "the sweep divides one family_error among its points"},
      {{"compare", "agreement_error"}, "the sweep's verdict holds one level for all points"},
      {{"simulation", "memory_gib"}, "points that run at once share one bound"},
      {{"simulation", "checkpoint_seconds"}, "no number depends on it"},
  };
  return keys;
}

/// Whether giving `value` to the key sets what lies at `other`.
bool sets(const KeyPath& path, const toml::node& value, const KeyPath& other) {
  if (!is_or_holds(path, other)) return false;
  if (path.size() == other.size()) return true;
  const auto* table = value.as_table();
  const KeyPath rest(other.begin() + static_cast<std::ptrdiff_t>(path.size()), other.end());
  return table != nullptr && find(*table, rest) != nullptr;
}

void require_may_change(const std::string& key, const KeyPath& path, const toml::node& value) {
  const auto refuse = [&](std::string_view reason) {
    throw InputError(fmt::format("{}: {}", key, reason));
  };
  if (path.front() == "sweep") refuse("a sweep cannot be swept");
  for (const auto* name : {"name", "kind"}) {
    if (is_or_holds(path, {"study", name})) {
      refuse(fmt::format("every point of a sweep has the same study.{}", name));
    }
  }
  for (const auto& common : common_keys()) {
    if (!sets(path, value, common.path)) continue;
    refuse(fmt::format("every point of a sweep has the same {}: {}", key_of(common.path),
                       common.reason));
  }
}

/// Calls complain(first, second) for two that are equal.
template <class Complain>
void require_none_twice(const std::vector<std::string>& identities, const Complain& complain) {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    const auto [first, is_new] = seen.emplace(identities[i], i);
    if (!is_new) complain(first->second, i);
  }
}

const toml::array& require_list(const std::string& key, const toml::node& value) {
  const auto* list = value.as_array();
  if (list == nullptr) throw InputError(key, toml_text(value), "must be a list of values");
  if (list->empty()) throw InputError(key, "[]", "must hold at least one value");
  return *list;
}

const toml::array& require_values(const std::string& key, const toml::node& value) {
  const auto& list = require_list(key, value);
  std::vector<std::string> identities;
  for (const auto& item : list) identities.push_back(identity_of(item));
  require_none_twice(identities, [&](std::size_t, std::size_t second) {
    throw InputError(fmt::format("{}[{}]", key, second), toml_text(*list.get(second)),
                     "the list holds it twice");
  });
  return list;
}

[[noreturn]] void refuse_number_of_points() {
  throw InputError(fmt::format("sweep: has more than {} points", most_sweep_points));
}

/// The cartesian product; the last list changes fastest.
std::vector<TableRow> product_of(const std::vector<const toml::array*>& lists) {
  std::vector<TableRow> rows = {{}};
  for (const auto* list : lists) {
    if (list->size() > most_sweep_points / rows.size()) refuse_number_of_points();
    std::vector<TableRow> longer;
    for (const auto& row : rows) {
      for (const auto& item : *list) {
        longer.push_back(row);
        longer.back().push_back(&item);
      }
    }
    rows = std::move(longer);
  }
  return rows;
}

/// The leaves of a point by their key, and the keys in order.
struct Point {
  std::vector<KeyPath> keys;
  std::map<KeyPath, const toml::node*> values;
};

Point read_point(const std::string& name, const toml::node& node) {
  const auto* table = node.as_table();
  if (table == nullptr) throw InputError(name, toml_text(node), "must be a table");
  Point point;
  for (const auto& [path, value] : leaves_of(*table)) {
    require_may_change(fmt::format("{}, {}", name, key_of(path)), path, *value);
    point.keys.push_back(path);
    point.values.emplace(path, value);
  }
  if (point.keys.empty()) throw InputError(fmt::format("{}: must name at least one key", name));
  return point;
}

/// Refuses a point that lacks a key of another.
void require_keys_of(const Point& other, const std::string& other_name, const Point& point,
                     const std::string& name) {
  for (const auto& [path, value] : other.values) {
    if (point.values.contains(path)) continue;
    throw InputError(
        fmt::format("{}: gives no value to {}, as {} does; every point has the "
                    "same keys",
                    name, key_of(path), other_name));
  }
}

SweepTable read_points(const toml::node& node) {
  const auto& list = require_list("sweep.points", node);
  if (list.size() > most_sweep_points) refuse_number_of_points();
  const auto name_of = [](std::size_t i) { return fmt::format("sweep.points, point {}", i + 1); };
  SweepTable table;
  std::vector<std::string> identities;
  Point first;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto point = read_point(name_of(i), *list.get(i));
    if (i == 0) first = point;
    require_keys_of(first, name_of(0), point, name_of(i));
    require_keys_of(point, name_of(i), first, name_of(0));
    identities.emplace_back();
    table.rows.emplace_back();
    for (const auto& key : first.keys) {
      table.rows.back().push_back(point.values.at(key));
      identities.back() += identity_of(*point.values.at(key)) + '\n';
    }
  }
  require_none_twice(identities, [&](std::size_t one, std::size_t two) {
    throw InputError(fmt::format("{}: is the same point as {}", name_of(two), name_of(one)));
  });
  table.keys = first.keys;
  return table;
}

}  // namespace

SweepTable read_sweep_table(const toml::table& sweep, const std::vector<KeyPath>& keys) {
  if (sweep.empty()) throw InputError("sweep: must name at least one key");
  if (const auto* points = sweep.get("points")) {
    if (sweep.size() == 1) return read_points(*points);
    throw InputError("sweep: give lists or sweep.points, not both");
  }
  SweepTable table;
  for (const auto& path : keys) {
    const auto key = "sweep." + key_of(path);
    const auto& given = *find(sweep, path);
    require_may_change(key, path, given);
    const auto& values = require_values(key, given);
    for (const auto& value : values) require_may_change(key, path, value);
    table.keys.push_back(path);
    table.lists.push_back(&values);
  }
  if (table.keys.empty()) throw InputError("sweep: must name at least one key");
  table.rows = product_of(table.lists);
  return table;
}

}  // namespace wideproof::app
