// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/block_desk.hpp>

#include <utility>

namespace wideproof::app {

void BlockDesk::ask(BlockName name) {
  const std::lock_guard lock(mutex_);
  asked_.push_back(name);
  news_.notify_one();
}

void BlockDesk::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  news_.notify_all();
}

std::optional<BlockDesk::Finished> BlockDesk::take_finished() {
  const std::lock_guard lock(mutex_);
  if (finished_.empty()) return std::nullopt;
  auto finished = std::move(finished_.front());
  finished_.pop_front();
  return finished;
}

void BlockDesk::work(const sim::MonteCarlo& simulation) {
  while (const auto name = next()) {
    try {
      put({*name, simulation.sample_block(static_cast<std::size_t>(name->width), name->block), {}});
    } catch (...) {
      put({*name, {}, current_failure()});
    }
  }
}

std::optional<BlockName> BlockDesk::next() {
  std::unique_lock lock(mutex_);
  news_.wait(lock, [&] { return closed_ || !asked_.empty(); });
  if (closed_) return std::nullopt;
  const auto name = asked_.front();
  asked_.pop_front();
  return name;
}

void BlockDesk::put(Finished finished) {
  const std::lock_guard lock(mutex_);
  finished_.push_back(std::move(finished));
}

}  // namespace wideproof::app
