// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <toml++/toml.h>

namespace wideproof::app {

/// Puts one `--set key.path=value` over an experiment's table: the value is TOML or a bare word, a
/// dotted key changes one leaf, an inline table replaces the one that was there. A setting of
/// simulation.precision or simulation.replicates takes the other's place. Throws model::InputError
/// naming --set and the setting when it cannot be read.
void apply_setting(const std::string& setting, toml::table& root);

}  // namespace wideproof::app
