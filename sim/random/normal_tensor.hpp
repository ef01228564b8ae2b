// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {

/// The stream's normals from number `first` on as a rows × columns tensor on the CPU, row by row.
/// `dtype`: float32 or float64.
at::Tensor normal_tensor(const NormalStream& stream, std::int64_t first, std::int64_t rows,
                         std::int64_t columns, at::ScalarType dtype);

/// Writes the stream's normals from number `first` on to `out`, contiguous on the CPU.
void draw_into(const NormalStream& stream, std::int64_t first, at::Tensor out);

}  // namespace wideproof::sim
