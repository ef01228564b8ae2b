// SPDX-License-Identifier: MIT
#include <wideproof/model/files/npy_stream.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace wideproof::model {
namespace {

constexpr std::size_t most_axes = 4;
constexpr std::size_t longest_header = std::size_t{64} << 10;

void read_header_bytes(ByteReader& reader, std::span<unsigned char> bytes) {
  if (reader.read(bytes) == bytes.size()) return;
  reader.fail(
      fmt::format("truncated: it ends in the .npy header, after {} bytes", reader.position()));
}

/// Little-endian, of two bytes in version 1 and of four from version 2 on.
std::size_t header_length(ByteReader& reader, int version) {
  std::array<unsigned char, 4> bytes{};
  read_header_bytes(reader, std::span(bytes).first(version == 1 ? 2 : 4));
  std::size_t length = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) length |= std::size_t{bytes[i]} << (8 * i);
  return length;
}

NpyHeader read_header(ByteReader& reader) {
  std::array<unsigned char, 8> start{};
  const std::size_t got = reader.read(start);
  if (got < 6 || std::memcmp(start.data(), "\x93NUMPY", 6) != 0) {
    reader.fail("is no .npy file: it does not begin with \\x93NUMPY");
  }
  if (got < start.size()) reader.fail("truncated: it ends in the .npy header");
  if (start[6] < 1 || start[6] > 3 || start[7] != 0) {
    reader.fail(
        fmt::format("is of .npy version {}.{}; 1.0, 2.0 and 3.0 are read", start[6], start[7]));
  }
  const std::size_t length = header_length(reader, start[6]);
  if (length > longest_header) {
    reader.fail(fmt::format("its .npy header is {} bytes long; at most {} are read", length,
                            longest_header));
  }
  std::string text(length, '\0');
  read_header_bytes(reader, {reinterpret_cast<unsigned char*>(text.data()), text.size()});
  return parse_npy_header(reader, text);
}

std::vector<double> in_c_order(const std::vector<double>& fortran,
                               const std::vector<std::int64_t>& shape) {
  std::array<std::size_t, most_axes> n = {1, 1, 1, 1};
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    n[axis] = static_cast<std::size_t>(shape[axis]);
  }
  std::vector<double> values(fortran.size());
  auto value = values.begin();
  for (std::size_t i = 0; i < n[0]; ++i) {
    for (std::size_t j = 0; j < n[1]; ++j) {
      for (std::size_t k = 0; k < n[2]; ++k) {
        for (std::size_t l = 0; l < n[3]; ++l) {
          *value++ = fortran[i + n[0] * (j + n[1] * (k + n[2] * l))];
        }
      }
    }
  }
  return values;
}

}  // namespace

NpyStream::NpyStream(ByteReader reader)
    : reader_(std::move(reader)), header_(read_header(reader_)) {
  if (header_.shape.empty() || header_.shape.size() > most_axes) {
    reader_.fail(fmt::format("its array has {} axes; arrays of 1 to {} are read",
                             header_.shape.size(), most_axes));
  }
  const std::int64_t bytes = payload_bytes(reader_, header_.shape, header_.element);
  count_ = bytes / size_of(header_.element);
  if (header_.fortran_order) require_memory();
}

void NpyStream::require_memory() const {
  if (count_ <= largest_array) return;
  reader_.fail(
      fmt::format("its header promises {} numbers; at most {} can be read", count_, largest_array));
}

void NpyStream::append(std::int64_t count, NonFinite non_finite, std::vector<double>& values) {
  if (!payload_)
    payload_.emplace(reader_, count_ * size_of(header_.element), "numbers", header_.element,
                     header_.order, non_finite);
  if (!header_.fortran_order) {
    payload_->append(count, values);
    return;
  }
  if (reordered_.empty()) {
    payload_->append(count_, reordered_);
    reordered_ = in_c_order(reordered_, header_.shape);
  }
  const auto first = reordered_.begin() + given_;
  values.insert(values.end(), first, first + count);
  given_ += count;
}

ReadFile NpyStream::expect_end() {
  payload_->expect_end();
  return reader_.so_far();
}

}  // namespace wideproof::model
