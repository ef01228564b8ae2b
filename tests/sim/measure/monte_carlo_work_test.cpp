// SPDX-License-Identifier: MIT
// How the work of a simulation is shared out, interrupted and told.
#include <wideproof/sim/measure/monte_carlo.hpp>

#include <cstddef>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/model/network.hpp>

#include "monte_carlo_runs.hpp"

namespace wideproof::sim {
namespace {

using testing::finished;
using testing::go_on;
using testing::inputs;
using testing::options;
using testing::reducing;

TEST(MonteCarlo, GivesTheSameBitsForAnyNumberOfThreads) {
  const auto one = finished(options(1));
  EXPECT_EQ(one, finished(options(2)));
  EXPECT_EQ(one, finished(options(3)));
  auto other_seed = options(1);
  other_seed.seed = 12;
  EXPECT_NE(one, finished(other_seed));
}

TEST(MonteCarlo, GivesTheSameBitsHoweverALargeNetworkIsSharedOut) {
  auto how = options(1);
  how.engine = model::Engine::collapsed;
  how.widths = {300, 1'500'000};  // the second takes all threads for one network
  how.stopping.replicates = 2;
  const auto one = finished(how);
  how.threads = 3;
  EXPECT_EQ(MonteCarlo(how, inputs()).workers(0), 3);
  EXPECT_EQ(MonteCarlo(how, inputs()).workers(1), 1);
  EXPECT_EQ(one, finished(how));
}

TEST(MonteCarlo, GivesTheSameBitsBesideOthersThatRunInTheProcess) {
  std::vector<MonteCarlo::Options> runs;
  for (const auto engine : {model::Engine::direct, model::Engine::collapsed}) {
    for (const auto dtype : {model::DType::float32, model::DType::float64}) {
      auto how = options(2);
      how.engine = engine;
      how.dtype = dtype;
      how.variance_reduction = engine == model::Engine::collapsed;
      runs.push_back(how);
    }
  }
  std::vector<MonteCarlo::State> alone;
  for (const auto& how : runs) alone.push_back(finished(how));
  std::vector<MonteCarlo::State> beside(runs.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      threads.emplace_back([&, i] { beside[i] = finished(runs[i]); });
    }
  }
  EXPECT_EQ(alone, beside);
}

TEST(MonteCarlo, GivesTheSameBitsForAnyNumberOfThreadsWithLessVariance) {
  auto how = reducing(1);
  const auto one = finished(how);
  EXPECT_EQ(one, finished(reducing(3)));
  how.widths = {300, 1'500'000};
  how.stopping.replicates = 2;
  const auto large = finished(how);
  how.threads = 3;
  EXPECT_EQ(large, finished(how));

  const MonteCarlo simulation(reducing(2), inputs());
  auto state = simulation.start();
  int blocks = 0;
  EXPECT_FALSE(simulation.run(state, [&](const Progress&) { return ++blocks < 4; }));
  EXPECT_TRUE(simulation.accepts(state));
  EXPECT_TRUE(simulation.run(state, go_on));
  EXPECT_EQ(state, one);
  auto plain = reducing(1);
  plain.variance_reduction = false;
  EXPECT_FALSE(MonteCarlo(plain, inputs()).accepts(state));
  EXPECT_GT(simulation.memory(), MonteCarlo(plain, inputs()).memory());
}

TEST(MonteCarlo, SharesBlocksWithRemoteWorkers) {
  /// Takes up to two blocks at a time and has the second one first.
  class Twins : public RemoteWorkers {
   public:
    explicit Twins(const MonteCarlo& simulation) : simulation_(simulation) {}
    int count(std::size_t) const override { return 2; }
    void work(std::size_t width, OrderedBlocks<WidthSample>& blocks) override {
      while (!blocks.is_over()) {
        const auto first = blocks.try_take();
        const auto second = blocks.try_take();
        for (const auto& block : {second, first}) {
          if (!block) continue;
          blocks.put(*block, simulation_.sample_block(width, *block));
          ++computed;
        }
      }
    }
    int computed = 0;

   private:
    const MonteCarlo& simulation_;
  };
  auto how = options(1);
  how.stopping.replicates = 202;
  const MonteCarlo simulation(how, inputs());
  Twins twins(simulation);
  auto state = simulation.start();
  EXPECT_TRUE(simulation.run(state, go_on, &twins));
  EXPECT_GT(twins.computed, 0);
  EXPECT_EQ(state, finished(how));
  EXPECT_GT(simulation.memory(&twins), simulation.memory());
}

TEST(MonteCarlo, PropagatesWhatRemoteWorkersThrow) {
  class Lost : public RemoteWorkers {
   public:
    int count(std::size_t) const override { return 1; }
    void work(std::size_t, OrderedBlocks<WidthSample>&) override { throw std::domain_error("no"); }
  } lost;
  const MonteCarlo simulation(options(1), inputs());
  auto state = simulation.start();
  EXPECT_THROW(simulation.run(state, go_on, &lost), std::domain_error);
}

TEST(MonteCarlo, HoldsMoreMemoryForWiderNetworksAndMoreThreads) {
  auto how = options(1);
  how.engine = model::Engine::collapsed;
  how.widths = {16, 100'000};
  const double narrow = MonteCarlo(how, inputs()).memory();
  how.threads = 4;
  const double threaded = MonteCarlo(how, inputs()).memory();
  how.widths = {16, 1'000'000};
  const double wide = MonteCarlo(how, inputs()).memory();
  EXPECT_GT(narrow, 100'000 * 3 * 4);
  EXPECT_GT(threaded, 2 * narrow);
  EXPECT_GT(wide, 5 * narrow);
}

TEST(MonteCarlo, GivesTheSameBitsAfterAStop) {
  const MonteCarlo simulation(options(2), inputs());
  for (const int stop_after : {1, 3, 6, 8}) {
    auto state = simulation.start();
    int blocks = 0;
    EXPECT_FALSE(simulation.run(state, [&](const Progress&) { return ++blocks < stop_after; }));
    EXPECT_EQ(blocks, stop_after);
    EXPECT_TRUE(simulation.accepts(state));
    EXPECT_TRUE(simulation.run(state, go_on));
    EXPECT_EQ(state, finished(options(1))) << stop_after;
  }
}

TEST(MonteCarlo, ReportsProgressUpToTheWhole) {
  const MonteCarlo simulation(options(2), inputs());
  auto state = simulation.start();
  std::vector<Progress> seen;
  simulation.run(state, [&](const Progress& progress) {
    seen.push_back(progress);
    return true;
  });
  ASSERT_EQ(seen.size(), 12U);
  EXPECT_EQ(seen[0].width, 16);
  EXPECT_EQ(seen[0].replicates_done, 4);
  EXPECT_EQ(seen[5].replicates_done, 22);
  EXPECT_EQ(seen[6].width, 400);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_GT(seen[i].fraction, seen[i - 1].fraction);
  // 16 (2 + 16) weights a network beside 400 (2 + 400).
  EXPECT_NEAR(seen[5].fraction, 288. / (288 + 160800), 1e-12);
  EXPECT_NEAR(seen.back().fraction, 1, 1e-12);
}

TEST(MonteCarlo, PropagatesWhatTheCallbackThrows) {
  const MonteCarlo simulation(options(2), inputs());
  auto state = simulation.start();
  EXPECT_THROW(
      simulation.run(state, [](const Progress&) -> bool { throw std::domain_error("no"); }),
      std::domain_error);
}

TEST(MonteCarlo, PropagatesWhatAWorkerThrows) {
  const MonteCarlo simulation(options(2), inputs());
  auto state = simulation.start();
  const auto throws = [](const Progress&) -> bool { throw std::out_of_range("of a worker"); };
  EXPECT_THROW(simulation.run(state, throws), std::out_of_range);
}
}  // namespace
}  // namespace wideproof::sim
