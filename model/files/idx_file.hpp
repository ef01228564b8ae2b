// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/payload.hpp>

namespace wideproof::model {

/// One file in the IDX format of the MNIST database, plain or gzip:
///
///   bytes 0, 0, type, axes; then the length of each axis as a big-endian 32-bit number; then the
///   numbers, big-endian, the last axis running fastest
///
/// type: 8 unsigned byte, 9 signed byte, 11 int16, 12 int32, 13 float, 14 double.
///
/// The constructor reads the header; one of `rows` and `labels` then reads the numbers, once.
/// Throws InputError naming `key` and the path for a file that cannot be read or is no such file.
class IdxFile {
 public:
  IdxFile(std::string_view key, const std::string& path);

  /// Length of each axis; at least one axis, each at least 1 long.
  const std::vector<std::int64_t>& shape() const { return shape_; }

  /// Items `chosen` (distinct, from 0, in any order) along the first axis, each flattened to one
  /// row: chosen.size() × (product of the other axes), unscaled. Only these are kept in memory.
  /// Throws InputError for a file of one axis.
  Eigen::MatrixXd rows(const std::vector<std::int64_t>& chosen);

  /// All numbers of a file of integers along one axis. Throws InputError for any other.
  std::vector<std::int64_t> labels();

  /// This file with the digest of what was read: after `rows` or `labels`, of its content.
  ReadFile so_far() const { return reader_.so_far(); }

  /// Throws the InputError that names this file.
  [[noreturn]] void fail(std::string_view reason) const { reader_.fail(reason); }

 private:
  ByteReader reader_;
  Element element_ = Element::u1;
  std::vector<std::int64_t> shape_;
  std::int64_t bytes_ = 0;
};

}  // namespace wideproof::model
