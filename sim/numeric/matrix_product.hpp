// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

namespace wideproof::sim {

/// out = a b, all of one dtype, rows contiguous and `out` no view of a or b. On the calling thread
/// where LibTorch is set to one.
///
/// float32 goes to oneDNN, which compiles its kernels for the processor that it finds: on machines
/// that are newer than the OpenBLAS below LibTorch it takes half the time. float64 goes to
/// LibTorch.
void multiply(const at::Tensor& a, const at::Tensor& b, at::Tensor& out);

/// out = aᵀ b, likewise.
void multiply_transposed(const at::Tensor& a, const at::Tensor& b, at::Tensor& out);

/// gram += z zᵀ, z being P × n with contiguous rows and gram contiguous.
void add_gram(const at::Tensor& z, at::Tensor& gram);

/// How a and b enter a product, and what becomes of what `out` held.
struct ProductForm {
  bool transpose_a = false;
  bool transpose_b = false;
  double weight = 1.0;
  double keep = 0.0;
};

/// out ← keep·out + weight·a b, a or b transposed where the form says so, likewise; rows of `out`
/// need not follow each other.
void multiply(const ProductForm& form, const at::Tensor& a, const at::Tensor& b, at::Tensor& out);

/// out += a bᵀ, a being p × n and b q × n, likewise.
void add_product_transposed(const at::Tensor& a, const at::Tensor& b, at::Tensor& out);

}  // namespace wideproof::sim
