// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/npy_header.hpp>
#include <wideproof/model/files/numeric_array.hpp>
#include <wideproof/model/files/payload.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::model {

/// The numbers of one .npy array piece by piece, in C order, so that a large one need not be held:
/// only one in Fortran order is, of at most `largest_array` numbers. Formats as in read_npy().
///
/// Throws InputError naming the file.
class NpyStream {
 public:
  /// Reads the header.
  explicit NpyStream(ByteReader reader);
  NpyStream(const NpyStream&) = delete;
  NpyStream& operator=(const NpyStream&) = delete;

  const std::vector<std::int64_t>& shape() const { return header_.shape; }
  Element element() const { return header_.element; }
  /// Numbers that it promises.
  std::int64_t count() const { return count_; }
  /// Refuses more than `largest_array` numbers.
  void require_memory() const;

  /// Appends the next `count` numbers to `values`; `non_finite` is the same every time.
  void append(std::int64_t count, NonFinite non_finite, std::vector<double>& values);

  /// After the last number: that the file ends there. Returns what was read.
  ReadFile expect_end();

 private:
  ByteReader reader_;
  NpyHeader header_;
  std::int64_t count_ = 0;
  std::optional<Payload> payload_;
  std::vector<double> reordered_;  ///< all of an array in Fortran order
  std::int64_t given_ = 0;         ///< of these
};

}  // namespace wideproof::model
