// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/app/ranks/mpi_mailbox.hpp>
#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/system/failure.hpp>

namespace wideproof::app {

/// The workers of ranks 1, 2, … as rank 0 sees them. Throws RankError when one of them fails.
class MpiWorkers : public RemoteBlocks {
 public:
  /// `workers`[r − 1][group]: how many blocks rank r computes at a time.
  MpiWorkers(MpiMailbox& mailbox, std::vector<std::vector<int>> workers)
      : mailbox_(mailbox), workers_(std::move(workers)) {}

  int count(std::size_t group) const override;
  void work(std::size_t group, BlockQueue& queue) override;

 private:
  MpiMailbox& mailbox_;
  std::vector<std::vector<int>> workers_;
};

/// What rank `rank` of `count` says, for the user.
RankError rank_error(int rank, int count, const Failure& failure);

}  // namespace wideproof::app
