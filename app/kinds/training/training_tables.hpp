// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/training/training_spec.hpp>

namespace wideproof::app {

// The tables [training], [targets] and [test] of an experiment file.

std::shared_ptr<const model::TrainingSpec> read_training(TableReader& file);
toml::table write_training(const model::TrainingSpec& spec);

/// Whether test.source = `name` reads `key` of [test]; see DecidingKey.
bool test_reads(std::string_view name, std::string_view key);

}  // namespace wideproof::app
