// SPDX-License-Identifier: MIT
#pragma once

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/targets/target_spec.hpp>

namespace wideproof::app {

// How inputs and targets stand in a file. Reading throws model::InputError naming the full key.

/// With a second set, if there is one.
model::InputSpec read_inputs(TableReader table);
/// Of one set, whose norms are none of its keys.
model::InputSpec read_input_set(TableReader table);
toml::table inputs_table(const model::InputSpec& spec);

model::TargetSpec read_targets(TableReader table);
toml::table targets_table(const model::TargetSpec& spec);

/// Whether a source of targets, such as "csv", reads a key of its table.
bool targets_read(std::string_view source, std::string_view key);

/// A table as text: two specs with the same text load the same.
std::string text_of(const toml::table& table);

}  // namespace wideproof::app
