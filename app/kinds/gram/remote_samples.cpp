// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/remote_samples.hpp>

#include <wideproof/app/kinds/gram/sample_bytes.hpp>

namespace wideproof::app {
namespace {

/// The blocks of one width, their samples as bytes.
class SampleQueue final : public BlockQueue {
 public:
  explicit SampleQueue(sim::OrderedBlocks<sim::WidthSample>& blocks) : blocks_(blocks) {}

  std::optional<std::int64_t> try_take() override { return blocks_.try_take(); }
  bool is_over() override { return blocks_.is_over(); }
  void put(std::int64_t block, const std::string& bytes) override {
    blocks_.put(block, read_sample(bytes));
  }

 private:
  sim::OrderedBlocks<sim::WidthSample>& blocks_;
};

}  // namespace

void RemoteSamples::work(std::size_t width, sim::OrderedBlocks<sim::WidthSample>& blocks) {
  SampleQueue queue(blocks);
  blocks_.work(width, queue);
}

}  // namespace wideproof::app
