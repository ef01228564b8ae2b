// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/sample_gram.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/numeric/single_threaded_blas.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using testing::largest_difference;
using testing::some_field;

/// Two blocks and a rest of columns, more rows than are summed at once.
const auto gram_x = some_field(9000, 300, torch::kFloat64);

TEST(SampleGram, IsTheProductOfSamples) {
  const auto exact = torch::mm(gram_x.t(), gram_x);
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto x = gram_x.to(dtype);
    const double allowed = 100 * testing::epsilon(dtype) * testing::largest(exact);
    EXPECT_EQ(sample_gram(x, 1).scalar_type(), torch::kFloat64);
    EXPECT_LE(largest_difference(sample_gram(x, 1), exact), allowed);
    const auto left = x.narrow(1, 0, 140);
    const auto right = x.narrow(1, 140, 160);
    EXPECT_LE(
        largest_difference(sample_gram(left, right), exact.narrow(0, 0, 140).narrow(1, 140, 160)),
        allowed);
  }
}

TEST(SampleGram, HasTheSameBitsOnAnyNumberOfThreads) {
  const SingleThreadedBlas single_threaded_blas;
  const auto x = gram_x.to(torch::kFloat32);
  torch::set_num_threads(1);
  EXPECT_TRUE(torch::equal(sample_gram(x, 1), sample_gram(x, 3)));
}

}  // namespace
}  // namespace wideproof::sim
