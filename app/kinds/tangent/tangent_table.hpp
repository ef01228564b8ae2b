// SPDX-License-Identifier: MIT
#pragma once

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>

namespace wideproof::app {

/// The table [tangent] of an experiment file, read through a reader of the whole file, and written.
model::TangentOptions read_tangent(TableReader& file);
toml::table write_tangent(const model::TangentOptions& options);

}  // namespace wideproof::app
