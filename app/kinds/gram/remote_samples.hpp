// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/sim/measure/remote_workers.hpp>

namespace wideproof::app {

/// The workers of a simulation in other processes: its widths are their groups of blocks.
class RemoteSamples final : public sim::RemoteWorkers {
 public:
  /// `blocks` must outlive it.
  explicit RemoteSamples(RemoteBlocks& blocks) : blocks_(blocks) {}

  int count(std::size_t width) const override { return blocks_.count(width); }
  void work(std::size_t width, sim::OrderedBlocks<sim::WidthSample>& blocks) override;

 private:
  RemoteBlocks& blocks_;
};

}  // namespace wideproof::app
