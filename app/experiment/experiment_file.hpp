// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// TOML text as a table. Throws model::InputError naming `source`, line and column, and where it
/// holds nothing: an empty pipe is no experiment.
toml::table parse_toml(const std::string& text, const std::string& source);

/// An experiment from its table. Throws model::InputError naming key, value and bound.
model::Experiment experiment_of(const toml::table& root);

/// An experiment from TOML text. `source` names the text in errors of syntax; `settings` are
/// `key.path=value` with TOML values (a bare word stands for a string), applied in order over the
/// text. Paths in the text are taken from `folder`, those of settings from the working directory;
/// the experiment's own are to be opened from there. `notes` gets sentences about keys that were
/// dropped for a setting. Throws model::InputError naming key, value and bound, and for a sweep of
/// several.
model::Experiment parse_experiment(const std::string& text, const std::string& source,
                                   const std::vector<std::string>& settings,
                                   const std::filesystem::path& folder,
                                   std::vector<std::string>& notes);
model::Experiment parse_experiment(const std::string& text, const std::string& source,
                                   const std::vector<std::string>& settings,
                                   const std::filesystem::path& folder = {});

/// parse_experiment of a file's content; throws model::InputError if it cannot be read.
model::Experiment read_experiment(const std::string& path,
                                  const std::vector<std::string>& settings);

/// The resolved experiment as TOML, its paths taken from `folder`: complete, and parsing it with
/// this folder gives the same experiment.
std::string to_toml(const model::Experiment& experiment, const std::filesystem::path& folder = {});

/// Of what to_toml() made, the part that numbers depend on: without simulation.checkpoint_seconds
/// and simulation.memory_gib, which may differ in a run that is resumed.
std::string sampled_part(const std::string& resolved);

/// Of the resolved experiment, the table of its inputs: two experiments with the same text read the
/// same inputs.
std::string inputs_part(const model::Experiment& experiment);

}  // namespace wideproof::app
