// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace wideproof::model {

/// Where the neurons of a layer sit: on a ring, or on a two-dimensional torus.
enum class Sheet { ring, torus };

std::string_view name_of(Sheet sheet);

/// Throws InputError naming `key` and every known name.
Sheet sheet_from_name(std::string_view key, std::string_view name);

/// Rows and columns of a sheet of neurons. Neuron i sits at (i / columns, i % columns).
struct SheetShape {
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  bool operator==(const SheetShape&) const = default;
};

/// The shape that `width` neurons take: 1 × width on a ring; on a torus the factorisation
/// rows × columns = width with rows ≤ columns that is nearest to a square (1 × width for a prime).
SheetShape shape_of(Sheet sheet, std::int64_t width);

}  // namespace wideproof::model
