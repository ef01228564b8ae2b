// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/haar_matrix.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/numeric/single_threaded_blas.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

const NormalStream haar_stream({.seed = 3, .layer = 2});

TEST(HaarMatrix, IsOrthogonal) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const std::int64_t size : {1, 2, 63, 64, 65, 300}) {
      const auto q = haar_matrix(haar_stream, size, dtype, 1);
      EXPECT_EQ(q.scalar_type(), dtype);
      EXPECT_LE(testing::largest_difference(torch::mm(q, q.t()), torch::eye(size)),
                20 * testing::epsilon(dtype))
          << size;
    }
  }
}

/// R of G = Q R, where G's columns are the normals that the reflections are made of, has a positive
/// diagonal: column 0 of Q points along the first of them.
TEST(HaarMatrix, MendsSigns) {
  const auto q = haar_matrix(haar_stream, 70, torch::kFloat64, 1);
  const auto x = normal_tensor(haar_stream, 0, 70, 1, torch::kFloat64);
  EXPECT_LE(testing::largest_difference(q.narrow(1, 0, 1), x / x.norm()), 1e-14);
}

TEST(HaarMatrix, HasTheSameBitsOnAnyNumberOfThreads) {
  const SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  EXPECT_TRUE(torch::equal(haar_matrix(haar_stream, 600, torch::kFloat32, 1),
                           haar_matrix(haar_stream, 600, torch::kFloat32, 3)));
}

}  // namespace
}  // namespace wideproof::sim
