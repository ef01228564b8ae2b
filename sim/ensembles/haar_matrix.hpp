// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {

/// An orthogonal matrix Q, size × size, distributed by Haar's measure on O(size): that of the QR
/// decomposition of a Gaussian matrix whose R has a positive diagonal, without the decomposition
/// (Stewart 1980). With independent x_k ~ N(0, I_{size−k}), k = 0 … size−1,
///
///   Q = H_0 H_1 … H_{size−1} D,   H_k x_k = −sign(x_k1) |x_k| e_1,   D_kk = −sign(x_k1),
///
/// H_k a reflection of the last size − k axes. Reflections are applied 64 at a time as I − V T Vᵀ.
/// Products are in `dtype`, and so is the orthogonality. The same bits on any number of threads.
at::Tensor haar_matrix(const NormalStream& stream, std::int64_t size, at::ScalarType dtype,
                       int threads);

}  // namespace wideproof::sim
