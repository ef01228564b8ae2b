// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/study/study_run.hpp>

namespace wideproof::app {

/// Help of other processes for one point of a sweep: its groups are `first`, `first` + 1, … of
/// theirs.
class PointHelp final : public RemoteBlocks {
 public:
  PointHelp(RemoteBlocks& all, std::size_t first) : all_(all), first_(first) {}

  int count(std::size_t group) const override { return all_.count(first_ + group); }
  void work(std::size_t group, BlockQueue& queue) override { all_.work(first_ + group, queue); }

 private:
  RemoteBlocks& all_;
  std::size_t first_;
};

/// The groups of blocks of all points of a sweep, one point's behind another's.
class PointGroups {
 public:
  explicit PointGroups(std::vector<const StudyRun*> runs);

  /// StudyRun::workers() of all points.
  const std::vector<int>& workers() const { return workers_; }

  /// StudyRun::compute() of the point whose group it is.
  std::string compute(BlockName name) const;

  /// One a point; none without `all`, which is to outlive them.
  std::deque<PointHelp> help(RemoteBlocks* all) const;

 private:
  std::vector<const StudyRun*> runs_;
  std::vector<std::size_t> first_;  ///< group of each point
  std::vector<int> workers_;
};

}  // namespace wideproof::app
