// SPDX-License-Identifier: MIT
#include <wideproof/sim/single_threaded_blas.hpp>

#include <dlfcn.h>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

template <class Function>
Function* in_openblas(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

TEST(SingleThreadedBlas, TakesOpenBlasToOneThreadAndBack) {
  const auto get = in_openblas<int()>("openblas_get_num_threads");
  const auto set = in_openblas<void(int)>("openblas_set_num_threads");
  if (!get || !set) GTEST_SKIP() << "LibTorch has another BLAS than OpenBLAS here";
  const int before = get();
  set(2);
  {
    const SingleThreadedBlas single;
    EXPECT_EQ(get(), 1);
  }
  EXPECT_EQ(get(), 2);
  set(before);
}

}  // namespace
}  // namespace wideproof::sim
