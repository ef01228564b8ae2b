// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/matrix_product.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using testing::epsilon;
using testing::largest_difference;

TEST(MatrixProduct, MultipliesInBothTypesWholeAndInParts) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto a = torch::randn({9, 40}, dtype);
    const auto b = torch::randn({50, 13}, dtype).narrow(0, 10, 40).narrow(1, 2, 11);
    auto out = torch::full({20, 11}, 3., dtype);
    auto part = out.narrow(0, 5, 9);
    multiply(a, b, part);
    const auto truth = torch::mm(a.to(torch::kFloat64), b.to(torch::kFloat64));
    EXPECT_LE(largest_difference(part, truth), 400 * epsilon(dtype));
    EXPECT_EQ(out[4][0].item<double>(), 3);
    EXPECT_EQ(out[14][0].item<double>(), 3);
  }
}

TEST(MatrixProduct, MultipliesByATransposedMatrix) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto a = torch::randn({50, 30}, dtype).narrow(0, 3, 40).narrow(1, 4, 9);
    const auto b = torch::randn({40, 11}, dtype);
    auto out = torch::empty({9, 11}, dtype);
    multiply_transposed(a, b, out);
    const auto truth = torch::mm(a.to(torch::kFloat64).t(), b.to(torch::kFloat64));
    EXPECT_LE(largest_difference(out, truth), 400 * epsilon(dtype));
  }
}

TEST(MatrixProduct, AddsAProductWithATransposedMatrix) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto a = torch::randn({9, 700}, dtype);
    const auto b = torch::randn({5, 700}, dtype);
    auto out = torch::ones({9, 5}, dtype);
    add_product_transposed(a, b, out);
    const auto truth = torch::mm(a.to(torch::kFloat64), b.to(torch::kFloat64).t()) + 1;
    EXPECT_LE(largest_difference(out, truth), 2800 * epsilon(dtype));
  }
}

TEST(MatrixProduct, WeighsTransposesAndKeepsAsItsFormSays) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const bool transpose_a : {false, true}) {
      for (const bool transpose_b : {false, true}) {
        for (const double keep : {0., 1., -.5}) {
          const auto a = torch::randn({9, 40}, dtype);
          const auto b = torch::randn({40, 11}, dtype);
          const auto whole = torch::full({20, 30}, 3., dtype);
          auto part = whole.narrow(0, 5, 9).narrow(1, 7, 11);
          multiply({transpose_a, transpose_b, .25, keep}, transpose_a ? a.t().contiguous() : a,
                   transpose_b ? b.t().contiguous() : b, part);
          const auto truth =
              .25 * torch::mm(a.to(torch::kFloat64), b.to(torch::kFloat64)) + keep * 3;
          EXPECT_LE(largest_difference(part, truth), 100 * epsilon(dtype));
          EXPECT_TRUE(whole.narrow(1, 0, 7).eq(3).all().item<bool>());
          EXPECT_TRUE(whole.narrow(1, 18, 12).eq(3).all().item<bool>());
        }
      }
    }
  }
}

TEST(MatrixProduct, OfASingleRowOrColumnTakesAnyStride) {
  const auto a = torch::randn({3, 1});
  const auto b = torch::randn({1, 4});
  auto out = torch::empty({3, 4});
  multiply(a, b, out);
  EXPECT_TRUE(torch::equal(out, a * b));
}

TEST(MatrixProduct, AddsTheGramOfMoreColumnsThanItTakesAtOnce) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const std::int64_t columns : {1, 255, 256, 700}) {
      const auto z = torch::randn({7, columns}, dtype);
      auto gram = torch::ones({7, 7}, dtype);
      add_gram(z, gram);
      const auto wide = z.to(torch::kFloat64);
      EXPECT_LE(largest_difference(gram, torch::mm(wide, wide.t()) + 1),
                static_cast<double>(4 * columns + 4) * epsilon(dtype));
    }
  }
}

}  // namespace
}  // namespace wideproof::sim
