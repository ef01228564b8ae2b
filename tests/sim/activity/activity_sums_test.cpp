// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/activity_sums.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace wideproof::sim {
namespace {

/// Sizes that end within a vector, within a thousand neurons, and beyond.
TEST(ActivitySums, SumMagnitudesAndCountNeuronsThatNoInputActivates) {
  torch::manual_seed(3);
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const std::int64_t size : {1, 7, 64, 1000, 1024, 2500}) {
      auto z = torch::randn({3, size}, dtype);
      z *= (torch::rand({1, size}) < .4).to(dtype);
      ActivitySums sums(Eigen::ArrayXd::Ones(3));
      sums.add(z);
      sums.add(z.slice(1, 0, 1).contiguous());
      const auto wide = z.to(torch::kFloat64);
      const auto first = wide.slice(1, 0, 1);
      const auto expected = wide.abs().sum(1) + first.abs().sum(1);
      const auto is_silent = [](const torch::Tensor& part) {
        return (part == 0).all(0).sum().item<std::int64_t>();
      };
      EXPECT_EQ(sums.silent(), is_silent(wide) + is_silent(first)) << size;
      const double rounding = dtype == torch::kFloat32 ? 1e-5 : 1e-13;
      for (std::int64_t a = 0; a < 3; ++a) {
        const double sum = expected[a].item<double>();
        EXPECT_NEAR(sums.magnitudes()(a), sum, rounding * sum) << size;
      }
    }
  }
}

TEST(ActivitySums, TakeANeuronThatOneInputActivatesForActive) {
  auto z = torch::zeros({4, 100});
  z[2][99] = -1e-30;
  ActivitySums sums(Eigen::ArrayXd::Ones(4));
  sums.add(z);
  EXPECT_EQ(sums.silent(), 99);
  EXPECT_FLOAT_EQ(static_cast<float>(sums.magnitudes()(2)), 1e-30F);
  // Whose square a float does not hold.
  EXPECT_DOUBLE_EQ(sums.unit_hoyer(), 1);
}

/// Hoyer's sparseness of each neuron over the inputs, the first of which stands for three.
TEST(ActivitySums, SumHowSparseNeuronsAreOverInputs) {
  torch::manual_seed(4);
  const std::int64_t size = 1500;
  const auto z = torch::randn({3, size}, torch::kFloat64).clamp_min(.2) - .2;
  const auto all = torch::cat({z, z.slice(0, 0, 1), z.slice(0, 0, 1)});
  const auto magnitudes = all.abs().sum(0);
  const auto heard = magnitudes > 0;
  const auto ratios = (magnitudes / all.norm(2, 0)).masked_select(heard);
  const double expected = ((std::sqrt(5.) - ratios) / (std::sqrt(5.) - 1)).sum().item<double>();
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    ActivitySums sums(Eigen::Array3d(3, 1, 1));
    sums.add(z.slice(1, 0, 1100).to(dtype).contiguous());
    sums.add(z.slice(1, 1100).to(dtype).contiguous());
    EXPECT_EQ(sums.silent(), size - ratios.size(0));
    EXPECT_NEAR(sums.unit_hoyer(), expected, expected * (dtype == torch::kFloat32 ? 1e-6 : 1e-13));
  }
  ActivitySums of_one(Eigen::ArrayXd::Ones(1));
  of_one.add(torch::ones({1, 4}));
  EXPECT_TRUE(std::isnan(of_one.unit_hoyer()));
}

}  // namespace
}  // namespace wideproof::sim
