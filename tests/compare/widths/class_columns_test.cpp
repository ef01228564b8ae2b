// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/class_columns.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>
#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

testing::Invented two_layers() {
  testing::Invented invented;
  invented.layers = 2;
  invented.limit = (Eigen::MatrixXd(2, 2) << 1, 0.6, 0.6, 4).finished();
  return invented;
}

TEST(ClassColumns, GoByLayerAndClass) {
  const auto predicted = testing::truth(two_layers());
  const auto series = testing::exact(two_layers()).series;
  const auto gram = gram_columns(series, predicted, {});
  ASSERT_EQ(gram.size(), 4u);
  EXPECT_EQ(name_of(gram[2]), "layer 2, the norm");
  EXPECT_EQ(name_of(gram[3]), "layer 2, entries like gram(1,2)");
  EXPECT_EQ(gram[3].column, 3);
  EXPECT_DOUBLE_EQ(gram[2].predicted, 2.5);
  EXPECT_DOUBLE_EQ(gram[3].scale, 2.0);
  const auto correlation = correlation_columns(series, predicted, {});
  ASSERT_EQ(correlation.size(), 2u);
  EXPECT_EQ(name_of(correlation[0]), "layer 1, entries like correlation(1,2)");
  EXPECT_DOUBLE_EQ(correlation[0].predicted, 0.3);
}

TEST(ClassColumns, LeaveOutRareClassesButNotTheNorms) {
  testing::Invented invented = two_layers();
  invented.limit = testing::equicorrelated(2, 1e-5);
  invented.spread = 1e-3;
  const auto columns = gram_columns(testing::exact(invented).series, testing::truth(invented), {});
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[1].label, 0);
}

TEST(ClassColumns, HaveTheMeansAndTheirErrors) {
  const auto series = testing::exact(two_layers()).series;
  const auto columns = gram_columns(series, testing::truth(two_layers()), {});
  const WidthVectors means = class_means(series, columns, {});
  EXPECT_THAT(means.widths, ElementsAre(256, 512, 1024, 2048, 4096));
  EXPECT_EQ(means.weights[1], 51200.0);
  EXPECT_NEAR(means.at[0].value[1], 0.6, 1e-12);
  // The scale is 2, and the rounding stands beside: 4/(256·100) + (2e-6)².
  EXPECT_NEAR(means.at[0].covariance(1, 1), 4.0 / 25600.0 + 4e-12, 1e-14);
  EXPECT_EQ(means.at[0].degrees_of_freedom, 99.0);
}

TEST(ClassColumns, RejectSeriesThatDoNotFitTheMeasurement) {
  const testing::Sample good = testing::exact(two_layers());
  const auto predicted = testing::truth(two_layers());
  testing::Sample bad = good;
  bad.series.widths.pop_back();
  EXPECT_THAT([&] { assess(predicted, bad, {}); },
              ThrowsMessage<model::InputError>(
                  HasSubstr("hold 2 inputs at 4 widths, but 2 inputs at 5 were compared")));
  bad = good;
  bad.series.widths[1].means.conservativeResize(99, Eigen::NoChange);
  EXPECT_THAT([&] { assess(predicted, bad, {}); },
              ThrowsMessage<model::InputError>(HasSubstr(
                  "at width 512 do not fit the measurement at width 512: 99 × 4 class means")));
}

TEST(ClassColumns, ANetworkThatIsNotFiniteLeavesNothingToJudge) {
  testing::Sample sample = testing::exact(two_layers());
  sample.series.widths[3].means(7, 1) = std::numeric_limits<double>::quiet_NaN();
  const Assessment assessment = assess(testing::truth(two_layers()), sample, {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_TRUE(std::isnan(assessment.verdict.p_value));
  EXPECT_TRUE(assessment.claims.empty());
}

TEST(Claims, AreMadeOfWhatIsPredictedAlone) {
  const testing::Sample sample = testing::exact(two_layers());
  const auto whole = testing::truth(two_layers());
  EXPECT_NE(testing::claim(assess(whole, sample, {}), "fluctuation"), nullptr);
  const auto users = predicted_layers({whole[0].gram, whole[1].gram});
  const Assessment assessment = assess(users, sample, {});
  EXPECT_EQ(testing::claim(assessment, "fluctuation"), nullptr);
  EXPECT_NE(testing::claim(assessment, "fluctuation-exponent"), nullptr);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::agree);
}

}  // namespace
}  // namespace wideproof::compare
