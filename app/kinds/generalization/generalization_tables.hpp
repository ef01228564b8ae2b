// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>

namespace wideproof::app {

// The tables [generalization] and [targets] of an experiment file.

std::shared_ptr<const model::GeneralizationSpec> read_generalization(TableReader& file);
toml::table write_generalization(const model::GeneralizationSpec& spec);

}  // namespace wideproof::app
