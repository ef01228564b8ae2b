// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/neuron_sums.hpp>

namespace wideproof::sim {

/// A layer's NeuronSums, and those of its companion where it has one: how many of h > t̃ there are
/// is counted for each input.
struct LayerSums {
  NeuronSums own;
  NeuronSums companion;
  Eigen::ArrayXd above;

  static LayerSums none(std::int64_t inputs, bool has_companion) {
    const auto beside = has_companion ? inputs : 0;
    return {NeuronSums::none(inputs), NeuronSums::none(beside), Eigen::ArrayXd::Zero(beside)};
  }

  LayerSums& operator+=(const LayerSums& other) {
    own += other.own;
    companion += other.companion;
    above += other.above;
    return *this;
  }
};

/// LayerSums of one run of blocks.
class LayerRun {
 public:
  /// `counts`: of RunSums.
  LayerRun(const NetworkCounts& counts, at::ScalarType dtype, bool has_companion)
      : own_(counts, dtype),
        above_(Eigen::ArrayXd::Zero(has_companion ? counts.multiplicity.size() : 0)) {
    if (has_companion) companion_.emplace(counts.multiplicity.size(), dtype);
  }

  void add(const at::Tensor& z, std::int64_t active) { own_.add(z, active); }
  void add_companion(const at::Tensor& z, const Eigen::ArrayXd& above) {
    companion_->add(z, 0);
    above_ += above;
  }
  LayerSums sums() const {
    return {own_.sums(), companion_ ? companion_->sums() : NeuronSums(), above_};
  }

 private:
  RunSums own_;
  std::optional<RunSums> companion_;
  Eigen::ArrayXd above_;
};

}  // namespace wideproof::sim
