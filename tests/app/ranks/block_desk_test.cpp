// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/block_desk.hpp>

#include <chrono>
#include <thread>

#include <gmock/gmock.h>

#include <wideproof/model/inputs/inputs.hpp>

namespace wideproof::app {
namespace {

sim::MonteCarlo simulation(std::vector<double> preactivation_variance) {
  const model::Network network({.depth = 2, .threshold = model::ThresholdRule::fixed});
  sim::MonteCarlo::Options options;
  options.law = {.network = network,
                 .weight_variance = 2,
                 .preactivation_variance = std::move(preactivation_variance)};
  options.widths = {16, 32};
  options.stopping = {.replicates = 100};
  return {options, model::circle_inputs(3).vectors()};
}

/// The first that a worker finishes of what is asked for.
BlockDesk::Finished first_finished(BlockDesk& desk, const sim::MonteCarlo& sampled) {
  std::jthread worker([&] { desk.work(sampled); });
  auto finished = desk.take_finished();
  while (!finished) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    finished = desk.take_finished();
  }
  desk.close();
  return *std::move(finished);
}

TEST(BlockDesk, HandsOverTheBlockAskedFor) {
  const auto sampled = simulation({1, 1});
  BlockDesk desk;
  desk.ask({.width = 1, .block = 7});
  const auto finished = first_finished(desk, sampled);
  EXPECT_FALSE(finished.failure);
  EXPECT_EQ(finished.name.width, 1);
  EXPECT_EQ(finished.name.block, 7);
  EXPECT_EQ(finished.sample, sampled.sample_block(1, 7));
}

TEST(BlockDesk, HandsOverWhatSamplingThrew) {
  BlockDesk desk;
  desk.ask({.width = 0, .block = 0});
  const auto finished = first_finished(desk, simulation({1}));  // none for layer 2
  ASSERT_TRUE(finished.failure);
  EXPECT_EQ(finished.failure->status, internal_error);
  EXPECT_THAT(finished.failure->message, testing::StartsWith("internal error: "));
}

}  // namespace
}  // namespace wideproof::app
