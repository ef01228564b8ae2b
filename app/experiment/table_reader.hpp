// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace wideproof::app {

/// Reads one table of an experiment file strictly: every key has a type, and a key that nobody
/// asked for stops the run. Errors are model::InputError naming the full key, such as
/// `network.presynaptic.taps = "x": must be an integer`.
class TableReader {
 public:
  /// `key`: the table's full name, empty for the root. `table` must outlive the reader.
  TableReader(const toml::table& table, std::string key);

  // nullopt where the key is absent.
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<std::uint64_t> seed(std::string_view name);  ///< an integer of at least 0
  std::optional<double> number(std::string_view name);       ///< integers are numbers too
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::string> string(std::string_view name);
  std::optional<std::vector<std::int64_t>> integers(std::string_view name);
  std::optional<std::vector<double>> numbers(std::string_view name);
  /// Readers of an array of tables, named `name[0]` and so on; none where it is absent.
  std::vector<TableReader> tables(std::string_view name);
  /// A reader of the sub-table; of an empty one where it is absent.
  TableReader table(std::string_view name);

  bool holds(std::string_view name) const { return table_.contains(name); }
  bool holds_string(std::string_view name) const { return table_.get_as<std::string>(name); }
  bool holds_integer(std::string_view name) const { return table_.get_as<std::int64_t>(name); }
  std::string full_key(std::string_view name) const;

  /// Throws for the first key that none of the calls above asked for, with the nearest known one.
  void finish() const;

 private:
  const toml::node* ask(std::string_view name);

  const toml::table& table_;
  std::string key_;
  std::vector<std::string> asked_;
};

}  // namespace wideproof::app
