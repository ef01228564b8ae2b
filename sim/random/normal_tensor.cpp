// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/normal_tensor.hpp>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

namespace wideproof::sim {

at::Tensor normal_tensor(const NormalStream& stream, std::int64_t first, std::int64_t rows,
                         std::int64_t columns, at::ScalarType dtype) {
  auto out = at::empty({rows, columns}, dtype);
  draw_into(stream, first, out);
  return out;
}

void draw_into(const NormalStream& stream, std::int64_t first, at::Tensor out) {
  AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "draw_into", [&] {
    stream.draw(static_cast<std::uint64_t>(first), out.numel(), out.data_ptr<scalar_t>());
  });
}

}  // namespace wideproof::sim
