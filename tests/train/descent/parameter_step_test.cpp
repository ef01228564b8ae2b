// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/parameter_step.hpp>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Optimizer;
using model::TrainingOptions;

/// More than a block of parameters, and a part of one.
constexpr std::int64_t rows = 300, columns = 301;

at::Tensor some_tensor(std::uint64_t seed, at::ScalarType dtype) {
  return sim::normal_tensor(sim::NormalStream({.seed = seed, .layer = 1}), 0, rows, columns, dtype);
}

/// Some steps with gradients that are invented, from one point.
class SomeSteps {
 public:
  SomeSteps(const TrainingOptions& options, WorkerTeam& team, at::ScalarType dtype = at::kDouble)
      : dtype_(dtype), step_(options, moved(), team) {}

  void step(int number, double rate = 0.01) {
    const auto use = step_.use(rate);
    auto& into = (*use.into)[0].weights;
    if (use.keep == 0) into.zero_();  // it may hold anything
    into.add_(gradient(number), use.weight);
    step_.finish(rate);
  }

  at::Tensor gradient(int number) const {
    return some_tensor(100 + static_cast<std::uint64_t>(number), dtype_);
  }
  at::Tensor at() const { return parameters_[0].weights; }
  ParameterStep& steps() { return step_; }

 private:
  NetworkParameters& moved() {
    parameters_.resize(1);
    parameters_[0].weights = some_tensor(9, dtype_);
    return parameters_;
  }

  at::ScalarType dtype_;
  NetworkParameters parameters_;
  ParameterStep step_;
};

/// θ, g and what is remembered of one parameter, for a formula to move.
struct Scalar {
  double x = 0.0, g = 0.0, m = 0.0, v = 0.0;
  int t = 0;
};
constexpr double rate = 0.01, decay = 0.1, momentum = 0.9;

/// θ after three steps by a formula, beside the optimizer's.
void expect_formula(const TrainingOptions& options, const std::function<void(Scalar&)>& formula) {
  testing::with_team(2, [&](WorkerTeam& team) {
    SomeSteps steps(options, team);
    for (const std::int64_t entry : {std::int64_t{0}, std::int64_t{70000}, rows * columns - 1}) {
      SomeSteps fresh(options, team);
      const auto value = [&](const at::Tensor& x) { return x.data_ptr<double>()[entry]; };
      Scalar scalar;
      scalar.x = value(fresh.at());
      for (int number = 0; number < 3; ++number) {
        scalar.g = value(fresh.gradient(number));
        ++scalar.t;
        formula(scalar);
        fresh.step(number, rate);
        EXPECT_NEAR(value(fresh.at()), scalar.x, 1e-14) << number;
      }
    }
  });
}

TEST(ParameterStep, PlainDescentIsTheFormula) {
  expect_formula({.steps = 1}, [](Scalar& s) { s.x -= rate * s.g; });
}

TEST(ParameterStep, MomentumAndNesterovAreTheFormulas) {
  expect_formula({.momentum = momentum, .steps = 1}, [](Scalar& s) {
    s.m = s.t == 1 ? s.g : momentum * s.m + s.g;
    s.x -= rate * s.m;
  });
  expect_formula({.momentum = momentum, .nesterov = true, .weight_decay = decay, .steps = 1},
                 [](Scalar& s) {
                   const double g = s.g + decay * s.x;
                   s.m = s.t == 1 ? g : momentum * s.m + g;
                   s.x -= rate * (g + momentum * s.m);
                 });
}

TEST(ParameterStep, WeightDecayShrinks) {
  expect_formula({.weight_decay = decay, .steps = 1},
                 [](Scalar& s) { s.x -= rate * (s.g + decay * s.x); });
}

TEST(ParameterStep, AddsTheGradientOfParametersThatArePenalised) {
  constexpr double strength = 0.03;
  const model::RegularizerOptions l1{.kind = model::Regularizer::l1, .strength = strength};
  const model::RegularizerOptions l2{.kind = model::Regularizer::l2, .strength = strength};
  expect_formula({.regularizer = l1, .steps = 1},
                 [](Scalar& s) { s.x -= rate * (s.g + strength * (s.x > 0 ? 1 : -1)); });
  expect_formula({.regularizer = l2, .steps = 1},
                 [](Scalar& s) { s.x -= rate * (s.g + 2 * strength * s.x); });
  expect_formula({.momentum = momentum, .regularizer = l2, .steps = 1}, [](Scalar& s) {
    const double g = s.g + 2 * strength * s.x;
    s.m = s.t == 1 ? g : momentum * s.m + g;
    s.x -= rate * s.m;
  });
}

/// Kingma and Ba 2015, algorithm 1.
void adam(Scalar& s, double g) {
  s.m = 0.9 * s.m + 0.1 * g;
  s.v = 0.999 * s.v + 0.001 * g * g;
  const double m = s.m / (1 - std::pow(0.9, s.t));
  const double v = s.v / (1 - std::pow(0.999, s.t));
  s.x -= rate * m / (std::sqrt(v) + 1e-8);
}

TEST(ParameterStep, AdamAndAdamWAreTheFormulas) {
  expect_formula({.optimizer = Optimizer::adam, .weight_decay = decay, .steps = 1},
                 [](Scalar& s) { adam(s, s.g + decay * s.x); });
  // Loshchilov and Hutter 2019: decay beside the gradient.
  expect_formula({.optimizer = Optimizer::adamw, .weight_decay = decay, .steps = 1}, [](Scalar& s) {
    s.x *= 1 - rate * decay;
    adam(s, s.g);
  });
  expect_formula({.optimizer = Optimizer::adamw, .steps = 1}, [](Scalar& s) { adam(s, s.g); });
}

TEST(ParameterStep, RmspropAndAdagradAreTheFormulas) {
  expect_formula({.optimizer = Optimizer::rmsprop, .momentum = momentum, .steps = 1},
                 [](Scalar& s) {
                   s.v = 0.99 * s.v + 0.01 * s.g * s.g;
                   s.m = momentum * s.m + s.g / (std::sqrt(s.v) + 1e-8);
                   s.x -= rate * s.m;
                 });
  expect_formula({.optimizer = Optimizer::adagrad, .weight_decay = decay, .steps = 1},
                 [](Scalar& s) {
                   const double g = s.g + decay * s.x;
                   s.v += g * g;
                   s.x -= rate * g / (std::sqrt(s.v) + 1e-10);
                 });
}

TEST(ParameterStep, ClipsTheNormOfAllGradientsTogether) {
  testing::with_team(1, [](WorkerTeam& team) {
    SomeSteps clipped({.clip_norm = 2.5, .steps = 1}, team);
    const auto before = clipped.at().clone();
    clipped.step(0, 1.0);
    EXPECT_NEAR((clipped.at() - before).norm().item<double>(), 2.5, 1e-12);
    SomeSteps loose({.clip_norm = 1e6, .steps = 1}, team);
    loose.step(0, 1.0);
    EXPECT_TRUE(loose.at().equal(before - loose.gradient(0)));
  });
}

const std::vector<TrainingOptions>& all_optimizers() {
  static const std::vector<TrainingOptions> all = {
      {.steps = 1},
      {.momentum = 0.9, .nesterov = true, .clip_norm = 3, .steps = 1},
      {.optimizer = Optimizer::adam, .weight_decay = 0.1, .steps = 1},
      {.optimizer = Optimizer::adamw, .weight_decay = 0.1, .steps = 1},
      {.optimizer = Optimizer::rmsprop, .momentum = 0.5, .steps = 1},
      {.optimizer = Optimizer::adagrad, .steps = 1}};
  return all;
}

TEST(ParameterStep, HasTheSameBitsForAnyThreadsAndGoesOnFromSavedBytes) {
  for (const auto& options : all_optimizers()) {
    at::Tensor expected;
    for (const int threads : {1, 2, 3}) {
      testing::with_team(threads, [&](WorkerTeam& team) {
        SomeSteps steps(options, team, at::kFloat);
        for (int number = 0; number < 4; ++number) steps.step(number);
        if (!expected.defined()) expected = steps.at().clone();
        EXPECT_TRUE(expected.equal(steps.at())) << name_of(options.optimizer);
      });
    }
    testing::with_team(2, [&](WorkerTeam& team) {
      SomeSteps first(options, team, at::kFloat);
      for (int number = 0; number < 2; ++number) first.step(number);
      SomeSteps second(options, team, at::kFloat);
      second.at().copy_(first.at());
      second.steps().load(first.steps().save());
      for (int number = 2; number < 4; ++number) second.step(number);
      EXPECT_TRUE(expected.equal(second.at())) << name_of(options.optimizer);
    });
  }
}

// What is remembered matters: without it the same steps end elsewhere.
TEST(ParameterStep, EndsElsewhereWithoutWhatItSaved) {
  testing::with_team(1, [&](WorkerTeam& team) {
    const auto& options = all_optimizers()[2];
    SomeSteps first(options, team);
    for (int number = 0; number < 3; ++number) first.step(number);
    SomeSteps second(options, team);
    second.step(0);
    second.step(1);
    SomeSteps third(options, team);
    third.at().copy_(second.at());
    third.step(2);
    EXPECT_FALSE(first.at().equal(third.at()));
  });
}

}  // namespace
}  // namespace wideproof::train
