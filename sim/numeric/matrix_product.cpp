// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/matrix_product.hpp>

#include <algorithm>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/mm.h>

#include <oneapi/dnnl/dnnl.h>

namespace wideproof::sim {
namespace {

/// As many columns of some 64 rows as the first-level cache holds.
constexpr std::int64_t most_columns_at_once = 128;

/// The distance of rows; of a single one too, where a tensor's stride may be anything.
std::int64_t leading(const at::Tensor& x) {
  TORCH_CHECK(x.stride(1) == 1 || x.size(1) == 1, "rows must be contiguous");
  return std::max(x.stride(0), x.size(1));
}

void add_product(char transpose_a, char transpose_b, const at::Tensor& a, const at::Tensor& b,
                 float weight_out, at::Tensor& out) {
  const auto inner = a.size(transpose_a == 'N' ? 1 : 0);
  const auto status = dnnl_sgemm(transpose_a, transpose_b, out.size(0), out.size(1), inner, 1.0F,
                                 a.data_ptr<float>(), leading(a), b.data_ptr<float>(), leading(b),
                                 weight_out, out.data_ptr<float>(), leading(out));
  TORCH_CHECK(status == dnnl_success, "oneDNN refuses a product of ", a.sizes(), " and ",
              b.sizes());
}

}  // namespace

void multiply(const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
  if (out.scalar_type() == at::kFloat) {
    add_product('N', 'N', a, b, 0.0F, out);
  } else {
    at::mm_out(out, a, b);
  }
}

void multiply_transposed(const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
  if (out.scalar_type() == at::kFloat) {
    add_product('T', 'N', a, b, 0.0F, out);
  } else {
    at::mm_out(out, a.t(), b);
  }
}

void add_gram(const at::Tensor& z, at::Tensor& gram) {
  add_product_transposed(z, z, gram);
}

void add_product_transposed(const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
  if (out.scalar_type() != at::kFloat) {
    out.addmm_(a, b.t());
    return;
  }
  for (std::int64_t first = 0; first < a.size(1); first += most_columns_at_once) {
    const std::int64_t columns = std::min(most_columns_at_once, a.size(1) - first);
    add_product('N', 'T', a.narrow(1, first, columns), b.narrow(1, first, columns), 1.0F, out);
  }
}

}  // namespace wideproof::sim
