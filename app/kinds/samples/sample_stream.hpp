// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// An array of samples of one width, its first axis running over networks, front to back.
class SampleStream {
 public:
  SampleStream() = default;
  SampleStream(const SampleStream&) = delete;
  SampleStream& operator=(const SampleStream&) = delete;
  virtual ~SampleStream() = default;

  virtual const std::vector<std::int64_t>& shape() const = 0;
  /// Relative, of one number as it is stored.
  virtual double rounding() const = 0;
  /// Appends the next `count` numbers, which need not be finite.
  virtual void append(std::int64_t count, std::vector<double>& values) = 0;
  /// After the last number: throws model::InputError where the file goes on. What was read.
  virtual model::ReadFile finish() = 0;
};

/// Where the samples of one width are.
struct SampleFile {
  std::int64_t width = 0;
  std::string file;    ///< as errors name it
  std::string member;  ///< of an archive; else empty
};

/// The samples that `path` holds, by width ascending: files width_<n>.npy or width_<n>.npz of a
/// directory, an archive .npz with arrays of such names, or an HDF5 file with such data sets. Other
/// files of a directory are left alone.
///
/// Throws model::InputError naming `key` and what is wrong: nothing of such a name, a name that is
/// no width, a width that comes twice.
std::vector<SampleFile> find_samples(const std::string& key, const std::string& path);

/// Opens one of them. Throws model::InputError naming `key` and the file.
std::unique_ptr<SampleStream> open_samples(const std::string& key, const SampleFile& sample);

}  // namespace wideproof::app
