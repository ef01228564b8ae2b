// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/worker_team.hpp>

#include <stdexcept>
#include <thread>
#include <utility>

#include <ATen/Parallel.h>

#include <wideproof/sim/numeric/single_threaded_blas.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>

namespace wideproof::train {
namespace {

constexpr int block_bits = 24;
constexpr std::uint64_t most_blocks = (std::uint64_t{1} << block_bits) - 1;
/// Rounds follow each other within some ten microseconds, while a thread that sleeps takes longer
/// to wake.
constexpr int looks_before_sleep = 50;

std::uint64_t next_of(std::uint64_t ticket) {
  return ticket & most_blocks;
}
std::uint64_t blocks_of(std::uint64_t ticket) {
  return ticket >> block_bits & most_blocks;
}

/// Waits until `word` differs from `value`.
void wait_for_change(const std::atomic<std::uint64_t>& word, std::uint64_t value) {
  for (int look = 0; look < looks_before_sleep; ++look) {
    if (word.load() != value) return;
    std::this_thread::yield();
  }
  word.wait(value);
}

}  // namespace

void WorkerTeam::run(const std::function<void()>& program) {
  if (threads_ == 1 && at::get_num_threads() == 1) {
    const sim::SingleThreadedBlas single_threaded_blas;
    program();
    return;
  }
  std::exception_ptr error;
  is_over_ = false;
  sim::on_worker_threads(threads_, [&](int i) {
    if (i > 0) {
      serve();
      return;
    }
    try {
      program();
    } catch (...) {
      error = std::current_exception();
    }
    is_over_ = true;
    ticket_ += std::uint64_t{1} << 2 * block_bits;
    ticket_.notify_all();
  });
  if (error) std::rethrow_exception(error);
}

void WorkerTeam::for_each(std::int64_t blocks, const std::function<void(std::int64_t)>& work) {
  if (threads_ == 1 || blocks <= 1) {
    for (std::int64_t block = 0; block < blocks; ++block) work(block);
    return;
  }
  const auto count = static_cast<std::uint64_t>(blocks);
  if (count > most_blocks) throw std::logic_error("WorkerTeam: too many blocks");
  work_ = &work;
  unfinished_ = count;
  const std::uint64_t round = (ticket_.load() >> 2 * block_bits) + 1;
  ticket_ = round << 2 * block_bits | count << block_bits;
  ticket_.notify_all();
  work_blocks();
  for (auto left = unfinished_.load(); left > 0; left = unfinished_.load()) {
    wait_for_change(unfinished_, left);
  }
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void WorkerTeam::serve() {
  while (!is_over_) {
    const auto ticket = ticket_.load();
    if (next_of(ticket) < blocks_of(ticket)) {
      work_blocks();
    } else if (!is_over_) {
      wait_for_change(ticket_, ticket);
    }
  }
}

void WorkerTeam::work_blocks() {
  auto ticket = ticket_.load();
  while (next_of(ticket) < blocks_of(ticket)) {
    if (!ticket_.compare_exchange_weak(ticket, ticket + 1)) continue;
    finish(static_cast<std::int64_t>(next_of(ticket)));
    ticket = ticket_.load();
  }
}

void WorkerTeam::finish(std::int64_t block) {
  try {
    (*work_)(block);
  } catch (...) {
    const std::lock_guard lock(error_mutex_);
    if (!error_) error_ = std::current_exception();
  }
  if (--unfinished_ == 0) unfinished_.notify_all();
}

}  // namespace wideproof::train
