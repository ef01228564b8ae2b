// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/worker_team.hpp>

#include <stdexcept>
#include <vector>

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

TEST(WorkerTeam, WorksEachBlockOnceInManyRounds) {
  for (const int threads : {1, 2, 5}) {
    testing::with_team(threads, [](WorkerTeam& team) {
      for (std::int64_t round = 0; round < 2000; ++round) {
        std::vector<int> worked(static_cast<std::size_t>(round % 9), 0);
        team.for_each(round % 9, [&](std::int64_t block) {
          ++worked[static_cast<std::size_t>(block)];
          EXPECT_EQ(at::get_num_threads(), 1);
        });
        for (const int times : worked) ASSERT_EQ(times, 1);
      }
    });
  }
}

TEST(WorkerTeam, RethrowsWhatABlockThrewAndGoesOn) {
  testing::with_team(3, [](WorkerTeam& team) {
    int worked = 0;
    EXPECT_THROW(team.for_each(4,
                               [](std::int64_t block) {
                                 if (block == 2) throw std::range_error("block");
                               }),
                 std::range_error);
    team.for_each(1, [&](std::int64_t) { ++worked; });
    EXPECT_EQ(worked, 1);
  });
}

TEST(WorkerTeam, RethrowsWhatTheProgramThrew) {
  for (const int threads : {1, 3}) {
    WorkerTeam team(threads);
    EXPECT_THROW(team.run([] { throw std::range_error("program"); }), std::range_error);
  }
}

}  // namespace
}  // namespace wideproof::train
