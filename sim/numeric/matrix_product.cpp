// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/matrix_product.hpp>

#include <algorithm>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/addmm.h>
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

void float_product(const ProductForm& form, const at::Tensor& a, const at::Tensor& b,
                   at::Tensor& out) {
  const auto status =
      dnnl_sgemm(form.transpose_a ? 'T' : 'N', form.transpose_b ? 'T' : 'N', out.size(0),
                 out.size(1), a.size(form.transpose_a ? 0 : 1), static_cast<float>(form.weight),
                 a.data_ptr<float>(), leading(a), b.data_ptr<float>(), leading(b),
                 static_cast<float>(form.keep), out.data_ptr<float>(), leading(out));
  TORCH_CHECK(status == dnnl_success, "oneDNN refuses a product of ", a.sizes(), " and ",
              b.sizes());
}

}  // namespace

void multiply(const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
  if (out.scalar_type() == at::kFloat) {
    float_product({}, a, b, out);
  } else {
    at::mm_out(out, a, b);
  }
}

void multiply_transposed(const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
  if (out.scalar_type() == at::kFloat) {
    float_product({.transpose_a = true}, a, b, out);
  } else {
    at::mm_out(out, a.t(), b);
  }
}

void multiply(const ProductForm& form, const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
  if (out.scalar_type() == at::kFloat) {
    float_product(form, a, b, out);
  } else {
    at::addmm_out(out, out, form.transpose_a ? a.t() : a, form.transpose_b ? b.t() : b, form.keep,
                  form.weight);
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
    float_product({.transpose_b = true, .keep = 1}, a.narrow(1, first, columns),
                  b.narrow(1, first, columns), out);
  }
}

}  // namespace wideproof::sim
