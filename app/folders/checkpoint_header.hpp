// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// What every checkpoint.h5 says of itself beside its numbers.
struct CheckpointHeader {
  std::string schema;
  std::string experiment;              ///< resolved, its sampled_part()
  std::vector<model::ReadFile> files;  ///< that the run has read
  std::int64_t checksum = 0;           ///< of the experiment and the numbers
};

/// With the name of the program that was built.
void write_checkpoint_header(Hdf5Writer& file, const CheckpointHeader& header);

/// Throws model::InputError where the checkpoint `path` is of another format, build or experiment,
/// or of files that have changed since. Does not look at the checksum.
void require_checkpoint_of(const Hdf5Reader& file, const std::string& path,
                           const CheckpointHeader& header);

/// Throws model::InputError where the header has another checksum.
void require_checkpoint_checksum(const Hdf5Reader& file, const std::string& path,
                                 std::int64_t checksum);

}  // namespace wideproof::app
