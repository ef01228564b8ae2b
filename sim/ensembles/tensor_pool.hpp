// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

namespace wideproof::sim {

/// Matrices of one shape to write to, used again from layer to layer and from network to network:
/// the system would page fresh memory in for each of them, at half of a collapsed layer's cost.
class TensorPool {
 public:
  TensorPool(std::int64_t rows, std::int64_t columns, at::ScalarType dtype)
      : rows_(rows), columns_(columns), dtype_(dtype) {}

  /// rows × columns of any content, until give_back().
  at::Tensor take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return at::empty({rows_, columns_}, dtype_);
    auto tensor = std::move(free_.back());
    free_.pop_back();
    return tensor;
  }

  void give_back(at::Tensor tensor) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(tensor));
  }

 private:
  std::int64_t rows_;
  std::int64_t columns_;
  at::ScalarType dtype_;
  std::mutex mutex_;
  std::vector<at::Tensor> free_;
};

}  // namespace wideproof::sim
