// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

#include <torch/types.h>

#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim::testing {

/// Rows × columns standard normals, the same at every call.
inline torch::Tensor some_field(std::int64_t rows, std::int64_t columns,
                                torch::ScalarType dtype = torch::kFloat64) {
  return normal_tensor(NormalStream({.seed = 5, .layer = 1}), 0, rows, columns, dtype);
}

/// Inputs of unit norm, one a row.
inline torch::Tensor some_inputs(std::int64_t count, std::int64_t dimension,
                                 torch::ScalarType dtype = torch::kFloat64) {
  const auto field = some_field(count, dimension, torch::kFloat64);
  return (field / field.norm(2, -1, /*keepdim=*/true)).to(dtype);
}

inline double largest(const torch::Tensor& x) {
  return x.abs().max().to(torch::kFloat64).item<double>();
}

inline double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
  TORCH_CHECK(a.sizes() == b.sizes(), "compared tensors differ in shape");
  return largest(a.to(torch::kFloat64) - b.to(torch::kFloat64));
}

/// Unit roundoff times two.
inline double epsilon(torch::ScalarType dtype) {
  return dtype == torch::kFloat32 ? double{std::numeric_limits<float>::epsilon()}
                                  : std::numeric_limits<double>::epsilon();
}

}  // namespace wideproof::sim::testing
