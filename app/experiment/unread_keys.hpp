// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/app/experiment/toml_leaves.hpp>

namespace wideproof::app {

/// A key whose value decides which other keys of its table are read: network.activation.
struct DecidingKey {
  KeyPath path;
  std::string_view what;       ///< what its values are: "activation"
  std::string_view otherwise;  ///< its value where it is left out
  /// Whether the value of that name reads `key`, which stands beside it; true of a key that hangs
  /// on no such choice. Throws model::InputError where no value has that name.
  bool (*reads)(std::string_view name, std::string_view key);
};

/// Those that experiments of all kinds have.
const std::vector<DecidingKey>& common_deciding_keys();

/// Throws model::InputError naming the first key of an experiment's table that would be ignored
/// silently, as the value of a key in `deciding` does not read it.
void refuse_unread_keys(const toml::table& root, const std::vector<DecidingKey>& deciding);

/// Likewise of the tables in network.layers, whose activations decide which of their keys are read.
void refuse_unread_keys_of_layers(const toml::table& root);

/// A sentence about each key of a threshold beside an activation that has none but could: those are
/// not refused.
std::vector<std::string> notes_of_thresholds(const toml::table& root);

/// Where `choice`, which is going to be put over `root` or has been, holds a deciding key of any
/// kind of study: erases the keys from `root` that the new value does not read, and returns a
/// sentence about each such choice. An inline table replaces all that was there and leaves none.
std::vector<std::string> drop_unread_keys(toml::table& root, const toml::table& choice);

}  // namespace wideproof::app
