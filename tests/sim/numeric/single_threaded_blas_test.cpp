// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/single_threaded_blas.hpp>

#include <dlfcn.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

template <class Function>
Function* in_openblas(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

class SingleThreadedBlasTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!get || !set) GTEST_SKIP() << "LibTorch has another BLAS than OpenBLAS here";
    before_ = get();
    set(2);
  }
  void TearDown() override {
    if (before_ > 0) set(before_);
  }

  int (*const get)() = in_openblas<int()>("openblas_get_num_threads");
  void (*const set)(int) = in_openblas<void(int)>("openblas_set_num_threads");

 private:
  int before_ = 0;
};

TEST_F(SingleThreadedBlasTest, TakesOpenBlasToOneThreadAndBack) {
  {
    const SingleThreadedBlas single;
    EXPECT_EQ(get(), 1);
  }
  EXPECT_EQ(get(), 2);
}

TEST_F(SingleThreadedBlasTest, EndsWithTheLastOfSeveral) {
  auto first = std::make_optional<SingleThreadedBlas>();
  auto second = std::make_optional<SingleThreadedBlas>();
  first.reset();  // in the order in which parallel runs may end
  EXPECT_EQ(get(), 1);
  { const SingleThreadedBlas within; }
  EXPECT_EQ(get(), 1);
  second.reset();
  EXPECT_EQ(get(), 2);
}

TEST_F(SingleThreadedBlasTest, HoldsForEachOfManyThreads) {
  std::atomic<int> violations = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 200; ++j) {
          const SingleThreadedBlas single;
          if (get() != 1) ++violations;
        }
      });
    }
  }
  EXPECT_EQ(violations, 0);
  EXPECT_EQ(get(), 2);
}

}  // namespace
}  // namespace wideproof::sim
