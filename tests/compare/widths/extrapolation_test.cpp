// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/extrapolation.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;

// Means are O(1) and the design's condition number below 100: 1e-12 covers the rounding.
constexpr double rounding = 1e-12;

Invented invented_pair() {
  Invented invented;
  invented.limit = (Eigen::MatrixXd(2, 2) << 1, 0.6, 0.6, 4).finished();
  return invented;
}

Extrapolation extrapolated(const testing::Sample& sample,
                           const std::vector<PredictedLayer>& predicted,
                           const Options& options = {}) {
  const auto columns = gram_columns(sample.series, predicted, options);
  const auto by_layer =
      series_by_layer(sample.measurement, predicted.size(), predicted.front().gram.rows());
  return extrapolate(by_layer, predicted, columns, class_means(sample.series, columns, options),
                     JudgedPairs(by_layer, predicted, sample.series.classes, options), options);
}

Extrapolation extrapolated(const Invented& invented, const Options& options = {}) {
  return extrapolated(testing::exact(invented), testing::truth(invented), options);
}

TEST(Extrapolation, RecoversTheLimitOfALine) {
  Invented invented = invented_pair();
  invented.first = 20.0;
  const Extrapolation result = extrapolated(invented);
  EXPECT_EQ(result.order, 1);
  EXPECT_LT((result.layers[0].gram.estimate.value - invented.limit).norm(), rounding);
  EXPECT_NEAR(result.layers[0].correlation.estimate.value(0, 1), 0.3, rounding);
  EXPECT_GT(result.p_value, 1.0 - 1e-6);
}

TEST(Extrapolation, HasTheStandardErrorOfTheNormalEquations) {
  // Two widths n and 2n with variances v and v/2: L = 2·mean(2n) − mean(n), Var = 4·v/2 + v = 3v.
  Invented invented = invented_pair();
  invented.widths = {100, 200};
  const Extrapolation result = extrapolated(invented);
  const double variance = 1.0 / 100.0 / 100.0;
  EXPECT_NEAR(result.layers[0].gram.estimate.standard_error(0, 0), std::sqrt(3.0 * variance),
              1e-9);  // the rounding floor adds (1e-6)² to each variance
  // Satterthwaite: parts v and 2v, so (3v)²/((v² + 4v²)/99) = 9·99/5.
  EXPECT_NEAR(result.layers[0].gram.estimate.degrees_of_freedom(0, 0), 9.0 * 99.0 / 5.0, 1e-4);
  EXPECT_FALSE(result.lack_of_fit_p);
  EXPECT_FALSE(result.guard_p_value);
}

TEST(Extrapolation, TakesAParabolaWhereLinesDoNotFit) {
  Invented invented = invented_pair();
  invented.first = 20.0;
  invented.second = 1e4;
  invented.spread = 0.1;
  const Extrapolation result = extrapolated(invented);
  EXPECT_EQ(result.order, 2);
  EXPECT_LT((result.layers[0].gram.estimate.value - invented.limit).norm(), 10 * rounding);
  EXPECT_NEAR(*result.lack_of_fit_p, 1.0, 1e-6);
  EXPECT_NEAR(*result.guard_p_value, 1.0, 1e-6);  // a cubic does not convict either
}

TEST(Extrapolation, KeepsTheLineAndItsLackOfFitWithThreeWidths) {
  Invented invented = invented_pair();
  invented.widths = {256, 512, 1024};
  invented.second = 1e4;
  invented.spread = 0.1;
  const Extrapolation result = extrapolated(invented);
  EXPECT_EQ(result.order, 1);
  EXPECT_LT(*result.lack_of_fit_p, 0.05);
}

TEST(Extrapolation, GuardsALineWithAParabola) {
  const Extrapolation result = extrapolated(invented_pair());
  EXPECT_EQ(result.order, 1);
  ASSERT_TRUE(result.guard_p_value);
  EXPECT_GT(*result.guard_p_value, 1.0 - 1e-6);
}

TEST(Extrapolation, ObeysAGivenOrder) {
  Options options;
  options.order = 0;
  const Extrapolation result = extrapolated(invented_pair(), options);
  EXPECT_EQ(result.order, 0);
  // Weights R n_i make it the mean over all N = Σ n_i neurons: variance 1/(R N).
  const double variance = 1.0 / (100.0 * (256 + 512 + 1024 + 2048 + 4096));
  EXPECT_NEAR(result.layers[0].gram.estimate.standard_error(0, 0), std::sqrt(variance), 1e-9);
  EXPECT_FALSE(result.guard_p_value);
}

TEST(Extrapolation, NeedsMoreWidthsThanTheOrder) {
  Invented invented = invented_pair();
  invented.widths = {256, 512};
  Options options;
  options.order = 2;
  EXPECT_THAT([&] { extrapolated(invented, options); },
              ::testing::ThrowsMessage<model::InputError>(
                  ::testing::StartsWith("order = 2: needs at least 3 widths, but 2")));
}

TEST(Extrapolation, AcceptsEntriesThatDoNotVary) {
  Invented invented = invented_pair();
  invented.spread = 0.0;
  const Extrapolation result = extrapolated(invented);
  EXPECT_GT(result.p_value, 1.0 - 1e-6);
  EXPECT_TRUE(result.layers[0].equivalence.holds);
}

TEST(Extrapolation, RejectsAWrongEntryThatDoesNotVary) {
  Invented invented = invented_pair();
  invented.spread = 0.0;
  auto predicted = testing::truth(invented);
  predicted[0].gram(0, 0) *= 1.05;
  const Extrapolation result = extrapolated(testing::exact(invented), predicted);
  EXPECT_LT(result.p_value, 1e-6);
  EXPECT_LT(result.classes.test.p_value, 1e-6);
  EXPECT_FALSE(result.layers[0].equivalence.holds);
}

TEST(Extrapolation, CountsTheFamilyOfAllLayers) {
  Invented invented = invented_pair();
  invented.layers = 3;
  auto predicted = testing::truth(invented);
  predicted[1].gram(0, 0) += 0.005;
  const Extrapolation result = extrapolated(testing::exact(invented), predicted);
  const MatrixComparison& gram = result.layers[1].gram;
  // Three layers of three gram entries and one correlation.
  EXPECT_NEAR(gram.p_adjusted(0, 0), std::min(1.0, 12.0 * gram.p(0, 0)), 1e-12);
  EXPECT_LT(gram.p_adjusted(0, 0), 1.0);
  EXPECT_EQ(result.p_value, gram.p_adjusted(0, 0));
  EXPECT_EQ(result.layers[0].p_value, 1.0);
}

TEST(Extrapolation, LeavesOutWhatIsNotFinite) {
  const Invented invented = invented_pair();
  testing::Sample sample = testing::exact(invented);
  sample.measurement[2].gram.mean(0, 1) = std::numeric_limits<double>::infinity();
  const Extrapolation result = extrapolated(sample, testing::truth(invented));
  EXPECT_TRUE(std::isnan(result.layers[0].gram.estimate.value(0, 1)));
  EXPECT_NEAR(result.layers[0].gram.estimate.value(0, 0), 1.0, rounding);
  EXPECT_FALSE(result.layers[0].equivalence.holds);
}

}  // namespace
}  // namespace wideproof::compare
