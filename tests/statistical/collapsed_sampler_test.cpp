// SPDX-License-Identifier: MIT
// The collapsed sampler against its referee, the direct one: the joint law of what P inputs see of
// a network, layer upon layer, at a width small enough for every finite-width effect to be large.
#include <wideproof/sim/networks/collapsed_sampler.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/networks/direct_sampler.hpp>

#include "false_alarm.hpp"
#include "same_law.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Sheet;
using model::ThresholdRule;

constexpr std::int64_t width = 24;
constexpr std::int64_t depth = 3;
constexpr std::int64_t replicates = 6000;

using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Rows to_rows(const torch::Tensor& x) {
  return Eigen::Map<const Rows>(x.data_ptr<double>(), x.size(0), x.size(1));
}

/// Of one network: each layer's Gram of pre-activations and of activations, the covariance of
/// neighbours one and four neurons apart and of a neuron's two inputs, and a fourth moment.
Eigen::ArrayXd features(const sim::LayerOutputs& outputs) {
  std::vector<double> all;
  for (std::size_t l = 0; l < outputs.activations.size(); ++l) {
    const Rows h = to_rows(outputs.preactivations[l]);
    const Rows z = to_rows(outputs.activations[l]);
    const auto moved = [&](Eigen::Index by) -> Eigen::ArrayXd {
      Eigen::ArrayXd row(width);
      for (Eigen::Index i = 0; i < width; ++i) row(i) = h(1, (i + by) % width);
      return row;
    };
    const Eigen::ArrayXd first = h.row(0).transpose();
    for (const auto& x : {h, z}) {
      all.push_back(x.row(0).square().mean());
      all.push_back((x.row(0) * x.row(1)).mean());
    }
    all.push_back((first * moved(1)).mean());
    all.push_back((first * moved(4)).mean());
    all.push_back(first.pow(4).mean());
    all.push_back((z.row(0) > 0).cast<double>().mean());
  }
  return Eigen::Map<const Eigen::ArrayXd>(all.data(), static_cast<Eigen::Index>(all.size()));
}

sim::SampledLaw collapsed_law(ThresholdRule rule, Sheet sheet = Sheet::ring,
                              Activation activation = Activation::thresholded_relu) {
  return {.network = model::Network({.depth = depth,
                                     .activation = activation,
                                     .active_fraction = .3,
                                     .threshold = rule,
                                     .bias_variance = .1,
                                     .presynaptic = LateralFilter::box(4, sheet),
                                     .postsynaptic = LateralFilter::box(2, sheet)}),
          .weight_variance = 2.5,
          .preactivation_variance = {1, 1.2, 1.4}};
}

Eigen::ArrayXXd direct(const sim::SampledLaw& law) {
  const sim::DirectSampler sampler(law, width, input_pair(.4));
  return sampled_by(sampler, replicates, 8 * depth, features);
}

Eigen::ArrayXXd collapsed(const sim::SampledLaw& law) {
  const sim::CollapsedSampler sampler(law, width, cosines_of_pair(.4), torch::kFloat64);
  return sampled_by(sampler, replicates, 8 * depth, features);
}

class CollapsedSampler : public ::testing::TestWithParam<ThresholdRule> {};

TEST_P(CollapsedSampler, HasTheJointLawOfTheDirectSampler) {
  const auto law = collapsed_law(GetParam());
  const auto referee = direct(law);
  EXPECT_TRUE(same_law(referee, collapsed(law)));

  auto other_variance = law;
  other_variance.weight_variance *= 1.2;
  EXPECT_FALSE(same_law(referee, collapsed(other_variance)));

  auto sides_swapped = law;
  auto options = law.network.options();
  std::swap(options.presynaptic, options.postsynaptic);
  sides_swapped.network = model::Network(options);
  EXPECT_FALSE(same_law(referee, collapsed(sides_swapped)));
}

INSTANTIATE_TEST_SUITE_P(ThresholdRules, CollapsedSampler,
                         ::testing::Values(ThresholdRule::fixed, ThresholdRule::std,
                                           ThresholdRule::quantile),
                         [](const auto& p) { return std::string(name_of(p.param)); });

TEST(CollapsedSamplerOnATorus, HasTheJointLawOfTheDirectSampler) {
  const auto law = collapsed_law(ThresholdRule::std, Sheet::torus);
  const auto referee = direct(law);
  EXPECT_TRUE(same_law(referee, collapsed(law)));
  EXPECT_FALSE(same_law(referee, collapsed(collapsed_law(ThresholdRule::std, Sheet::ring))));
}

TEST(CollapsedSamplerOfOtherActivations, HasTheJointLawOfTheDirectSampler) {
  for (const auto activation : {Activation::tanh, Activation::thresholded_step}) {
    const auto law = collapsed_law(ThresholdRule::fixed, Sheet::ring, activation);
    const auto referee = direct(law);
    EXPECT_TRUE(same_law(referee, collapsed(law))) << name_of(activation);
    const auto other = collapsed_law(ThresholdRule::fixed, Sheet::ring, Activation::erf);
    EXPECT_FALSE(same_law(referee, collapsed(other))) << name_of(activation);
  }
}

TEST(CollapsedSamplerOfMixedLayers, HasTheJointLawOfTheDirectSampler) {
  auto law = collapsed_law(ThresholdRule::quantile);
  auto options = law.network.options();
  options.layers.resize(depth);
  options.layers[0].activation = Activation::tanh;
  options.layers[1].activation = Activation::relu;
  options.layers[1].bias_variance = .4;
  law.network = model::Network(options);
  law.layer_weight_variances = {3, 1.5, 1};
  const auto referee = direct(law);
  EXPECT_TRUE(same_law(referee, collapsed(law)));
  std::swap(law.layer_weight_variances[0], law.layer_weight_variances[1]);
  EXPECT_FALSE(same_law(referee, collapsed(law)));
}

/// 1 − correlation of two inputs at the last layer of each of some networks.
template <class Sampler>
Eigen::ArrayXd distances(const Sampler& sampler) {
  Eigen::ArrayXd all(300);
  for (Eigen::Index replicate = 0; replicate < all.size(); ++replicate) {
    sampler.sample(20240108, replicate, 1, [&](const sim::LayerSummary& layer) {
      const auto& g = layer.gram;
      all(replicate) = 1 - g(0, 1) / std::sqrt(g(0, 0) * g(1, 1));
    });
  }
  return all;
}

// χ > 1 magnifies 1 − c from layer to layer, so what rounding does to near inputs would show.
TEST(CollapsedSamplerOfNearInputs, KeepsThemAsFarApartAsTheDirectSamplerInSinglePrecision) {
  constexpr double near = 5e-7;
  const sim::SampledLaw law{.network = model::Network({.depth = 4, .active_fraction = .1}),
                            .weight_variance = 25.43};
  const auto at = [&](double c) {
    return distances(sim::CollapsedSampler(law, 300, cosines_of_pair(c), torch::kFloat32));
  };
  const auto referee = distances(
      sim::DirectSampler(law, 300, input_pair(1 - near)));  // in double: the inputs keep apart
  EXPECT_TRUE(agrees(mean_of(at(1 - near)) - mean_of(referee), 0));
  EXPECT_FALSE(agrees(mean_of(at(1)) - mean_of(referee), 0));
  EXPECT_FALSE(agrees(mean_of(at(1 - 2 * near)) - mean_of(referee), 0));
}

TEST(CollapsedSamplerOfUniformCorrelation, HasTheJointLawOfTheDirectSampler) {
  auto law = collapsed_law(ThresholdRule::quantile);
  auto options = law.network.options();
  options.presynaptic = LateralFilter::uniform(6);
  options.postsynaptic = LateralFilter::uniform(3);
  law.network = model::Network(options);
  const auto referee = direct(law);
  EXPECT_TRUE(same_law(referee, collapsed(law)));
  options.presynaptic = LateralFilter::uniform(3);
  law.network = model::Network(options);
  EXPECT_FALSE(same_law(referee, collapsed(law)));
}

}  // namespace
}  // namespace wideproof::testing
