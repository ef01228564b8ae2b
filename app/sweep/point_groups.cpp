// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/point_groups.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace wideproof::app {

PointGroups::PointGroups(std::vector<const StudyRun*> runs) : runs_(std::move(runs)) {
  for (const auto* run : runs_) {
    first_.push_back(workers_.size());
    const auto own = run->workers();
    workers_.insert(workers_.end(), own.begin(), own.end());
  }
}

std::string PointGroups::compute(BlockName name) const {
  const auto group = static_cast<std::size_t>(name.group);
  const auto after = std::upper_bound(first_.begin(), first_.end(), group);
  const auto point = static_cast<std::size_t>(std::distance(first_.begin(), after)) - 1;
  return runs_[point]->compute({static_cast<std::int64_t>(group - first_[point]), name.block});
}

std::deque<PointHelp> PointGroups::help(RemoteBlocks* all) const {
  std::deque<PointHelp> help;
  if (all == nullptr) return help;
  for (const auto first : first_) help.emplace_back(*all, first);
  return help;
}

}  // namespace wideproof::app
