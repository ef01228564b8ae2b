// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>

namespace wideproof::app {

// The tables [network.synapses] and [ensemble] of an experiment file.

std::shared_ptr<const model::DimensionSpec> read_dimension(TableReader& file);
toml::table write_dimension(const model::DimensionSpec& spec);

/// The table [ensemble] as text: two experiments with the same text take the same inputs.
std::string ensemble_part(const model::Experiment& experiment);

// Whether network.synapses.learning and ensemble.source of that name read `key`; see DecidingKey.

bool learning_reads(std::string_view name, std::string_view key);
bool ensemble_reads(std::string_view name, std::string_view key);

}  // namespace wideproof::app
