// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/served_blocks.hpp>

#include <utility>

namespace wideproof::app {

void ServedBlocks::ask(BlockName name) {
  const std::lock_guard lock(mutex_);
  asked_.push_back(name);
  news_.notify_one();
}

void ServedBlocks::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  news_.notify_all();
}

std::optional<ServedBlocks::Finished> ServedBlocks::take_finished() {
  const std::lock_guard lock(mutex_);
  if (finished_.empty()) return std::nullopt;
  auto finished = std::move(finished_.front());
  finished_.pop_front();
  return finished;
}

void ServedBlocks::work(const ComputeBlock& compute) {
  while (const auto name = next()) {
    try {
      put({*name, compute(*name), {}});
    } catch (...) {
      put({*name, {}, current_failure()});
    }
  }
}

std::optional<BlockName> ServedBlocks::next() {
  std::unique_lock lock(mutex_);
  news_.wait(lock, [&] { return closed_ || !asked_.empty(); });
  if (closed_) return std::nullopt;
  const auto name = asked_.front();
  asked_.pop_front();
  return name;
}

void ServedBlocks::put(Finished finished) {
  const std::lock_guard lock(mutex_);
  finished_.push_back(std::move(finished));
}

}  // namespace wideproof::app
