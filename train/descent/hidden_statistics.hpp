// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/train/activity/layer_activity.hpp>
#include <wideproof/train/descent/network_pass.hpp>
#include <wideproof/train/descent/worker_team.hpp>

namespace wideproof::train {

/// What hidden layers do with P inputs that come in parts: the share of neurons that are active,
/// and the effective dimension of the last one, (tr K)²/tr K² with K = zᵀz/n over the inputs. That
/// is also the ratio of zzᵀ, n × n, and the smaller of both is formed; NaN where it has more than
/// `most_rows` rows.
class HiddenStatistics {
 public:
  static constexpr std::int64_t most_rows = 2000;

  /// `widths`: of the hidden layers.
  HiddenStatistics(std::int64_t inputs, const std::vector<std::int64_t>& widths,
                   at::ScalarType dtype, ActivitySigns signs, WorkerTeam& team);

  /// The inputs of the last forward pass.
  void add(const NetworkPass& pass);

  // After P inputs were added.
  Eigen::VectorXd active_fractions() const;
  double effective_dimension();

  /// Bytes held; `width`: of the last layer.
  static double memory(std::int64_t inputs, std::int64_t width, double bytes_per_number);

 private:
  enum class Side { inputs, neurons, none };

  static Side side(std::int64_t inputs, std::int64_t width);
  /// gram ← keep·gram + zᵀz or zzᵀ, tiles on and above the diagonal alone.
  void multiply(const at::Tensor& z, double keep);

  Side side_;
  std::int64_t inputs_;
  std::vector<std::int64_t> widths_;
  ActivitySigns signs_;
  std::int64_t seen_ = 0;
  Eigen::VectorXd active_;
  WorkerTeam& team_;
  at::Tensor activations_;  ///< all, of the last layer, where the inputs' side is formed
  at::Tensor gram_;
};

}  // namespace wideproof::train
