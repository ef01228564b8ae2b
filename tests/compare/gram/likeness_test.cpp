// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/likeness.hpp>

#include <vector>

#include <gtest/gtest.h>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using Kind = Likeness::Kind;

constexpr double scale = 0.05;  // k_τ(1)

/// Three layers whose correlations rise; kernels lie between the Grams.
model::Prediction theory() {
  model::Prediction theory;
  theory.gram_scale = scale;
  for (const double c : {0.2, 0.4, 0.6}) {
    model::LayerPrediction layer;
    layer.preactivation = testing::equicorrelated(3, c - 0.1);
    layer.gram = testing::equicorrelated(3, c);
    if (c < 0.5) layer.next_kernel = testing::equicorrelated(3, c + 0.1);
    theory.layers.push_back(layer);
  }
  return theory;
}

/// The kind that matrices of these correlations look like, all times `factor`.
Likeness of(const std::vector<double>& correlations, double factor = 1.0, bool with_norms = true) {
  std::vector<Eigen::MatrixXd> grams;
  for (const double c : correlations) grams.emplace_back(factor * testing::equicorrelated(3, c));
  return likeness(theory(), predicted_layers(grams), with_norms);
}

TEST(Likeness, TellsASlipOfScale) {
  EXPECT_EQ(of({0.2, 0.4, 0.6}, scale).kind, Kind::undivided);
  EXPECT_NEAR(of({0.2, 0.4, 0.6}, scale).factor, scale, 1e-12);
  EXPECT_EQ(of({0.2, 0.4, 0.6}, 1.02 * scale).kind, Kind::undivided);
  EXPECT_EQ(of({0.2, 0.4, 0.6}, 1.0 / scale).kind, Kind::divided_twice);
  EXPECT_EQ(of({0.2, 0.4, 0.6}, 1.2 * scale).kind, Kind::none);
  EXPECT_EQ(of({0.2, 0.5, 0.6}, scale).kind, Kind::none);
}

TEST(Likeness, TellsASlipOfLayers) {
  EXPECT_EQ(of({0.1, 0.3, 0.5}).kind, Kind::own_kernel);
  EXPECT_EQ(of({0.3, 0.5, 0.7}).kind, Kind::next_kernel);
  EXPECT_EQ(of({0.4, 0.6, 0.7}).kind, Kind::next_layer);
  EXPECT_EQ(of({0.3, 0.55, 0.7}).kind, Kind::none);
  EXPECT_EQ(name_of(Kind::next_kernel), "next_kernel");
}

TEST(Likeness, OfTheTheoryIsNone) {
  EXPECT_EQ(of({0.2, 0.4, 0.6}).kind, Kind::none);
  EXPECT_EQ(of({0.205, 0.4, 0.6}).kind, Kind::none);
}

TEST(Likeness, OfCorrelationsKnowsNoScale) {
  EXPECT_EQ(of({0.3, 0.5, 0.7}, 1.0, false).kind, Kind::next_kernel);
  EXPECT_EQ(of({0.2, 0.4, 0.6}, 1.0, false).kind, Kind::none);
}

// Of one layer neither its next kernel nor the Gram after it is known.
TEST(Likeness, OfALayerAloneIsKnownByScaleAndOwnKernel) {
  auto one = theory();
  one.layers.resize(1);
  one.layers.front().next_kernel.resize(0, 0);
  const auto kind = [&](const Eigen::MatrixXd& gram) {
    return likeness(one, predicted_layers({gram})).kind;
  };
  EXPECT_EQ(kind(testing::equicorrelated(3, 0.1)), Kind::own_kernel);
  EXPECT_EQ(kind(testing::equicorrelated(3, 0.3)), Kind::none);
}

}  // namespace
}  // namespace wideproof::compare
