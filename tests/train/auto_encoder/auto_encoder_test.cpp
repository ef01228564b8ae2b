// SPDX-License-Identifier: MIT
#include <wideproof/train/auto_encoder/auto_encoder.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Activation;

constexpr Eigen::Index units = 12, dimension = 9, outputs = 3;

AutoEncoder some_auto_encoder(Activation activation, std::optional<std::int64_t> kept) {
  const model::Network network({.depth = 1, .activation = activation, .sparseness = .5});
  const auto field = [](Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    return AutoEncoder::Weights(.3F * testing::some_field(rows, columns, seed).cast<float>());
  };
  return {HiddenCode(network, kept, units), field(units, dimension, 1), field(outputs, units, 2),
          field(outputs, 1, 3).col(0)};
}

Eigen::VectorXf some_input() {
  return testing::some_field(dimension, 1, 4).cast<float>().col(0);
}

Eigen::VectorXf some_class() {
  return Eigen::Vector3f(0, 1, 0);
}

struct Code {
  Activation activation;
  std::optional<std::int64_t> kept;
};

std::vector<Code> all_codes() {
  return {{Activation::tanh, std::nullopt},
          {Activation::relu, std::nullopt},
          {Activation::linear, 5},
          {Activation::sparse_projection, std::nullopt}};
}

// A step of rate η moves parameters by −η times the gradient, which central differences of the
// objective know: float32 carries 1e-7 of rounding of an objective of order 1 over 2·1e-2, and
// 1e-4 of curvature, times derivatives of order 1.
TEST(AutoEncoder, LearnsAlongItsGradient) {
  constexpr float difference = 1e-2F;
  constexpr double tolerance = 3e-3;
  for (const auto& code : all_codes()) {
    for (const double blend : {0., .4, 1.}) {
      const auto x = some_input();
      const auto y = some_class();
      auto before = some_auto_encoder(code.activation, code.kept);
      auto after = before;
      EXPECT_NEAR(after.learn(x, y, 1, blend), before.objective(x, y, blend), 1e-6);
      double largest = 0;
      const auto check = [&](float& parameter, float moved) {
        const float kept = parameter;
        parameter = kept + difference;
        const double above = before.objective(x, y, blend);
        parameter = kept - difference;
        const double below = before.objective(x, y, blend);
        parameter = kept;
        const double gradient = (above - below) / (2 * difference);
        EXPECT_NEAR(kept - moved, gradient, tolerance);
        largest = std::max(largest, std::abs(gradient));
      };
      for (Eigen::Index i = 0; i < before.weights.size(); ++i)
        check(before.weights.data()[i], after.weights.data()[i]);
      for (Eigen::Index i = 0; i < before.readout.size(); ++i)
        check(before.readout.data()[i], after.readout.data()[i]);
      for (Eigen::Index i = 0; i < outputs; ++i) check(before.biases[i], after.biases[i]);
      EXPECT_GT(largest, 0.05);
    }
  }
}

TEST(AutoEncoder, HasNoCorrelationWithAConstantInput) {
  auto network = some_auto_encoder(Activation::tanh, std::nullopt);
  const Eigen::VectorXf constant = Eigen::VectorXf::Ones(dimension);
  network.forward(constant);
  EXPECT_EQ(network.correlation(constant), 0);
  const auto weights = network.weights;
  network.learn(constant, some_class(), .1, 0);
  EXPECT_TRUE(network.weights.allFinite());
  EXPECT_EQ(network.weights, weights);
}

TEST(AutoEncoder, ProjectsColumnsAndKeepsTheirNorms) {
  auto network = some_auto_encoder(Activation::tanh, std::nullopt);
  network.weights.row(3).setZero();
  const auto before = network.weights;
  network.project_columns(.75);
  for (Eigen::Index unit = 0; unit < units; ++unit) {
    const auto row = network.weights.row(unit);
    EXPECT_NEAR(row.norm(), before.row(unit).norm(), 1e-6);
    if (unit == 3) continue;
    EXPECT_NEAR((3 - row.lpNorm<1>() / row.norm()) / 2, .75, 1e-6);
    EXPECT_GE((row.array() * before.row(unit).array()).minCoeff(), 0);
  }
}

TEST(HiddenCode, KeepsTheLargest) {
  const model::Network network({.depth = 1, .activation = Activation::linear});
  HiddenCode code(network, 2, 4);
  code.encode(Eigen::Vector4f(1, -3, 2, -2));
  EXPECT_EQ(code.values(), Eigen::Vector4f(0, -3, 2, 0));  // of equals the first
  EXPECT_EQ(code.active(), (std::vector<Eigen::Index>{1, 2}));
  EXPECT_THROW(HiddenCode(network, 5, 4), model::InputError);
  EXPECT_THROW(HiddenCode(network, std::nullopt, 4), model::InputError);
}

TEST(HiddenCode, RefusesOtherActivations) {
  EXPECT_THROW(
      HiddenCode(model::Network({.depth = 1, .activation = Activation::erf}), std::nullopt, 4),
      model::InputError);
}

}  // namespace
}  // namespace wideproof::train
