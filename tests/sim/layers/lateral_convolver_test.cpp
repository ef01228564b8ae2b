// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/lateral_convolver.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::LateralFilter;
using model::Sheet;
using testing::epsilon;
using testing::largest;
using testing::largest_difference;
using testing::some_field;
using Kind = LateralFilter::Kind;

constexpr std::int64_t width = 48;  // a torus of 6 × 8

std::vector<LateralFilter> local_filters() {
  std::vector<LateralFilter> filters;
  for (const auto sheet : {Sheet::ring, Sheet::torus}) {
    for (const auto& options : std::vector<LateralFilter::Options>{
             {.kind = Kind::box, .sheet = sheet, .taps = 1},
             {.kind = Kind::box, .sheet = sheet, .taps = 4},
             {.kind = Kind::box, .sheet = sheet, .taps = sheet == Sheet::ring ? width : 6},
             {.kind = Kind::gaussian, .sheet = sheet, .taps = 5, .scale = 1.2},
             {.kind = Kind::exponential, .sheet = sheet, .taps = 5, .scale = .8},
             {.kind = Kind::mexican_hat,
             .sheet = sheet,
             .taps = 5,
             .scale = .7,
             .surround_scale = 2}}) {
      filters.emplace_back("filter", options);
    }
  }
  return filters;
}

std::string named(const LateralFilter& filter) {
  return std::string(name_of(filter.kind())) + " of " + std::to_string(filter.options().taps) +
         " taps on a " + std::string(name_of(filter.sheet()));
}

/// F of the class comment, entry by entry: F_{j, j−a} = w_a/√Σw², tap (0, 0) being a = 0.
torch::Tensor circulant(const LateralFilter& filter, std::int64_t neurons) {
  const auto shape = shape_of(filter.sheet(), neurons);
  const auto& taps = filter.taps();
  auto matrix = torch::zeros({neurons, neurons}, torch::kFloat64);
  auto entry = matrix.accessor<double, 2>();
  for (std::int64_t j = 0; j < neurons; ++j) {
    for (std::int64_t y = 0; y < taps.rows(); ++y) {
      for (std::int64_t x = 0; x < taps.cols(); ++x) {
        const std::int64_t row = (j / shape.columns - y + shape.rows) % shape.rows;
        const std::int64_t column = (j % shape.columns - x + shape.columns) % shape.columns;
        entry[j][row * shape.columns + column] += taps(y, x) / std::sqrt(taps.square().sum());
      }
    }
  }
  return matrix;
}

/// Rounding of sums of `width` products of size 1 in double, then to the dtype.
double rounding(torch::ScalarType dtype, const torch::Tensor& result) {
  return 16 * width * epsilon(torch::kFloat64) + epsilon(dtype) * largest(result);
}

TEST(LateralConvolver, IsTheCirculantMatrixOfItsTaps) {
  for (const auto& filter : local_filters()) {
    const LateralConvolver convolver(filter, width);
    for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
      const auto field = some_field(3, width, dtype);
      const auto expected = torch::mm(field.to(torch::kFloat64), circulant(filter, width).t());
      const auto result = convolver.convolve(field);
      EXPECT_EQ(result.scalar_type(), dtype);
      EXPECT_LE(largest_difference(result, expected), rounding(dtype, expected)) << named(filter);
    }
  }
}

TEST(LateralConvolver, CorrelatesByTheTransposedMatrix) {
  for (const auto& filter : local_filters()) {
    const auto field = some_field(3, width);
    const auto expected = torch::mm(field, circulant(filter, width));
    const auto result = LateralConvolver(filter, width).correlate(field);
    EXPECT_LE(largest_difference(result, expected), rounding(torch::kFloat64, expected))
        << named(filter);
  }
}

TEST(LateralConvolver, HasTheCorrelationAsItsGradient) {
  auto filters = local_filters();
  filters.push_back(LateralFilter::uniform(3));
  for (const auto& filter : filters) {
    const LateralConvolver convolver(filter, width);
    const auto fields = some_field(2, width);
    const auto z = fields[0].clone().requires_grad_();
    torch::dot(fields[1], convolver.convolve(z)).backward();
    const auto expected = convolver.correlate(fields[1]);
    EXPECT_LE(largest_difference(z.grad(), expected), rounding(torch::kFloat64, expected))
        << named(filter);
  }
}

TEST(LateralConvolver, GivesAnImpulseTheTrianglesOfABox) {
  constexpr std::int64_t taps = 4;
  const LateralConvolver convolver(LateralFilter::box(taps), width);
  auto impulse = torch::zeros({1, width}, torch::kFloat64);
  impulse[0][10] = 1;
  const auto correlation = convolver.correlate(convolver.convolve(impulse))[0];
  for (std::int64_t j = 0; j < width; ++j) {
    const double triangle = std::max(0.0, 1 - std::abs(double(j) - 10) / taps);
    EXPECT_NEAR(correlation[j].item<double>(), triangle, 16 * width * epsilon(torch::kFloat64));
  }
}

TEST(LateralConvolver, FiltersALongRingWithAndWithoutGradientsAlike) {
  for (const std::int64_t taps : {1, 13, 2000}) {
    const LateralConvolver convolver(LateralFilter::box(taps), 10000);
    const auto plain = some_field(3, 10000);
    const auto tracked = plain.clone().requires_grad_(true);
    const double bound = 1e3 * epsilon(torch::kFloat64);
    EXPECT_LE(largest_difference(convolver.convolve(plain), convolver.convolve(tracked)), bound);
    EXPECT_LE(largest_difference(convolver.correlate(plain), convolver.correlate(tracked)), bound);
    const auto single = convolver.convolve(plain.to(torch::kFloat32));
    EXPECT_EQ(single.scalar_type(), torch::kFloat32);
    EXPECT_LE(largest_difference(single, convolver.convolve(plain)),
              100 * epsilon(torch::kFloat32));
  }
}

TEST(LateralConvolver, KeepsLeadingAxes) {
  const LateralConvolver convolver(LateralFilter::box(3), width);
  const auto field = some_field(6, width);
  EXPECT_TRUE(torch::equal(convolver.convolve(field).reshape({2, 3, width}),
                           convolver.convolve(field.reshape({2, 3, width}))));
}

TEST(LateralConvolver, IsTheSymmetricRootOfAUniformCorrelation) {
  const auto identity = torch::eye(width, torch::kFloat64);
  for (const double m : {-1.0, 0.0, 3.0, 47.0}) {
    const LateralConvolver convolver(LateralFilter::uniform(m), width);
    const auto root = convolver.convolve(identity);
    const auto expected = (1 - m / width) * identity + m / width;
    EXPECT_LE(largest_difference(convolver.convolve(root), expected),
              16 * width * epsilon(torch::kFloat64));
    EXPECT_LE(largest_difference(root, root.t()), epsilon(torch::kFloat64));
    EXPECT_TRUE(torch::equal(root, convolver.correlate(identity)));
  }
}

TEST(LateralConvolver, LeavesAFieldAloneWithoutAFilter) {
  const auto field = some_field(2, width);
  const LateralConvolver convolver(LateralFilter(), width);
  EXPECT_TRUE(convolver.is_identity());
  EXPECT_TRUE(torch::equal(convolver.convolve(field), field));
  EXPECT_TRUE(torch::equal(convolver.correlate(field), field));
  EXPECT_FALSE(LateralConvolver(LateralFilter::box(2), width).is_identity());
}

TEST(LateralConvolver, RefusesAFilterThatDoesNotFit) {
  EXPECT_NO_THROW(LateralConvolver(LateralFilter::box(8), 8));
  EXPECT_THROW(LateralConvolver(LateralFilter::box(9), 8), model::InputError);
  EXPECT_THROW(LateralConvolver(LateralFilter::box(7, Sheet::torus), width), model::InputError);
  EXPECT_THROW(LateralConvolver(LateralFilter::uniform(8), 8), model::InputError);
}

}  // namespace
}  // namespace wideproof::sim
