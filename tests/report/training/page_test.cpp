// SPDX-License-Identifier: MIT
#include <wideproof/report/training/page.hpp>

#include <gmock/gmock.h>

#include <wideproof/report/training/figures.hpp>
#include <wideproof/report/training/traces.hpp>
#include <wideproof/report/training/words.hpp>
#include "trained_networks.hpp"

namespace wideproof::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string page_of(const trained::TrainedNetworks& invented) {
  return training_report(invented.study(), training_figures(invented.study()), {});
}

TEST(TrainingPage, TellsVerdictFiguresClaimsAndSteps) {
  const std::string page = page_of(trained::judged());
  EXPECT_THAT(page, HasSubstr("Infinite-width theory and trained networks agree"));
  EXPECT_THAT(page, HasSubstr("Networks of three layers."));
  EXPECT_THAT(page, HasSubstr("Loss while training"));
  EXPECT_THAT(page, HasSubstr("predicted e = −1"));
  EXPECT_THAT(page, HasSubstr("trained.csv"));
  EXPECT_THAT(page, HasSubstr("Kernel regression beside trained networks"));
  EXPECT_LT(page.find("Loss while training"), page.find("What decided"));
  EXPECT_LT(page.find("What decided"), page.find("Step by step"));
}

TEST(TrainingPage, ShowsNoNumberThatIsNone) {
  for (const auto& invented : trained::all_trainings())
    EXPECT_THAT(page_of(invented),
                AllOf(Not(HasSubstr(">nan")), Not(HasSubstr("nan<")), Not(HasSubstr("± nan"))));
}

TEST(TrainingPage, HasAHeadlineForEveryOutcome) {
  EXPECT_EQ(verdict_sentence(trained::contradicted().assessment),
            "Infinite-width theory and trained networks disagree.");
  EXPECT_THAT(verdict_sentence(trained::diverged().assessment),
              HasSubstr("neither confirmed nor refuted"));
  EXPECT_THAT(verdict_sentence(trained::only_measured().assessment), HasSubstr("no limit"));
}

// Lines are theory's, dots those of the largest width.
TEST(TrainingTraces, AreLossesByStep) {
  const auto invented = trained::judged();
  const auto losses = theory_losses(invented.assessment, invented.data);
  const auto traces = training_traces(invented.assessment, losses);
  ASSERT_EQ(traces.size(), 2u);
  EXPECT_EQ(traces[0].figure->name, "training_loss_by_step");
  EXPECT_EQ(traces[0].line_y, losses.training);
  ASSERT_EQ(traces[1].dot_y.size(), 4u);
  EXPECT_EQ(traces[1].dot_y[2], invented.assessment.at(4, 2).test_loss.mean);
  EXPECT_TRUE(training_traces(trained::least().assessment, {}).empty());
}

TEST(TrainingWords, TellDistancesFromTheirNoise) {
  const auto invented = trained::judged();
  const MeanDistance limit = distance_in_the_limit(invented.assessment, 3);
  EXPECT_GT(limit.noise, 0.0);
  EXPECT_LT(limit.distance, 3.0 * limit.noise);
  const MeanDistance narrow = distance_at(invented.assessment, 0, 3);
  // 4 sin(·)/64: the bias at the narrowest width stands out of the noise of 400 networks.
  EXPECT_GT(narrow.distance, 0.03);
  EXPECT_EQ(in_words(MeanDistance{std::nan(""), std::nan("")}), "–");
  EXPECT_NEAR(deviation_at(invented.assessment, 4, 0), predicted_deviation(invented.assessment, 0),
              0.05 * predicted_deviation(invented.assessment, 0));
}

}  // namespace
}  // namespace wideproof::report
