// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/train/activity/layer_activity.hpp>

namespace wideproof::train {

/// LayerActivity of all hidden layers on some inputs.
class HiddenActivity {
 public:
  /// `rows`: of the data, in the order in which they will come; `order`: a permutation of as many;
  /// `widths`: of the hidden layers.
  HiddenActivity(const model::TrainingData& data, const std::vector<Eigen::Index>& rows,
                 const std::vector<std::int64_t>& order, const std::vector<std::int64_t>& widths,
                 ActivitySigns signs);
  HiddenActivity(const HiddenActivity&) = delete;
  HiddenActivity& operator=(const HiddenActivity&) = delete;

  /// `z` of hidden layer `layer`, from 0, of the inputs that come next, B × n.
  void add(std::int64_t layer, const at::Tensor& z) {
    layers_[static_cast<std::size_t>(layer)].add(z);
  }

  /// Empty where there are no inputs.
  model::HiddenActivity activity() const;

  /// Bytes held.
  static double memory(const model::TrainingData& data, const std::vector<std::int64_t>& widths);

 private:
  InputClasses classes_;
  std::vector<LayerActivity> layers_;
};

}  // namespace wideproof::train
