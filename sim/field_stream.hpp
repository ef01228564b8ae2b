// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <variant>

#include <torch/types.h>

#include <wideproof/sim/gaussian_field.hpp>
#include <wideproof/sim/sampled_law.hpp>

namespace wideproof::sim {

/// The i.i.d. normal field behind one layer's weights or biases, as tensors. The module and the
/// direct sampler both draw from here: the same NetworkId gives the same network.
class FieldStream {
 public:
  /// `layer` from 1; `dtype` float32 or float64.
  FieldStream(const NetworkId& id, Purpose purpose, std::int64_t layer, torch::ScalarType dtype);

  /// Overwrites `out` (contiguous, on the CPU, of the stream's dtype) with the field's next values.
  void fill(torch::Tensor& out);

  /// The field's next rows × columns values.
  torch::Tensor next(std::int64_t rows, std::int64_t columns);

 private:
  torch::ScalarType dtype_;
  std::variant<GaussianField<float>, GaussianField<double>> field_;
};

}  // namespace wideproof::sim
