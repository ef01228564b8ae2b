// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

namespace wideproof::sim {

/// xᵀ y, a × b in double, of x (n × a) and y (n × b) with contiguous rows: products in their dtype
/// over at most 8192 rows, sums of these in double. On the calling thread.
at::Tensor sample_gram(const at::Tensor& x, const at::Tensor& y);

/// xᵀ x, of which only half is multiplied. The same bits on any number of threads.
at::Tensor sample_gram(const at::Tensor& x, int threads);

}  // namespace wideproof::sim
