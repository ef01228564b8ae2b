// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/numeric_array.hpp>

namespace wideproof::model {

/// How a binary file stores one number: truth value (0 or not), unsigned or signed integer or IEEE
/// float of so many bytes.
enum class Element { b1, u1, u2, u4, u8, i1, i2, i4, i8, f2, f4, f8 };

std::int64_t size_of(Element element);
bool is_integer(Element element);

/// The product of `shape` times the size of an element. Throws InputError through `reader` for an
/// axis below 1 or a product beyond 2^62.
std::int64_t payload_bytes(const ByteReader& reader, const std::vector<std::int64_t>& shape,
                           Element element);

/// The numbers that follow a binary file's header, read from front to end.
///
/// Memory grows with the bytes that come, never with what the header promises. Throws InputError
/// through the reader when the file ends early, goes on after the last number, or holds a number
/// that is not finite, where such are refused. Integers beyond 2^53 are rounded to a double.
class Payload {
 public:
  enum class Order { little_endian, big_endian };

  /// `what` completes "the header promises N bytes of <what>".
  Payload(ByteReader& reader, std::int64_t bytes, std::string_view what, Element element,
          Order order, NonFinite non_finite = NonFinite::refused);

  /// Reads the next `count` numbers and appends them to `values`.
  void append(std::int64_t count, std::vector<double>& values);

  /// Passes over the next `count` numbers.
  void skip(std::int64_t count);

  /// Checks that the file ends here.
  void expect_end();

 private:
  void read_exactly(std::size_t bytes);

  ByteReader& reader_;
  std::int64_t promised_;
  std::string what_;
  Element element_;
  Order order_;
  NonFinite non_finite_;
  std::int64_t begin_;
  std::vector<unsigned char> buffer_;
};

}  // namespace wideproof::model
