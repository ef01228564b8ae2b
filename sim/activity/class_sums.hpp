// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/activity/class_selectivity.hpp>
#include <wideproof/sim/activity/input_counts.hpp>

namespace wideproof::sim {

/// SelectivitySums for the classes of the inputs, and for the same dealt out at random.
struct LayerSelectivity {
  SelectivitySums own;
  SelectivitySums dealt;

  LayerSelectivity& operator+=(const LayerSelectivity& other) {
    own += other.own;
    dealt += other.dealt;
    return *this;
  }
  /// In the order of model::SelectivityNumber.
  Eigen::VectorXd numbers() const;
};

/// LayerSelectivity of neurons that come in blocks; all of it is summed in double.
class ClassSums {
 public:
  /// `classes` must outlive it.
  explicit ClassSums(const NetworkClasses& classes) : classes_(classes) {}

  /// `z`: D × size, contiguous, float32 or float64, on the CPU.
  void add(const at::Tensor& z);

  const LayerSelectivity& sums() const { return sums_; }

 private:
  /// Neurons that lie side by side, `stride` numbers from one input to the next.
  template <class Real>
  void add_part(const Real* z, Eigen::Index count, Eigen::Index stride);

  const NetworkClasses& classes_;
  LayerSelectivity sums_;
};

}  // namespace wideproof::sim
