// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/json/provenance.hpp>

namespace wideproof::app {

/// What a results.h5 says of the run that made it: with the numbers, all that a report needs. How
/// long the run took and on how many threads is left to summary.json: equal results are equal
/// files.
struct RunRecord {
  std::string experiment;  ///< resolved, its sampled_part()
  report::InputSummary inputs;
  std::vector<model::ReadFile> files;  ///< that the run read
  report::Provenance made_by;          ///< but for threads, ranks and seconds
};

/// As `/experiment`, the attributes of `/run`, and a group of `/run/files` for each file.
void write_record(Hdf5Writer& file, const RunRecord& record);

/// nullopt where the file is older than such records.
std::optional<RunRecord> read_record(const Hdf5Reader& file);

void write_files(Hdf5Writer& file, const std::vector<model::ReadFile>& files);
std::vector<model::ReadFile> read_files(const Hdf5Reader& file);

/// Throws model::InputError for the first file of `now` whose content is not what it was `then`,
/// naming it and both digests; and where one was not read `then`.
void require_same_files(const std::vector<model::ReadFile>& then,
                        const std::vector<model::ReadFile>& now);

/// Throws model::InputError where `experiment` is not the one that the record's results were made
/// with, naming `file` and the keys that differ; simulation.checkpoint_seconds and memory_gib may.
void require_same_experiment(const RunRecord& record, const std::string& experiment,
                             const std::string& file);

/// Both of the results.h5 `results`, for a run of `experiment` that has read `files`; nothing of
/// one older than such records.
void require_results_of(const std::string& results, const std::string& experiment,
                        const std::vector<model::ReadFile>& files);

}  // namespace wideproof::app
