// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/measured_series.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

testing::Invented two_layers() {
  testing::Invented invented;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(2, 0.5);
  return invented;
}

TEST(MeasuredSeries, GoesByLayer) {
  const auto series = series_by_layer(testing::exact(two_layers()).measurement, 2, 2);
  ASSERT_EQ(series.size(), 2u);
  EXPECT_EQ(series[1].layer, 2);
  ASSERT_EQ(series[1].widths(), 5u);
  EXPECT_EQ(series[1].at[3].width, 2048);
  EXPECT_EQ(series[1].at[3].layer, 2);
}

TEST(MeasuredSeries, HasStandardErrorsOfMeans) {
  const auto measurement = testing::exact(two_layers()).measurement;
  const MatrixEstimate mean = mean_estimate(measurement[0], Quantity::gram);
  EXPECT_NEAR(mean.standard_error(0, 1), std::sqrt(1.0 / 256.0 / 100.0), 1e-12);
  EXPECT_EQ(mean.degrees_of_freedom(0, 1), 99.0);
}

TEST(MeasuredSeries, TakesErrorsOfCorrelationsFromTheNetworksThatHaveThem) {
  auto measured = testing::exact(two_layers()).measurement[0];
  const MatrixEstimate all = mean_estimate(measured, Quantity::correlation);
  measured.silent_networks = 75;
  const MatrixEstimate some = mean_estimate(measured, Quantity::correlation);
  EXPECT_NEAR(some.standard_error(0, 1), 2 * all.standard_error(0, 1), 1e-12);
  EXPECT_EQ(some.degrees_of_freedom(0, 1), 24.0);
  EXPECT_EQ(mean_estimate(measured, Quantity::gram).degrees_of_freedom(0, 1), 99.0);
  measured.silent_networks = 100;
  measured.correlation.variance.setConstant(std::nan(""));
  const MatrixEstimate none = mean_estimate(measured, Quantity::correlation);
  EXPECT_TRUE(std::isnan(none.standard_error(0, 1)));
}

TEST(MeasuredSeries, RejectsWhatDoesNotFitThePrediction) {
  const auto measurement = testing::exact(two_layers()).measurement;
  const auto error = [](const model::Measurement& bad, std::size_t depth, Eigen::Index inputs,
                        const char* text) {
    EXPECT_THAT([&] { series_by_layer(bad, depth, inputs); },
                ThrowsMessage<model::InputError>(HasSubstr(text)));
  };
  error(measurement, 3, 2, "3 layers, but 10 (width, layer) pairs");
  error(measurement, 2, 3, "is 3 × 3, but gram at width 256, layer 1 was measured as 2 × 2");
  error({}, 2, 2, "0 (width, layer) pairs");
  auto shuffled = measurement;
  std::swap(shuffled[0], shuffled[2]);
  error(shuffled, 2, 2, "must go by width ascending");
  auto few = measurement;
  few[0].replicates = 1;
  error(few, 2, 2, "simulation.replicates = 1: must be at least 2 (width 256)");
}

}  // namespace
}  // namespace wideproof::compare
