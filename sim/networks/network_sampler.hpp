// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include <wideproof/sim/layers/layer_summary.hpp>

namespace wideproof::sim {

/// Samples networks of one law and width and tells their layers' Gram matrices.
class NetworkSampler {
 public:
  using Visitor = std::function<void(const LayerSummary&)>;

  NetworkSampler() = default;
  NetworkSampler(const NetworkSampler&) = delete;
  NetworkSampler& operator=(const NetworkSampler&) = delete;
  virtual ~NetworkSampler() = default;

  /// Samples the network that `seed` and `replicate` name on `threads` threads and shows its layers
  /// in order. The result is the same to the last bit for any number of threads, where LibTorch and
  /// BLAS are set to one thread each.
  virtual void sample(std::uint64_t seed, std::int64_t replicate, int threads,
                      const Visitor& visit) const = 0;

  /// Bytes that sample() holds at a time on `threads` threads, estimated from its arrays.
  virtual double memory(int threads) const = 0;

  /// Cost of one network in units that compare across widths.
  virtual double work() const = 0;

  /// Whether a network is large enough for its blocks, and not the replicates, to be shared out
  /// among threads.
  virtual bool is_large() const = 0;
};

}  // namespace wideproof::sim
