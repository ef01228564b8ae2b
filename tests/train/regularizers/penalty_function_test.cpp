// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/penalty_function.hpp>

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/train/regularizers/activation_penalty.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Regularizer;

TEST(PenaltyFunction, IsThePenaltyAndItsGradientWithinAutograd) {
  for (const auto kind : {Regularizer::mean_correlation, Regularizer::t1, Regularizer::t2}) {
    for (const auto dtype : {at::kFloat, at::kDouble}) {
      const model::RegularizerOptions options{.kind = kind, .strength = 9, .a = .4, .share = .5};
      const auto x = sim::to_tensor(testing::some_field(12, 6, 1), dtype);
      const auto w = sim::to_tensor(testing::some_field(6, 8, 2), dtype).requires_grad_(true);
      const auto v = sim::to_tensor(testing::some_field(8, 2, 3), dtype).requires_grad_(true);
      const auto hidden = torch::mm(x, w).relu();
      const auto outputs = torch::mm(hidden, v);
      const auto value = activation_penalty(options, {hidden, outputs});
      (3 * value).backward();

      const std::vector<at::Tensor> layers = {hidden.detach(), outputs.detach()};
      const std::vector<at::Tensor> gradients = {torch::empty_like(layers[0]),
                                                 torch::empty_like(layers[1])};
      EXPECT_EQ(value.scalar_type(), dtype);
      EXPECT_EQ(value.item<float>(),
                static_cast<float>(ActivationPenalty(options).value(layers, 3, gradients)));
      const auto of_v = torch::mm(layers[0].t(), gradients[1]);
      const auto of_z = gradients[0] + torch::mm(gradients[1], v.detach().t());
      const auto of_w = torch::mm(x.t(), of_z * (layers[0] > 0));
      const double tolerance = dtype == at::kFloat ? 1e-5 : 1e-13;
      EXPECT_LE((v.grad() - of_v).abs().max().item<double>(), tolerance);
      EXPECT_LE((w.grad() - of_w).abs().max().item<double>(), tolerance);
      EXPECT_GT(w.grad().abs().max().item<double>(), 1e-3);
    }
  }
}

TEST(PenaltyFunction, RefusesWhatHasNoCorrelations) {
  const auto x = torch::ones({3, 2});
  for (const auto kind : {Regularizer::none, Regularizer::l1, Regularizer::l2}) {
    EXPECT_THROW(activation_penalty({.kind = kind}, {x}), std::invalid_argument);
  }
  EXPECT_THROW(activation_penalty({.kind = Regularizer::t1}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace wideproof::train
