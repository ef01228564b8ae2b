// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/payload.hpp>

namespace wideproof::model {

/// What a .npy file says of its numbers.
struct NpyHeader {
  Element element = Element::f8;
  Payload::Order order = Payload::Order::little_endian;
  bool fortran_order = false;  ///< the first axis runs fastest
  std::vector<std::int64_t> shape;
};

/// Parses the header's text, a Python dictionary such as
///
///   {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }
///
/// Throws InputError through `reader` for any other text and for elements of another type than
/// those of `Element`.
NpyHeader parse_npy_header(const ByteReader& reader, std::string_view text);

}  // namespace wideproof::model
