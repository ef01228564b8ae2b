// SPDX-License-Identifier: MIT
#include <wideproof/model/files/payload.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include <fmt/format.h>

namespace wideproof::model {
namespace {

constexpr std::int64_t chunk_bytes = std::int64_t{64} << 10;

template <class Number>
double decoded(const unsigned char* bytes, bool reversed) {
  unsigned char ordered[sizeof(Number)];
  std::memcpy(ordered, bytes, sizeof(Number));
  if (reversed) std::reverse(ordered, ordered + sizeof(Number));
  Number number;
  std::memcpy(&number, ordered, sizeof(Number));
  return static_cast<double>(number);
}

/// IEEE binary16: sign, 5 bits of exponent, 10 of fraction.
double half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 0x1F;
  const int fraction = bits & 0x3FF;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  if (exponent < 0x1F) return sign * std::ldexp(0x400 + fraction, exponent - 25);
  return fraction == 0 ? sign * std::numeric_limits<double>::infinity()
                       : std::numeric_limits<double>::quiet_NaN();
}

double decoded(Element element, const unsigned char* bytes, bool reversed) {
  switch (element) {
    case Element::b1:
      return *bytes == 0 ? 0 : 1;
    case Element::u1:
      return decoded<std::uint8_t>(bytes, reversed);
    case Element::u2:
      return decoded<std::uint16_t>(bytes, reversed);
    case Element::u4:
      return decoded<std::uint32_t>(bytes, reversed);
    case Element::u8:
      return decoded<std::uint64_t>(bytes, reversed);
    case Element::i1:
      return decoded<std::int8_t>(bytes, reversed);
    case Element::i2:
      return decoded<std::int16_t>(bytes, reversed);
    case Element::i4:
      return decoded<std::int32_t>(bytes, reversed);
    case Element::i8:
      return decoded<std::int64_t>(bytes, reversed);
    case Element::f2:
      return half(static_cast<std::uint16_t>(decoded<std::uint16_t>(bytes, reversed)));
    case Element::f4:
      return decoded<float>(bytes, reversed);
    case Element::f8:
      break;
  }
  return decoded<double>(bytes, reversed);
}

}  // namespace

std::int64_t size_of(Element element) {
  switch (element) {
    case Element::b1:
    case Element::u1:
    case Element::i1:
      return 1;
    case Element::u2:
    case Element::i2:
    case Element::f2:
      return 2;
    case Element::u4:
    case Element::i4:
    case Element::f4:
      return 4;
    case Element::u8:
    case Element::i8:
    case Element::f8:
      break;
  }
  return 8;
}

bool is_integer(Element element) {
  return element != Element::f2 && element != Element::f4 && element != Element::f8;
}

std::int64_t payload_bytes(const ByteReader& reader, const std::vector<std::int64_t>& shape,
                           Element element) {
  std::int64_t bytes = size_of(element);
  for (const std::int64_t axis : shape) {
    const std::string text = fmt::format("its header gives the shape {}", fmt::join(shape, " x "));
    if (axis < 1) reader.fail(text + ": every axis must be at least 1");
    if (axis > (std::int64_t{1} << 62) / bytes) reader.fail(text + ": more than any file holds");
    bytes *= axis;
  }
  return bytes;
}

Payload::Payload(ByteReader& reader, std::int64_t bytes, std::string_view what, Element element,
                 Order order, NonFinite non_finite)
    : reader_(reader),
      promised_(bytes),
      what_(what),
      element_(element),
      order_(order),
      non_finite_(non_finite),
      begin_(reader.position()),
      buffer_(static_cast<std::size_t>(chunk_bytes)) {}

void Payload::read_exactly(std::size_t bytes) {
  if (reader_.read({buffer_.data(), bytes}) == bytes) return;
  reader_.fail(fmt::format("truncated: its header promises {} bytes of {}, the file holds {}",
                           promised_, what_, reader_.position() - begin_));
}

void Payload::append(std::int64_t count, std::vector<double>& values) {
  const bool file_is_little = order_ == Order::little_endian;
  const bool reversed = file_is_little != (std::endian::native == std::endian::little);
  const std::int64_t size = size_of(element_);
  while (count > 0) {
    const std::int64_t now = std::min(count, chunk_bytes / size);
    const std::int64_t first = (reader_.position() - begin_) / size;
    read_exactly(static_cast<std::size_t>(now * size));
    for (std::int64_t i = 0; i < now; ++i) {
      const double value = decoded(element_, buffer_.data() + i * size, reversed);
      if (non_finite_ == NonFinite::refused && !std::isfinite(value)) {
        reader_.fail(
            fmt::format("number {} of its {} (from 0, in file order) is {}: must be finite",
                        first + i, what_, value));
      }
      values.push_back(value);
    }
    count -= now;
  }
}

void Payload::skip(std::int64_t count) {
  std::int64_t bytes = count * size_of(element_);
  while (bytes > 0) {
    const std::int64_t now = std::min(bytes, chunk_bytes);
    read_exactly(static_cast<std::size_t>(now));
    bytes -= now;
  }
}

void Payload::expect_end() {
  if (reader_.read({buffer_.data(), 1}) == 0) return;
  reader_.fail(
      fmt::format("goes on after the {} bytes of {} that its header promises", promised_, what_));
}

}  // namespace wideproof::model
