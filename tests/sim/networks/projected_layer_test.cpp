// SPDX-License-Identifier: MIT
#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/networks/sparse_correlated_network.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

#include "../../statistical/false_alarm.hpp"
#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using ::wideproof::testing::agrees;
using ::wideproof::testing::mean_of;

SampledLaw projecting(double sparseness, bool is_signed, std::int64_t depth = 1) {
  return {.network = model::Network({.depth = depth,
                                     .activation = model::Activation::sparse_projection,
                                     .sparseness = sparseness,
                                     .is_signed = is_signed,
                                     .presynaptic = model::LateralFilter::box(3)}),
          .weight_variance = .4};
}

/// Two inputs of cosine c.
model::Inputs pair_of(double c) {
  return {"pair", (Eigen::MatrixXd(2, 2) << 1, 0, c, std::sqrt(1 - c * c)).finished()};
}

TEST(ProjectedLayer, HasTheSparsenessAndTheNormThatItIsProjectedTo) {
  for (const bool is_signed : {false, true}) {
    const auto law = projecting(.7, is_signed, 3);
    const DirectSampler direct(law, 400, to_tensor(pair_of(.3).vectors(), at::kDouble));
    const CollapsedSampler collapsed(law, 400, pair_of(.3).cosines(), at::kDouble);
    for (const auto& outputs : {direct.outputs(1, 0), collapsed.outputs(1, 0)}) {
      for (std::size_t layer = 0; layer < 3; ++layer) {
        const Eigen::MatrixXd z = to_matrix(outputs.activations[layer].to(at::kDouble));
        const Eigen::MatrixXd h = to_matrix(outputs.preactivations[layer].to(at::kDouble));
        for (Eigen::Index input = 0; input < 2; ++input) {
          EXPECT_NEAR(z.row(input).norm(), 20, 1e-10);
          EXPECT_NEAR(z.row(input).lpNorm<1>() / z.row(input).norm(), 20 * .3, 1e-10);
          EXPECT_GE((z.row(input).array() * h.row(input).array()).minCoeff(), 0);
          if (!is_signed) {
            EXPECT_GE(z.row(input).minCoeff(), 0);
          }
        }
      }
    }
  }
}

/// gram(1,2) of `layer` over networks.
template <class Sampler>
Eigen::ArrayXd grams(const Sampler& sampler, std::int64_t layer, int networks) {
  Eigen::ArrayXd values(networks);
  for (int i = 0; i < networks; ++i) {
    sampler.sample(20261127, i, 1, [&](const LayerSummary& summary) {
      if (summary.layer == layer) values(i) = summary.gram(0, 1);
    });
  }
  return values;
}

// 4 means, 2 of them twins that have to be rejected.
TEST(ProjectedLayer, OfEitherSamplerHasOneLaw) {
  constexpr std::int64_t width = 100;
  constexpr int networks = 1500;
  for (const bool is_signed : {false, true}) {
    const auto law = projecting(.6, is_signed, 2);
    const DirectSampler direct(law, width, to_tensor(pair_of(.5).vectors(), at::kDouble));
    const CollapsedSampler collapsed(law, width, pair_of(.5).cosines(), at::kDouble);
    const auto of_direct = mean_of(grams(direct, 2, networks));
    EXPECT_TRUE(agrees(of_direct - mean_of(grams(collapsed, 2, networks)), 0, 2));
    const CollapsedSampler other(projecting(.6, !is_signed, 2), width, pair_of(.5).cosines(),
                                 at::kDouble);
    EXPECT_FALSE(agrees(of_direct - mean_of(grams(other, 2, networks)), 0, 2));
  }
}

// At n = 20000, σ = .6, c = .9 the sheet prints k_α(c)/k_α(1) of the layer's own ratio: .86409654,
// signed .82023240; 1/n terms are below a tenth of the standard error of 100 networks.
TEST(ProjectedLayer, HasThePrintedGramsOfWideLayers) {
  constexpr double width = 20000;
  const double sparseness = .6 * (1 - 1 / std::sqrt(width));
  for (const bool is_signed : {false, true}) {
    const CollapsedSampler sampler(projecting(sparseness, is_signed), 20000, pair_of(.9).cosines(),
                                   at::kFloat);
    const auto measured = mean_of(grams(sampler, 1, 100));
    EXPECT_TRUE(agrees(measured, is_signed ? .82023240 : .86409654, 2));
    EXPECT_FALSE(agrees(measured, is_signed ? .86409654 : .82023240));
  }
}

// Central differences as in network_gradient_test.cpp.
TEST(ProjectedLayer, PassesGradientsOn) {
  for (const bool is_signed : {false, true}) {
    const LayerActivation activation(projecting(.4, is_signed));
    auto h = testing::some_inputs(3, 20).to(torch::kFloat64).detach().requires_grad_();
    const auto weights = torch::linspace(-1, 1, 60, torch::kFloat64).view({3, 20});
    const auto loss = [&] { return (activation(h, 1) * weights).sum(); };
    loss().backward();
    const torch::NoGradGuard no_grad;
    auto entries = h.data().view(-1);
    const auto gradient = h.grad().reshape(-1);
    for (std::int64_t i = 0; i < entries.numel(); ++i) {
      constexpr double step = 1e-6;
      const double before = entries[i].item<double>();
      entries[i] = before + step;
      const double above = loss().item<double>();
      entries[i] = before - step;
      const double below = loss().item<double>();
      entries[i] = before;
      EXPECT_NEAR(gradient[i].item<double>(), (above - below) / (2 * step), 1e-6);
    }
    EXPECT_GT(testing::largest(h.grad()), 1e-2);
  }
}

TEST(ProjectedLayer, IsTheSameOnAnyNumberOfThreads) {
  const CollapsedSampler sampler(projecting(.8, true, 2), 30000, pair_of(.2).cosines(), at::kFloat);
  const auto gram = [&](int threads) {
    Eigen::MatrixXd last;
    sampler.sample(3, 1, threads, [&](const LayerSummary& summary) { last = summary.gram; });
    return last;
  };
  EXPECT_EQ(gram(1), gram(3));
}

}  // namespace
}  // namespace wideproof::sim
