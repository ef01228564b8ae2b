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
  EXPECT_EQ(of({0.2, 0.4, 0.6}, 1.2 * scale).kind, Kind::scaled);
  EXPECT_EQ(of({0.2, 0.5, 0.6}, scale).kind, Kind::none);
}

TEST(Likeness, TellsAnyCommonFactor) {
  for (const double factor : {0.5, 1.05, 7.0, 1e6}) {
    const Likeness scaled = of({0.2, 0.4, 0.6}, factor);
    EXPECT_EQ(scaled.kind, Kind::scaled) << factor;
    EXPECT_NEAR(scaled.factor, factor, 1e-12 * factor);
  }
  EXPECT_EQ(of({0.2, 0.5, 0.6}, 7.0).kind, Kind::none);
  EXPECT_EQ(of({0.2, 0.4, 0.6}, 7.0, false).kind, Kind::none);
}

TEST(Likeness, TellsLayersInAnotherOrder) {
  EXPECT_EQ(of({0.6, 0.4, 0.2}).kind, Kind::reordered);
  EXPECT_EQ(of({0.4, 0.6, 0.2}).kind, Kind::reordered);  // nor is the third the Gram of a fourth
  EXPECT_EQ(of({0.4, 0.4, 0.2}).kind, Kind::none);
  EXPECT_EQ(of({0.6, 0.4, 0.2}, 1.0, false).kind, Kind::reordered);
}

TEST(Likeness, OfKernelsIsToldInTheirTerms) {
  const std::vector<double> kernels = {0.3, 0.5, 0.7};  // of the layers after each one
  const auto among = [&](const std::vector<double>& correlations, double factor = 1.0) {
    std::vector<Eigen::MatrixXd> theirs, own;
    for (const double c : kernels) theirs.emplace_back(testing::equicorrelated(3, c));
    for (const double c : correlations) own.emplace_back(factor * testing::equicorrelated(3, c));
    return likeness_of_kernels(theory(), theirs, own);
  };
  EXPECT_EQ(among(kernels).kind, Kind::none);
  EXPECT_EQ(among(kernels, 3.0).kind, Kind::scaled);
  EXPECT_EQ(among(kernels, scale).kind, Kind::undivided);
  EXPECT_TRUE(among(kernels, scale).of_kernels);
  EXPECT_EQ(among({0.1, 0.3, 0.5}).kind, Kind::own_kernel);
  EXPECT_EQ(among({0.2, 0.4, 0.6}).kind, Kind::gram);
  EXPECT_EQ(among({0.7, 0.5, 0.3}).kind, Kind::reordered);
  EXPECT_EQ(among({0.5, 0.7, 0.8}).kind, Kind::next_layer);
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
