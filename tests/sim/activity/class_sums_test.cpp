// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/class_sums.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/random_order.hpp>

#include "selectivity_of_activations.hpp"

namespace wideproof::sim {
namespace {

using testing::selectivity_of;

/// Sizes that end within a part, at its end and beyond it; one input stands for two of two classes.
TEST(ClassSums, AreThoseOfAllInputsWhateverTheBlocks) {
  torch::manual_seed(5);
  const std::vector<Eigen::Index> place = {0, 1, 2, 0, 3};
  const std::vector<std::int64_t> labels = {1, 1, 2, 2, 4};
  const auto classes = InputCounts(place, labels).of({3, 7, 1}, false).classes.value();
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const std::int64_t size : {5, 128, 129, 700}) {
      const auto z = (torch::randn({4, size}, dtype) - .5).clamp_min(0);
      ClassSums sums(classes);
      sums.add(z.slice(1, 0, 3).contiguous());
      sums.add(z.slice(1, 3).contiguous());
      const Eigen::MatrixXd all = to_matrix(z.to(torch::kFloat64))(place, Eigen::all);
      const Eigen::VectorXd numbers = sums.sums().numbers();
      EXPECT_LT((numbers.head(3) - selectivity_of(all, labels)).cwiseAbs().maxCoeff(), 1e-12)
          << size;
      const auto order = random_order(stream_name({3, 7, 1}, Purpose::labels, 0), 0, 5);
      std::vector<std::int64_t> dealt;
      for (const auto from : order) dealt.push_back(labels[static_cast<std::size_t>(from)]);
      EXPECT_LT((numbers.tail(3) - selectivity_of(all, dealt)).cwiseAbs().maxCoeff(), 1e-12)
          << size;
      // As would be seen.
      EXPECT_GT(std::abs(numbers(0) - selectivity_of(all, {1, 2, 2, 1, 4})(0)), 1e-4);
    }
  }
}

TEST(ClassSums, AreNoNumbersWhereNoNeuronIsActive) {
  const auto classes = InputCounts({0, 1}, {0, 1}).of({}, false).classes.value();
  ClassSums sums(classes);
  sums.add(torch::zeros({2, 10}));
  EXPECT_TRUE(sums.sums().numbers().array().isNaN().all());
}

TEST(ClassSums, HaveAShareOfTheVarianceAloneOfOneClassOrBothSigns) {
  torch::manual_seed(6);
  const auto z = torch::randn({3, 200}, torch::kFloat64);
  const auto numbers_of = [&](const std::vector<std::int64_t>& labels, bool is_signed) {
    const auto classes = InputCounts({0, 1, 2}, labels).of({}, is_signed).classes.value();
    ClassSums sums(classes);
    sums.add(z);
    return sums.sums().numbers();
  };
  EXPECT_TRUE(numbers_of({4, 4, 4}, false).array().isNaN().all());
  const auto both_signs = numbers_of({4, 4, 5}, true);
  EXPECT_TRUE(std::isnan(both_signs(0)) && std::isnan(both_signs(1)));
  EXPECT_NEAR(both_signs(2), selectivity_of(to_matrix(z), {4, 4, 5})(2), 1e-12);
}

/// Inputs that differ in the seventh digit, as deep layers make them: floats hold the difference.
TEST(ClassSums, KeepDigitsWhereInputsNearlyCoincide) {
  torch::manual_seed(7);
  const auto common = torch::rand({1, 4000}, torch::kFloat64) + 1;
  const auto z = (common + 3e-6 * torch::randn({4, 4000}, torch::kFloat64)).to(torch::kFloat32);
  const auto classes = InputCounts({0, 1, 2, 3}, {0, 0, 1, 1}).of({}, false).classes.value();
  ClassSums sums(classes);
  sums.add(z);
  // One of three degrees of freedom; 4000 neurons leave a standard error of .0061.
  EXPECT_NEAR(sums.sums().numbers()(2), 1. / 3, 5 * .0061);
}

}  // namespace
}  // namespace wideproof::sim
