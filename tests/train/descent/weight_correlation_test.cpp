// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/weight_correlation.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

Eigen::VectorXd degrees(const model::LateralFilter& filter, const model::LateralFilter& other,
                        model::Trained trained, model::Parameterisation parameterisation) {
  const model::Network network({.depth = 3, .presynaptic = filter, .postsynaptic = other});
  const model::TrainingOptions options{
      .trained = trained, .parameterisation = parameterisation, .steps = 1};
  constexpr std::int64_t width = 400;
  Eigen::VectorXd found;
  testing::with_team(2, [&](WorkerTeam& team) {
    const TrainableLaw law{.hidden = {.network = network, .weight_variance = 2}};
    const auto parameters =
        draw_parameters(law, {.seed = 1, .width = width}, 3, 1, options, at::kDouble, team);
    found = degrees_of_correlation(parameters, network, options, team);
  });
  return found;
}

// A row's sum is N(0, nσ²(1+m)): the mean square of n independent ones is off by √(2/n) of itself,
// which six standard errors exceed once in 10⁸; the sum of all squares is much more exact.
constexpr double six_errors = 6 * 0.0707107;

TEST(WeightCorrelation, IsTheFiltersBeforeTraining) {
  for (const auto trained : {model::Trained::weights, model::Trained::field}) {
    for (const auto parameterisation :
         {model::Parameterisation::tangent, model::Parameterisation::standard}) {
      const auto box = degrees(model::LateralFilter::box(7), {}, trained, parameterisation);
      ASSERT_EQ(box.size(), 2);
      for (const double m : box) EXPECT_NEAR(m, 6, 7 * six_errors);
      for (const double m :
           degrees(model::LateralFilter::uniform(3), {}, trained, parameterisation)) {
        EXPECT_NEAR(m, 3, 4 * six_errors);
      }
      for (const double m : degrees({}, {}, trained, parameterisation))
        EXPECT_NEAR(m, 0, six_errors);
    }
  }
}

TEST(WeightCorrelation, DoesNotCountTheOtherSide) {
  // Sums of neighbouring rows are correlated over 4 neurons: as many fewer are independent.
  for (const double m : degrees({}, model::LateralFilter::box(4), model::Trained::weights,
                                model::Parameterisation::tangent)) {
    EXPECT_NEAR(m, 0, 2 * six_errors);
  }
}

}  // namespace
}  // namespace wideproof::train
