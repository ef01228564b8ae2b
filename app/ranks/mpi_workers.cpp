// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/mpi_workers.hpp>

#include <cassert>
#include <cstdint>

#include <fmt/format.h>

#include <wideproof/app/ranks/mpi_messages.hpp>
#include <wideproof/app/ranks/poll_interval.hpp>

namespace wideproof::app {
namespace {

/// Gives each rank that has a worker free one block, round after round, so that none goes without
/// where there are few. Returns how many blocks were given.
int give(MpiMailbox& mailbox, std::size_t group, BlockQueue& queue, std::vector<int>& free) {
  int given = 0;
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < free.size(); ++i) {
      if (free[i] == 0) continue;
      const auto block = queue.try_take();
      if (!block) return given;
      mailbox.post(static_cast<int>(i) + 1, MpiMailbox::compute,
                   to_bytes(BlockName{static_cast<std::int64_t>(group), *block}));
      --free[i];
      ++given;
      again = true;
    }
  }
  return given;
}

}  // namespace

RankError rank_error(int rank, int count, const Failure& failure) {
  return RankError(
      {failure.status, fmt::format("rank {} of {}: {}", rank, count, failure.message)});
}

int MpiWorkers::count(std::size_t group) const {
  int all = 0;
  for (const auto& by_group : workers_) all += by_group[group];
  return all;
}

void MpiWorkers::work(std::size_t group, BlockQueue& queue) {
  std::vector<int> free;
  for (const auto& by_group : workers_) free.push_back(by_group[group]);
  int away = 0;  // blocks that are being computed
  PollInterval pause;
  while (away > 0 || !queue.is_over()) {
    const int given = give(mailbox_, group, queue, free);
    away += given;
    const auto message = mailbox_.receive();
    mailbox_.is_empty();
    if (message && message->kind == MpiMailbox::failure) {
      throw rank_error(message->from, static_cast<int>(workers_.size()) + 1,
                       read_failure(message->bytes));
    }
    if (message) {
      assert(message->kind == MpiMailbox::result);
      auto result = read_block_result(message->bytes);
      ++free[static_cast<std::size_t>(message->from) - 1];
      --away;
      queue.put(result.name.block, result.bytes);
    }
    if (given > 0 || message) {
      pause.news();
    } else {
      pause.wait();
    }
  }
}

}  // namespace wideproof::app
