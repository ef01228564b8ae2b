// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/sweep_numbers.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include "invented_training.hpp"

namespace wideproof::compare {
namespace {

using testing::draw_training;
using testing::InventedTraining;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr TrainedSweepParts all_parts = {true, true, true, true, true, true};

TEST(TrainedSweepNumbers, AreThoseOfTheLastStepWithADrawForEachNetwork) {
  const InventedTraining law;
  const auto measured = draw_training(law, 1);
  const auto numbers = trained_sweep_numbers(measured, {.has_test = true, .has_drift = true});
  ASSERT_THAT(numbers, SizeIs(3 * law.widths.size()));
  EXPECT_EQ(numbers[0].quantity->name, "loss");
  EXPECT_EQ(numbers[5].quantity->name, "test loss");
  EXPECT_EQ(numbers[10].quantity->name, "tangent drift");
  EXPECT_EQ(numbers[0].width, 64);
  for (const SweepNumber& number : numbers) {
    EXPECT_THAT(number.draws, SizeIs(60));
    EXPECT_LT(number.low, number.value);
    EXPECT_GT(number.high, number.value);
  }
  EXPECT_EQ(numbers[0].draws[7], measured.widths[0].networks[7].back().loss);
}

TEST(TrainedSweepNumbers, ArePlannedAsTheyAreMeasured) {
  const InventedTraining law;
  const auto measured = trained_sweep_numbers(draw_training(law, 2), all_parts);
  const auto planned = planned_trained_numbers(law.widths, all_parts);
  ASSERT_EQ(planned.size(), measured.size());
  for (std::size_t k = 0; k < planned.size(); ++k) {
    EXPECT_EQ(planned[k].quantity, measured[k].quantity);
    EXPECT_EQ(planned[k].width, measured[k].width);
    EXPECT_TRUE(std::isnan(planned[k].value));
  }
  EXPECT_EQ(planned.back().quantity->name, "degree of correlation");
}

TEST(TrainedSweepNumbers, AreOfAValidationSplitWhereThereIsOne) {
  TrainedSweepParts parts;
  parts.has_accuracy = parts.has_validation = true;
  std::vector<std::string> names;
  for (const SweepNumber& number : planned_trained_numbers({64}, parts))
    names.push_back(number.quantity->name);
  EXPECT_THAT(names,
              ::testing::ElementsAre("loss", "accuracy", "validation loss", "validation accuracy"));
}

TEST(TrainedSweepNumbers, HaveNoValueWhereNothingWasMeasured) {
  InventedTraining law;
  law.networks = 1;
  for (const SweepNumber& number : trained_sweep_numbers(draw_training(law, 3), all_parts)) {
    EXPECT_TRUE(std::isnan(number.low));
    // Weights were not looked at.
    const bool is_there = number.quantity->name != "degree of correlation";
    EXPECT_EQ(std::isfinite(number.value), is_there) << number.quantity->name;
    EXPECT_THAT(number.draws, SizeIs(is_there ? 1 : 0));
  }
  EXPECT_THAT(trained_sweep_numbers({}, all_parts), IsEmpty());
}

}  // namespace
}  // namespace wideproof::compare
