// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/activation_penalty.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/train/descent/worker_team.hpp>
#include <wideproof/train/regularizers/spanning_tree.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Regularizer;
using model::RegularizerOptions;

constexpr auto kinds = {Regularizer::mean_correlation, Regularizer::t1, Regularizer::t2};

at::Tensor some_layer(std::int64_t samples, std::int64_t width, std::uint64_t seed,
                      at::ScalarType dtype = at::kDouble) {
  return sim::to_tensor(testing::some_field(samples, width, seed), dtype);
}

/// Two hidden layers, with a shared part so that neurons correlate, and outputs.
std::vector<at::Tensor> some_layers(std::int64_t samples = 11) {
  const auto shared = some_layer(samples, 1, 9);
  return {(some_layer(samples, 7, 1) + shared).relu_(), some_layer(samples, 5, 2) - 2 * shared,
          some_layer(samples, 3, 3)};
}

struct Result {
  double value = 0.0;
  std::vector<at::Tensor> gradients;
};

Result result_of(const RegularizerOptions& options, const std::vector<at::Tensor>& layers,
                 double weight = 1, const ForEachBlock& for_each = in_turn) {
  Result result;
  for (const auto& layer : layers) result.gradients.push_back(torch::full_like(layer, NAN));
  result.value = ActivationPenalty(options, for_each).value(layers, weight, result.gradients);
  return result;
}

double largest(const at::Tensor& x) {
  return x.abs().max().item<double>();
}

/// Correlations by LibTorch's own, dead neurons aside.
at::Tensor reference_correlations(const at::Tensor& activations) {
  return torch::corrcoef(activations.t());
}

TEST(ActivationPenalty, HasTheValuesOfItsDefinition) {
  const auto layers = some_layers();
  const auto rho = reference_correlations(torch::cat(layers, 1));
  std::vector<double> w;
  for (const auto& edge : spanning_tree(rho)) {
    w.push_back(1 - std::abs(rho[edge.from][edge.to].item<double>()));
  }
  const auto weights = torch::tensor(w, torch::kDouble);
  const auto value = [&](Regularizer kind, double a = .5) {
    return ActivationPenalty({.kind = kind, .a = a}).value(layers);
  };
  EXPECT_NEAR(value(Regularizer::t1), -weights.sum().item<double>(), 1e-12);
  const double mean = weights.mean().item<double>();
  const double spread = weights.std(/*unbiased=*/false).item<double>();
  EXPECT_NEAR(value(Regularizer::t2), .5 * spread - .5 * mean, 1e-13);
  EXPECT_NEAR(value(Regularizer::t2, .2), .2 * spread - .8 * mean, 1e-13);
  const double pairs = (rho.abs().sum().item<double>() - 15) / (15 * 14);
  EXPECT_NEAR(value(Regularizer::mean_correlation), pairs, 1e-13);
}

// A central difference of a value of order 10 carries 1e-16·10/1e-6 = 1e-9 of rounding and 1e-12
// of curvature times derivatives of order 10; no tree changes within 1e-6.
TEST(ActivationPenalty, HasTheGradientOfFiniteDifferences) {
  constexpr double difference = 1e-6;
  for (const auto kind : kinds) {
    for (const double a : {0.0, 0.3, 1.0}) {
      if (kind != Regularizer::t2 && a > 0) continue;
      const RegularizerOptions options{.kind = kind, .a = a};
      auto layers = some_layers();
      const auto result = result_of(options, layers, 2);
      ActivationPenalty penalty(options);
      double worst = 0;
      for (std::size_t l = 0; l < layers.size(); ++l) {
        auto* entry = layers[l].data_ptr<double>();
        const auto* gradient = result.gradients[l].data_ptr<double>();
        for (std::int64_t i = 0; i < layers[l].numel(); ++i) {
          const double before = entry[i];
          entry[i] = before + difference;
          const double above = penalty.value(layers);
          entry[i] = before - difference;
          const double below = penalty.value(layers);
          entry[i] = before;
          worst = std::max(worst, std::abs((above - below) / difference - gradient[i]));
        }
        EXPECT_GT(largest(result.gradients[l]), 1e-3);
      }
      EXPECT_LE(worst, 1e-7) << name_of(kind);
      EXPECT_EQ(result.value, penalty.value(layers));
    }
  }
}

TEST(ActivationPenalty, DoesNotDependOnTheOrderOfNeurons) {
  const auto order = torch::tensor({4, 0, 6, 2, 5, 1, 3}, torch::kLong);
  for (const auto kind : kinds) {
    const auto layers = some_layers();
    auto permuted = layers;
    permuted[0] = layers[0].index_select(1, order);
    const auto one = result_of({.kind = kind}, layers);
    const auto other = result_of({.kind = kind}, permuted);
    EXPECT_NEAR(one.value, other.value, 1e-13);
    EXPECT_LE(largest(one.gradients[0].index_select(1, order) - other.gradients[0]), 1e-14);
    EXPECT_LE(largest(one.gradients[1] - other.gradients[1]), 1e-14);
  }
}

TEST(ActivationPenalty, GivesDeadNeuronsADistanceOfOneAndNoGradient) {
  for (const auto kind : kinds) {
    const auto layers = some_layers();
    const auto alone = result_of({.kind = kind}, layers);
    for (const double constant : {0.0, 0.1, -1e30}) {
      auto with = layers;
      with[0] = torch::cat({layers[0], torch::full({11, 2}, constant, torch::kDouble)}, 1);
      const auto result = result_of({.kind = kind}, with);
      EXPECT_EQ(largest(result.gradients[0].narrow(1, 7, 2)), 0);
      const auto living = result.gradients[0].narrow(1, 0, 7);
      EXPECT_TRUE(torch::isfinite(living).all().item<bool>());
      if (kind == Regularizer::t2) continue;  // its mean and std see the edges of weight 1
      EXPECT_LE(largest(living - alone.gradients[0]), 1e-14);
      EXPECT_NEAR(result.value, alone.value - (kind == Regularizer::t1 ? 2 : 0), 1e-13);
    }
    auto dead = layers;
    for (auto& layer : dead) layer.fill_(.3);
    const auto result = result_of({.kind = kind}, dead);
    EXPECT_EQ(result.value, kind == Regularizer::t1                 ? -14
                            : kind == Regularizer::mean_correlation ? 0
                                                                    : -.5);
    for (const auto& gradient : result.gradients) EXPECT_EQ(largest(gradient), 0);
  }
}

TEST(ActivationPenalty, GivesDuplicatesADistanceOfZero) {
  for (const auto dtype : {at::kFloat, at::kDouble}) {
    auto layer = some_layer(20, 1, 4, dtype);
    layer = torch::cat({layer, layer, -layer, 4 * layer}, 1);
    const std::vector<at::Tensor> layers = {layer.narrow(1, 0, 3).contiguous(),
                                            layer.narrow(1, 3, 1).contiguous()};
    EXPECT_EQ(result_of({.kind = Regularizer::t1}, layers).value, 0);
    EXPECT_EQ(result_of({.kind = Regularizer::t2}, layers).value, 0);
    for (const auto kind : kinds) {
      const auto result = result_of({.kind = kind}, layers);
      for (const auto& gradient : result.gradients) {
        // z_j − ρ z_i vanishes but for rounding.
        EXPECT_LE(largest(gradient), dtype == at::kFloat ? 1e-6 : 1e-14) << name_of(kind);
      }
    }
  }
}

TEST(ActivationPenalty, IsFiniteWhereAllDistancesAreEqual) {
  // Two neurons: a tree of one edge, of standard deviation 0.
  const std::vector<at::Tensor> layers = {some_layer(9, 1, 1), some_layer(9, 1, 2)};
  const auto result = result_of({.kind = Regularizer::t2}, layers);
  const double rho = reference_correlations(torch::cat(layers, 1))[0][1].item<double>();
  EXPECT_NEAR(result.value, -.5 * (1 - std::abs(rho)), 1e-15);
  for (const auto& gradient : result.gradients) {
    EXPECT_TRUE(torch::isfinite(gradient).all().item<bool>());
    EXPECT_GT(largest(gradient), 0);
  }
  // One neuron: no tree.
  for (const auto kind : kinds) {
    const auto single = result_of({.kind = kind}, {some_layer(9, 1, 1)});
    EXPECT_EQ(single.value, 0);
    EXPECT_EQ(largest(single.gradients[0]), 0);
  }
}

TEST(ActivationPenalty, TakesTheMostActiveNeuronsOfEachHiddenLayer) {
  auto layers = some_layers();
  layers[0].select(1, 4).mul_(10);
  layers[0].select(1, 2).mul_(-20);
  for (const auto kind : kinds) {
    const auto two = result_of({.kind = kind, .neurons = 2}, layers);
    EXPECT_NE(two.value, result_of({.kind = kind}, layers).value);
    const auto share = result_of({.kind = kind, .share = .3}, {layers[0], layers[2]});
    const auto expected =
        result_of({.kind = kind},
                  {torch::stack({layers[0].select(1, 2), layers[0].select(1, 4)}, 1), layers[2]});
    EXPECT_EQ(share.value, expected.value);
    EXPECT_TRUE(share.gradients[0].select(1, 2).equal(expected.gradients[0].select(1, 0)));
    EXPECT_TRUE(share.gradients[0].select(1, 4).equal(expected.gradients[0].select(1, 1)));
    EXPECT_TRUE(share.gradients[1].equal(expected.gradients[1]));
    for (const std::int64_t left_out : {0, 1, 3, 5, 6}) {
      EXPECT_EQ(largest(share.gradients[0].select(1, left_out)), 0);
    }
  }
}

TEST(ActivationPenalty, HasTheSameBitsHoweverBlocksAreSharedOut) {
  const std::vector<at::Tensor> layers = {some_layer(64, 330, 1, at::kFloat),
                                          some_layer(64, 270, 2, at::kFloat),
                                          some_layer(64, 10, 3, at::kFloat)};
  for (const auto kind : kinds) {
    const auto one = result_of({.kind = kind}, layers);
    for (const int threads : {2, 3}) {
      testing::with_team(threads, [&](WorkerTeam& team) {
        const auto other = result_of({.kind = kind}, layers, 1, [&](auto blocks, const auto& work) {
          team.for_each(blocks, work);
        });
        EXPECT_EQ(one.value, other.value);
        for (std::size_t l = 0; l < layers.size(); ++l) {
          EXPECT_TRUE(one.gradients[l].equal(other.gradients[l]));
        }
      });
    }
    // Single precision finds the same up to its rounding of 6e-8 in each of some 600 edges.
    std::vector<at::Tensor> in_double;
    for (const auto& layer : layers) in_double.push_back(layer.to(at::kDouble));
    EXPECT_NEAR(one.value / result_of({.kind = kind}, in_double).value, 1, 1e-6);
  }
}

// Dividing by norms first and then replacing what is not a number by 0, as the published code
// does: the backward pass multiplies the zero gradients of a dead neuron's correlations by its z,
// which is not a number, and every neuron of the layer gets the sum.
TEST(ActivationPenalty, KeepsTheGradientThatDividingFirstLoses) {
  const auto layers = some_layers();
  const auto with_dead = torch::cat({layers[0], torch::full({11, 1}, .25, torch::kDouble)}, 1);
  const auto published = with_dead.clone().requires_grad_(true);
  const auto centred = published - published.mean(0, /*keepdim=*/true);
  const auto z = centred / centred.norm(2, 0, /*keepdim=*/true);
  const auto divided = torch::mm(z.t(), z);
  const auto rho = torch::where(torch::isnan(divided), torch::zeros_like(divided), divided);
  auto t1 = torch::zeros({}, torch::kDouble);
  for (const auto& edge : spanning_tree(rho.detach().contiguous())) {
    t1 = t1 - (1 - rho[edge.from][edge.to].abs());
  }
  const auto ours = result_of({.kind = Regularizer::t1}, {with_dead});
  EXPECT_NEAR(t1.item<double>(), ours.value, 1e-13);
  t1.backward();
  EXPECT_TRUE(torch::isnan(published.grad()).all().item<bool>());
  EXPECT_TRUE(torch::isfinite(ours.gradients[0]).all().item<bool>());
  for (std::int64_t neuron = 0; neuron < 7; ++neuron) {
    EXPECT_GT(largest(ours.gradients[0].select(1, neuron)), 1e-3);
  }
}

TEST(ActivationPenalty, RefusesOneSampleAndMoreNeuronsThanThereAre) {
  const auto refusal = [](const RegularizerOptions& options, std::int64_t samples) {
    try {
      ActivationPenalty(options).value(some_layers(samples));
    } catch (const model::InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  for (const auto kind : kinds) {
    EXPECT_THAT(refusal({.kind = kind}, 1),
                ::testing::AllOf(::testing::StartsWith("training.regularizer.kind"),
                                 ::testing::HasSubstr("at least 2 inputs")));
    EXPECT_EQ(refusal({.kind = kind}, 2), "");
  }
  EXPECT_EQ(refusal({.kind = Regularizer::t1, .neurons = 5}, 9), "");
  EXPECT_THAT(refusal({.kind = Regularizer::t1, .neurons = 6}, 9),
              ::testing::StartsWith("training.regularizer.neurons = 6: must not exceed the 5"));
}

}  // namespace
}  // namespace wideproof::train
