// SPDX-License-Identifier: MIT
#include <wideproof/compare/tangent/predicted_stack.hpp>

#include <gmock/gmock.h>

#include <wideproof/compare/tangent/names.hpp>
#include <wideproof/compare/tangent/sweep_numbers.hpp>

namespace wideproof::compare {
namespace {

using model::TangentLayers;
using model::TangentStack;
using ::testing::ElementsAre;

Eigen::MatrixXd kernel(double diagonal, double off) {
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(2, 2, off);
  matrix.diagonal().setConstant(diagonal);
  return matrix;
}

model::TangentPrediction two_layers() {
  model::TangentPrediction prediction;
  for (const double off : {0.5, 0.6}) {
    model::LayerPrediction layer;
    layer.preactivation = layer.gram = layer.correlation = kernel(1.0, off);
    layer.preactivation_deficit = layer.deficit = Eigen::MatrixXd::Ones(2, 2) - layer.gram;
    prediction.network.layers.push_back(layer);
  }
  prediction.tangents = {kernel(1.0, 0.5), kernel(2.0, 0.9)};
  prediction.output_tangent = kernel(3.0, 1.2);
  prediction.variances = {kernel(10.0, 0.0), kernel(20.0, 0.0), kernel(30.0, 0.0)};
  return prediction;
}

TEST(PredictedStack, HoldsGramsThenTangentKernelsThenTheOutputs) {
  const TangentStack stack(2, TangentLayers::all);
  const auto layers = predicted_stack(two_layers(), stack);
  ASSERT_EQ(layers.size(), 5);
  ASSERT_EQ(layers.size(), stack.size());
  EXPECT_EQ(layers[stack.gram(2)].gram(0, 1), 0.6);
  EXPECT_EQ(layers[stack.tangent(2)].gram(0, 1), 0.9);
  EXPECT_NEAR(layers[stack.tangent(2)].correlation(0, 1), 0.45, 1e-15);
  EXPECT_EQ(layers[stack.output()].gram(0, 0), 3.0);
  EXPECT_EQ(layers[stack.tangent(1)].gram_variance(0, 0), 10.0);
  EXPECT_EQ(layers[stack.output()].gram_variance(0, 0), 30.0);
  EXPECT_EQ(layers[stack.gram(1)].deficit(0, 1), 0.5);
  EXPECT_EQ(layers[stack.output()].gram_bias.size(), 0);
}

TEST(PredictedStack, OfTheOutputAloneTakesTheOutputsVariance) {
  const TangentStack stack(2, TangentLayers::output);
  const auto layers = predicted_stack(two_layers(), stack);
  ASSERT_EQ(layers.size(), 3);
  EXPECT_EQ(layers[stack.output()].gram(0, 0), 3.0);
  EXPECT_EQ(layers[stack.output()].gram_variance(0, 0), 30.0);
}

TEST(PredictedStack, HasANameForEachMatrix) {
  std::vector<std::string> keys;
  for (const auto& name : tangent_names(TangentStack(2, TangentLayers::all)))
    keys.push_back(name.key);
  EXPECT_THAT(keys, ElementsAre("1", "2", "tangent_1", "tangent_2", "tangent_output"));
  keys.clear();
  for (const auto& name : tangent_names(TangentStack(1, TangentLayers::output)))
    keys.push_back(name.key);
  EXPECT_THAT(keys, ElementsAre("1", "tangent_output"));
}

TEST(TangentNumbers, AreOfTheOutput) {
  const auto numbers = predicted_tangent_numbers(two_layers(), {});
  ASSERT_EQ(numbers.size(), 2);
  EXPECT_EQ(numbers[0].quantity, tangent_quantity());
  EXPECT_EQ(numbers[0].predicted, 3.0);
  EXPECT_EQ(numbers[1].quantity, tangent_correlation_quantity());
  EXPECT_NEAR(numbers[1].predicted, 0.4, 1e-15);
}

TEST(TangentNumbers, AreNoneWhereTheDiagonalHasNoLimit) {
  EXPECT_THAT(predicted_tangent_numbers(two_layers(), Eigen::MatrixXd::Identity(2, 2)),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace wideproof::compare
