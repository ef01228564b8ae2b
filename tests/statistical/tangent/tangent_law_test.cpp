// SPDX-License-Identifier: MIT
// Tangent kernels sampled without weights against their referee, autograd on the module: the joint
// law of Gram matrices and tangent kernels over the layers, at a width small enough for every
// finite-width effect to be large.
#include <wideproof/sim/tangent/tangent_sampler.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "../false_alarm.hpp"
#include "../same_law.hpp"
#include "../sampled_networks.hpp"
#include "tangent_referee.hpp"

namespace wideproof::testing {
namespace {

using model::LateralFilter;
using model::ThresholdGradient;
using model::ThresholdRule;
using model::Trained;

constexpr std::int64_t tangent_width = 10;
constexpr std::int64_t tangent_depth = 3;
constexpr double readout_variance = 1.7;
constexpr double tangent_cosine = .4;
constexpr Eigen::Index tangent_features = 4 * tangent_depth + 2;

sim::SampledLaw tangent_law(ThresholdRule rule, const LateralFilter& presynaptic = {},
                            const LateralFilter& postsynaptic = {}) {
  return {.network = model::Network({.depth = tangent_depth,
                                     .active_fraction = .2,
                                     .threshold = rule,
                                     .bias_variance = .1,
                                     .presynaptic = presynaptic,
                                     .postsynaptic = postsynaptic}),
          .weight_variance = 2.5,
          .preactivation_variance = {1, 1.2, 1.4}};
}

/// One entry on the diagonal of each matrix, whose tail is long and whose logarithm is taken, and
/// the one off it.
Eigen::ArrayXd features_of(const std::vector<Eigen::MatrixXd>& matrices) {
  Eigen::ArrayXd row(2 * static_cast<Eigen::Index>(matrices.size()));
  Eigen::Index k = 0;
  for (const auto& matrix : matrices) {
    row(k++) = std::log1p(matrix(0, 0));
    row(k++) = matrix(0, 1);
  }
  return row;
}

Eigen::ArrayXd features_of(const TangentReferee::Matrices& tensors) {
  std::vector<Eigen::MatrixXd> matrices;
  for (const auto& x : tensors) {
    matrices.push_back(Eigen::Map<const Eigen::MatrixXd>(x.data_ptr<double>(), 2, 2));
  }
  return features_of(matrices);
}

template <class Matrices>
Eigen::ArrayXXd rows_of(std::int64_t networks, const Matrices& matrices_of) {
  const sim::SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  Eigen::ArrayXXd rows(networks, tangent_features);
  for (std::int64_t replicate = 0; replicate < networks; ++replicate) {
    rows.row(replicate) = features_of(matrices_of(replicate)).transpose();
  }
  return rows;
}

Eigen::ArrayXXd without_weights(const sim::SampledLaw& law, const model::TangentOptions& options,
                                std::int64_t networks) {
  const sim::TangentSampler sampler(law, tangent_width, cosines_of_pair(tangent_cosine),
                                    torch::kFloat64, options, readout_variance);
  return rows_of(networks, [&](std::int64_t replicate) {
    std::vector<Eigen::MatrixXd> matrices;
    sampler.sample(2, replicate, 1,
                   [&](const sim::LayerSummary& shown) { matrices.push_back(shown.gram); });
    return matrices;
  });
}

TangentReferee referee_of(const sim::SampledLaw& law, const model::TangentOptions& options) {
  return {law, tangent_width, input_pair(tangent_cosine), options, readout_variance};
}

Eigen::ArrayXXd by_autograd(const sim::SampledLaw& law, const model::TangentOptions& options,
                            std::int64_t networks) {
  const auto referee = referee_of(law, options);
  return rows_of(networks, [&](std::int64_t replicate) { return referee(1, replicate); });
}

std::string name_of_rule(const ::testing::TestParamInfo<ThresholdRule>& rule) {
  return std::string(name_of(rule.param));
}

TEST(TangentReferee, AgreesWithBackpropagationByHand) {
  for (const auto trained : {Trained::weights, Trained::field}) {
    const auto referee =
        referee_of(tangent_law(ThresholdRule::std, LateralFilter::box(4), LateralFilter::box(2)),
                   {.trained = trained});
    const auto one = features_of(referee(1, 5));
    EXPECT_LE((one - features_of(referee.backpropagated(1, 5, 5))).abs().maxCoeff(), 1e-12);
    EXPECT_GE((one - features_of(referee.backpropagated(1, 5, 6))).abs().maxCoeff(), .01);
  }
}

class TangentLaw : public ::testing::TestWithParam<ThresholdRule> {};

TEST_P(TangentLaw, IsThatOfAutograd) {
  constexpr std::int64_t networks = 10000;
  const auto law = tangent_law(GetParam());
  const auto sampled = without_weights(law, {}, networks);
  EXPECT_TRUE(same_law(by_autograd(law, {}, networks), sampled));

  // Weights that forget forward what they do backward.
  const auto referee = referee_of(law, {});
  const auto forgetful = rows_of(networks, [&](std::int64_t replicate) {
    return referee.backpropagated(1, replicate, networks + replicate);
  });
  EXPECT_FALSE(same_law(forgetful, sampled));
}

TEST_P(TangentLaw, IsThatOfAutogradWithFiltersInEitherParametrisation) {
  constexpr std::int64_t networks = 4000;
  const auto law = tangent_law(GetParam(), LateralFilter::box(4), LateralFilter::box(2));
  const model::TangentOptions of_weights{.trained = Trained::weights};
  const model::TangentOptions of_field{.trained = Trained::field};
  const auto weights = without_weights(law, of_weights, networks);
  const auto field = without_weights(law, of_field, networks);
  const auto referee = by_autograd(law, of_field, networks);
  EXPECT_TRUE(same_law(by_autograd(law, of_weights, networks), weights));
  EXPECT_TRUE(same_law(referee, field));

  EXPECT_FALSE(same_law(referee, weights));
  const auto swapped = tangent_law(GetParam(), LateralFilter::box(2), LateralFilter::box(4));
  EXPECT_FALSE(same_law(referee, without_weights(swapped, of_field, networks)));
}

INSTANTIATE_TEST_SUITE_P(ThresholdRules, TangentLaw,
                         ::testing::Values(ThresholdRule::fixed, ThresholdRule::std,
                                           ThresholdRule::quantile),
                         name_of_rule);

class TangentLawThroughThresholds : public ::testing::TestWithParam<ThresholdRule> {};

TEST_P(TangentLawThroughThresholds, IsThatOfAutograd) {
  constexpr std::int64_t networks = 4000;
  constexpr model::TangentOptions through{.threshold_gradient = ThresholdGradient::through};
  for (const auto& law : {tangent_law(GetParam()),
                          tangent_law(GetParam(), LateralFilter::box(4), LateralFilter::box(2))}) {
    const auto sampled = without_weights(law, through, networks);
    EXPECT_TRUE(same_law(by_autograd(law, through, networks), sampled));
    EXPECT_FALSE(same_law(by_autograd(law, {}, networks), sampled));
  }
}

INSTANTIATE_TEST_SUITE_P(ThresholdRules, TangentLawThroughThresholds,
                         ::testing::Values(ThresholdRule::std, ThresholdRule::quantile),
                         name_of_rule);

}  // namespace
}  // namespace wideproof::testing
