// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

namespace wideproof::app {

/// What `--set key.path=value` says, as a table that holds nothing else: the value is TOML or a
/// bare word. Throws model::InputError naming --set and the setting when it cannot be read.
toml::table setting_table(const std::string& setting);

/// Puts keys over those of an experiment's table: a dotted key changes one leaf, an inline table
/// replaces the one that was there, and simulation.precision and simulation.replicates take each
/// other's place.
void put_over(toml::table& root, toml::table leaves);

/// Puts a setting over an experiment's table. Where it chooses an activation, a filter or a source,
/// the keys that were there and that the choice does not read are dropped, and `notes` say so.
void put_setting_over(toml::table& root, toml::table setting, std::vector<std::string>& notes);

}  // namespace wideproof::app
