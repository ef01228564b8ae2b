// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/predicted_layer.hpp>

#include <limits>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Eigen::MatrixXd two_by_two(double aa, double ab, double ba, double bb) {
  return (Eigen::MatrixXd(2, 2) << aa, ab, ba, bb).finished();
}

TEST(PredictedLayer, DerivesTheCorrelation) {
  const auto layers = predicted_layers({two_by_two(4, 3, 3, 9)});
  EXPECT_DOUBLE_EQ(layers[0].correlation(0, 1), 0.5);
  EXPECT_DOUBLE_EQ(layers[0].correlation(1, 0), 0.5);
  EXPECT_EQ(layers[0].correlation(0, 0), 1.0);
}

TEST(PredictedLayer, TakesATheoryPrediction) {
  model::Prediction prediction;
  prediction.layers.resize(2);
  prediction.layers[0].gram = two_by_two(1, 0.5, 0.5, 1);
  prediction.layers[1].gram = two_by_two(1, 0.7, 0.7, 1);
  const auto layers = predicted_layers(prediction);
  ASSERT_EQ(layers.size(), 2u);
  EXPECT_DOUBLE_EQ(layers[1].gram(0, 1), 0.7);
  EXPECT_EQ(layers[1].gram_variance.size(), 0);
}

TEST(PredictedLayer, TakesTheFluctuationsThatArePredicted) {
  model::Prediction prediction;
  prediction.layers.resize(1);
  prediction.layers[0].gram = two_by_two(1, 0.5, 0.5, 1);
  prediction.fluctuation.layers.resize(1);
  prediction.fluctuation.layers[0].gram_variance = two_by_two(3, 2, 2, 3);
  prediction.fluctuation.layers[0].correlation_variance = two_by_two(0, 1, 1, 0);
  const auto layers = predicted_layers(prediction);
  EXPECT_EQ(layers[0].gram_variance(0, 1), 2.0);
  EXPECT_EQ(layers[0].correlation_variance(0, 1), 1.0);
  EXPECT_EQ(layers[0].gram_bias.size(), 0);
}

TEST(PredictedLayer, NamesTheLayerThatCannotBeAPrediction) {
  const Eigen::MatrixXd good = two_by_two(1, 0.5, 0.5, 1);
  const auto error = [&](const Eigen::MatrixXd& bad, const char* text) {
    EXPECT_THAT(
        [&] {
          predicted_layers({good, bad});
        },
        ThrowsMessage<model::InputError>(
            ::testing::AllOf(HasSubstr("compare.prediction, layer 2"), HasSubstr(text))));
  };
  error(Eigen::MatrixXd::Ones(2, 3), "2 × 3: must be square");
  error(two_by_two(0, 0, 0, 1), "gram(1,1) = 0: a mean square must be positive");
  error(two_by_two(1, 0.5, 0.4, 1), "must be symmetric");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  error(two_by_two(1, nan, nan, 1), "gram(1,2) = nan: must be finite");
  error(two_by_two(1, 1.1, 1.1, 1), "gram(1,2) = 1.1: is a correlation of 1.1");
  error(two_by_two(4, -2.1, -2.1, 1), "gram(1,2) = -2.1: is a correlation of -1.05");
  error(1e200 * good, "gram(1,1) = 1e+200: a mean square must lie in [3.4e-136, 2.9e+135]");
  error(1e-200 * good, "gram(1,1) = 1e-200: a mean square must lie in");
  // Coinciding inputs in float32.
  EXPECT_NO_THROW(predicted_layers({two_by_two(1, 1 + 1e-7, 1 + 1e-7, 1)}));
}

}  // namespace
}  // namespace wideproof::compare
