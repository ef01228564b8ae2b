// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>

namespace wideproof::app {

// The tables [generalization] and [targets] of an experiment file.

std::shared_ptr<const model::GeneralizationSpec> read_generalization(TableReader& file);
toml::table write_generalization(const model::GeneralizationSpec& spec);

/// Whether targets.source = `name` reads `key` of [targets]; see DecidingKey.
bool targets_read(std::string_view name, std::string_view key);

/// The table [targets] as text: two specs with the same text name the same targets.
std::string targets_part(const model::TargetSpec& spec);

}  // namespace wideproof::app
