// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/layers/layer_pool.hpp>
#include <wideproof/sim/tangent/gradient_rows.hpp>

namespace wideproof::sim {

/// The gradients that pass a layer, stored for all of its neurons: P × n of each full probe, n of
/// one that is the same for all inputs. The layers are a pool's.
class StoredGradients {
 public:
  /// Writes gradients to a block, or what they are multiplied with.
  using WriteBlock = std::function<void(std::int64_t block, at::Tensor& out)>;

  /// `write`: rows × size of a block.
  StoredGradients(const GradientRows& rows, LayerPool& pool, int threads, const WriteBlock& write);
  ~StoredGradients();
  StoredGradients(const StoredGradients&) = delete;
  StoredGradients& operator=(const StoredGradients&) = delete;

  const GradientRows& rows() const { return rows_; }

  /// Puts the n neurons of every row through `filter`.
  void filter(const std::function<at::Tensor(const at::Tensor&)>& filter);

  /// Multiplies all by `slopes(block)`, P × size; the row that was the same for all inputs becomes
  /// one more full probe.
  void activate(const std::function<at::Tensor(std::int64_t block)>& slopes);

  /// Adds a row that is the same for all inputs; there is none before.
  void add_row(const std::function<void(std::int64_t block, at::Tensor out)>& write);

  /// Sums over the neurons, P × full.
  Eigen::ArrayXXd sums() const;

  /// A full probe's block, P × size, to be changed.
  at::Tensor block(std::int64_t probe, std::int64_t block) const {
    return full_[static_cast<std::size_t>(probe)].block(block);
  }

  /// Writes all rows of a block, rows × size.
  void read(std::int64_t block, at::Tensor out) const;

 private:
  const NeuronBlocks& blocks() const { return pool_.blocks(); }

  GradientRows rows_;
  LayerPool& pool_;
  int threads_;
  std::vector<BlockedLayer> full_;
  at::Tensor row_;  ///< n, where there is one
};

}  // namespace wideproof::sim
