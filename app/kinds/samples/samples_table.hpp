// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/model/samples/samples_spec.hpp>

namespace wideproof::app {

/// The table [samples] of an experiment file, read through a reader of the whole file, and written.
std::shared_ptr<const model::SamplesSpec> read_samples(TableReader& file);
toml::table write_samples(const model::SamplesSpec& spec);

}  // namespace wideproof::app
