// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <H5Cpp.h>

namespace wideproof::app {

// What is wrong with an HDF5 file or with what it holds, in words for the user; empty if nothing
// is.

/// Why HDF5 cannot read what `file` is, before it opens it: a pipe would be waited for.
std::string complaint_about_kind_of_file(const std::string& file);

/// Why `file` could not be opened, after HDF5 failed to.
std::string complaint_about_file(const std::string& file);

/// Of `path` (absolute), unless an object of this type is there and in the file itself: what the
/// digest of a file vouches for lies in no other.
std::string complaint_about_object(const H5::H5File& file, const std::string& path,
                                   H5O_type_t wanted);

/// Unless numbers can be converted to doubles.
std::string complaint_about_type(const H5::DataType& type);

/// Unless the data set's content is in the file, by filters that this HDF5 has, does not expand
/// more than 200-fold beyond 64 MiB (a file made to exhaust memory), and is no longer packed than
/// plain: HDF5 unpacks a chunk to whatever length it has.
std::string complaint_about_storage(const H5::DataSet& data_set);

/// Whether `file` lies on a file system without flock(2), which HDF5 calls when it opens a file.
bool lacks_locks(const std::string& file);

/// From now on hdf5_failure() tells HDF5's last failure by its innermost message, and nothing is
/// printed.
void listen_to_hdf5();

/// "is damaged: …", or that the format is newer than this HDF5, as libver='latest' makes it.
std::string hdf5_failure();

}  // namespace wideproof::app
