// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/batch_order.hpp>

#include <algorithm>

#include <wideproof/sim/random/random_order.hpp>

namespace wideproof::train {

BatchOrder::BatchOrder(const sim::NetworkId& id, const std::vector<Eigen::Index>& training,
                       std::int64_t size)
    : id_(id), training_(training.begin(), training.end()), size_(size) {}

const std::vector<std::int64_t>& BatchOrder::batch(std::int64_t step) {
  if (size_ == inputs()) return training_;
  const std::int64_t batches = (inputs() + size_ - 1) / size_;
  if (step / batches != epoch_) {
    epoch_ = step / batches;
    order_ = sim::random_order(stream_name(id_, sim::Purpose::batches, 0), epoch_, inputs());
  }
  const std::int64_t first = step % batches * size_;
  batch_.clear();
  for (std::int64_t i = first; i < std::min(first + size_, inputs()); ++i) {
    batch_.push_back(training_[static_cast<std::size_t>(order_[static_cast<std::size_t>(i)])]);
  }
  return batch_;
}

}  // namespace wideproof::train
