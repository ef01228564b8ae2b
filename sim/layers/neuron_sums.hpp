// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/activity/activity_sums.hpp>
#include <wideproof/sim/activity/class_sums.hpp>
#include <wideproof/sim/activity/input_counts.hpp>
#include <wideproof/sim/layers/neuron_blocks.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>

namespace wideproof::sim {

/// Σ_i z_i z_iᵀ (P × P) and how many z are positive, over some of a layer's neurons; ActivitySums
/// and ClassSums of them, or 0 where these are not asked for.
struct NeuronSums {
  Eigen::MatrixXd products;
  std::int64_t active = 0;
  Eigen::ArrayXd magnitudes = {};
  std::int64_t silent = 0;
  double unit_hoyer = 0;
  LayerSelectivity selectivity = {};

  static NeuronSums none(std::int64_t inputs) {
    return {Eigen::MatrixXd::Zero(inputs, inputs), 0, Eigen::ArrayXd::Zero(inputs)};
  }

  NeuronSums& operator+=(const NeuronSums& other) {
    products += other.products;
    active += other.active;
    magnitudes += other.magnitudes;
    silent += other.silent;
    unit_hoyer += other.unit_hoyer;
    selectivity += other.selectivity;
    return *this;
  }
};

/// NeuronSums of one run of blocks, its products summed in a dtype of choice.
class RunSums {
 public:
  RunSums(std::int64_t inputs, at::ScalarType dtype);
  /// With ActivitySums and, of inputs with classes, ClassSums. `counts` must outlive it.
  RunSums(const NetworkCounts& counts, at::ScalarType dtype);

  /// `z`: P × size, contiguous; `active` of it are positive.
  void add(const at::Tensor& z, std::int64_t active);
  NeuronSums sums() const;

 private:
  at::Tensor products_;
  std::int64_t active_ = 0;
  std::optional<ActivitySums> activity_;
  std::optional<ClassSums> classes_;
};

/// Sums over all neurons, within a run as that does, then run by run in double and in order onto
/// `total`, the sum of none. `new_run()` makes a run of no neurons, which has sums() of Total's
/// type. `add_block(block, run)` adds one block to its run; it is called once for each, on any of
/// `threads` threads.
template <class Total, class NewRun, class AddBlock>
Total sum_over_neurons(const NeuronBlocks& blocks, int threads, Total total, const NewRun& new_run,
                       const AddBlock& add_block) {
  const auto sum_run = [&](std::int64_t run) {
    auto sums = new_run();
    for (auto b = blocks.run_begin(run); b < blocks.run_end(run); ++b) add_block(b, sums);
    return sums.sums();
  };
  add_blocks(blocks.runs(), threads, sum_run, total);
  return total;
}

}  // namespace wideproof::sim
