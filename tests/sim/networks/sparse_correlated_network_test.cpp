// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/sparse_correlated_network.hpp>

#include <sstream>

#include <gmock/gmock.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/model/input_error.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::LateralFilter;
using testing::some_inputs;

SparseCorrelatedNetworkOptions network_options(double bias_variance = .5) {
  const model::Network network({.depth = 3,
                                .active_fraction = .2,
                                .bias_variance = bias_variance,
                                .presynaptic = LateralFilter::box(3),
                                .postsynaptic = LateralFilter::box(2)});
  return SparseCorrelatedNetworkOptions(5, 8).law({.network = network, .weight_variance = 4});
}

std::vector<torch::Tensor> copies(const SparseCorrelatedNetwork& network) {
  std::vector<torch::Tensor> result;
  for (const auto& parameter : network->parameters()) result.push_back(parameter.detach().clone());
  return result;
}

void expect_equal(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(torch::equal(a[i], b[i])) << i;
}

std::vector<std::string> described(const SparseCorrelatedNetwork& network) {
  std::vector<std::string> result;
  for (const auto& parameter : network->named_parameters()) {
    std::ostringstream text;
    text << parameter.key() << ' ' << parameter.value().sizes();
    result.push_back(text.str());
  }
  return result;
}

TEST(SparseCorrelatedNetwork, RegistersItsWeightsAndBiases) {
  EXPECT_THAT(described(SparseCorrelatedNetwork(network_options())),
              ::testing::UnorderedElementsAre("weight1 [8, 5]", "weight2 [8, 8]", "bias2 [8]",
                                              "weight3 [8, 8]", "bias3 [8]"));
  EXPECT_THAT(
      described(SparseCorrelatedNetwork(network_options(0))),
      ::testing::UnorderedElementsAre("weight1 [8, 5]", "weight2 [8, 8]", "weight3 [8, 8]"));
}

TEST(SparseCorrelatedNetwork, SeedAndReplicateNameTheNetwork) {
  const auto network = copies(SparseCorrelatedNetwork(network_options().seed(1).replicate(2)));
  expect_equal(network, copies(SparseCorrelatedNetwork(network_options().seed(1).replicate(2))));
  for (const auto& other :
       {network_options().seed(2).replicate(2), network_options().seed(1).replicate(3)}) {
    const auto others = copies(SparseCorrelatedNetwork(other));
    for (std::size_t i = 0; i < network.size(); ++i) {
      EXPECT_FALSE(torch::equal(network[i], others[i]));
    }
  }
}

TEST(SparseCorrelatedNetwork, ResetDrawsTheSameBitsAgain) {
  SparseCorrelatedNetwork network(network_options());
  const auto before = copies(network);
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : network->parameters()) parameter.zero_();
  }
  network->reset();
  expect_equal(copies(network), before);
}

TEST(SparseCorrelatedNetwork, ForwardFollowsTheEquationOfTheNetwork) {
  SparseCorrelatedNetwork network(network_options().dtype(torch::kFloat64));
  const auto x = some_inputs(4, 5);
  const auto outputs = network->forward(x);
  ASSERT_EQ(outputs.preactivations.size(), 3U);
  ASSERT_EQ(outputs.activations.size(), 3U);
  auto z = x;
  const auto parameters = network->named_parameters();
  for (std::size_t l = 1; l <= 3; ++l) {
    const auto number = std::to_string(l);
    auto h = torch::mm(z, parameters["weight" + number].t());
    if (l > 1) h = h + parameters["bias" + number];
    EXPECT_LE(testing::largest_difference(outputs.preactivations[l - 1], h), 1e-14);
    z = torch::relu(h - torch::quantile(h, .8, -1, true));
    EXPECT_LE(testing::largest_difference(outputs.activations[l - 1], z), 1e-14);
  }
}

TEST(SparseCorrelatedNetwork, CloneCarriesChangedParametersAndSharesNone) {
  SparseCorrelatedNetwork network(network_options());
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : network->parameters()) parameter.mul_(1.5);
  }
  const auto before = copies(network);
  const auto x = some_inputs(4, 5, torch::kFloat32);
  auto clone = SparseCorrelatedNetwork(
      std::dynamic_pointer_cast<SparseCorrelatedNetworkImpl>(network->clone()));
  expect_equal(copies(clone), before);
  EXPECT_TRUE(torch::equal(clone->forward(x).activations[2], network->forward(x).activations[2]));
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : clone->parameters()) parameter.zero_();
  }
  expect_equal(copies(network), before);
  EXPECT_EQ(testing::largest(clone->forward(x).preactivations[0]), 0);
}

TEST(SparseCorrelatedNetwork, ConvertsToAnotherType) {
  SparseCorrelatedNetwork network(network_options());
  EXPECT_EQ(network->weights[0].scalar_type(), torch::kFloat32);
  const auto x = some_inputs(4, 5);
  const auto narrow = network->forward(x.to(torch::kFloat32)).preactivations[2];
  network->to(torch::kFloat64);
  const auto wide = network->forward(x).preactivations[2];
  EXPECT_EQ(wide.scalar_type(), torch::kFloat64);
  // Three layers of sums of 8 products of size about 1.
  EXPECT_LE(testing::largest_difference(narrow, wide), 256 * testing::epsilon(torch::kFloat32));
}

TEST(SparseCorrelatedNetwork, PrintsItsOptions) {
  std::ostringstream text;
  text << SparseCorrelatedNetwork(network_options());
  EXPECT_EQ(text.str(),
            "wideproof::sim::SparseCorrelatedNetwork(in_features=5, width=8, depth=3, "
            "activation=thresholded-relu, active_fraction=0.2, threshold=quantile, "
            "presynaptic=box, postsynaptic=box)");
}

TEST(SparseCorrelatedNetwork, RefusesImpossibleSizes) {
  EXPECT_THROW(SparseCorrelatedNetwork(SparseCorrelatedNetworkOptions(0, 4)), model::InputError);
  EXPECT_THROW(SparseCorrelatedNetwork(SparseCorrelatedNetworkOptions(4, 0)), model::InputError);
  auto narrow = network_options();
  narrow.width(2);
  EXPECT_THROW(SparseCorrelatedNetwork{narrow}, model::InputError);
}

}  // namespace
}  // namespace wideproof::sim
