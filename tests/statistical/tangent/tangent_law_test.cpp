// SPDX-License-Identifier: MIT
// Tangent kernels sampled without weights against their referee, autograd on the module: the joint
// law of Gram matrices and tangent kernels over the layers, at a width small enough for every
// finite-width effect to be large.
#include <wideproof/sim/tangent/tangent_sampler.hpp>

#include <string>
#include <tuple>
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

constexpr std::int64_t tangent_width = 16;
constexpr std::int64_t tangent_depth = 3;
constexpr std::int64_t networks = 6000;
constexpr double readout_variance = 1.7;
constexpr double tangent_cosine = .4;
constexpr Eigen::Index tangent_features = 4 * tangent_depth + 2;

sim::SampledLaw tangent_law(ThresholdRule rule, const LateralFilter& presynaptic = {},
                            const LateralFilter& postsynaptic = {}) {
  return {.network = model::Network({.depth = tangent_depth,
                                     .active_fraction = .35,
                                     .threshold = rule,
                                     .bias_variance = .1,
                                     .presynaptic = presynaptic,
                                     .postsynaptic = postsynaptic}),
          .weight_variance = 2.5,
          .preactivation_variance = {1, 1.2, 1.4}};
}

/// One entry on the diagonal of each matrix and the one off it.
Eigen::ArrayXd features_of(const std::vector<Eigen::MatrixXd>& matrices) {
  Eigen::ArrayXd row(2 * static_cast<Eigen::Index>(matrices.size()));
  Eigen::Index k = 0;
  for (const auto& matrix : matrices) {
    row(k++) = matrix(0, 0);
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
Eigen::ArrayXXd rows_of(const Matrices& matrices_of) {
  const sim::SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  Eigen::ArrayXXd rows(networks, tangent_features);
  for (std::int64_t replicate = 0; replicate < networks; ++replicate) {
    rows.row(replicate) = features_of(matrices_of(replicate)).transpose();
  }
  return rows;
}

Eigen::ArrayXXd collapsed_tangents(const sim::SampledLaw& law,
                                   const model::TangentOptions& options) {
  const sim::TangentSampler sampler(law, tangent_width, cosines_of_pair(tangent_cosine),
                                    torch::kFloat64, options, readout_variance);
  return rows_of([&](std::int64_t replicate) {
    std::vector<Eigen::MatrixXd> matrices;
    sampler.sample(2, replicate, 1,
                   [&](const sim::LayerSummary& shown) { matrices.push_back(shown.gram); });
    return matrices;
  });
}

TangentReferee referee_of(const sim::SampledLaw& law, const model::TangentOptions& options) {
  return {law, tangent_width, input_pair(tangent_cosine), options, readout_variance};
}

Eigen::ArrayXXd by_autograd(const sim::SampledLaw& law, const model::TangentOptions& options) {
  const auto referee = referee_of(law, options);
  return rows_of([&](std::int64_t replicate) { return referee(1, replicate); });
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

using LawCase = std::tuple<ThresholdRule, Trained>;

class TangentLaw : public ::testing::TestWithParam<LawCase> {};

TEST_P(TangentLaw, IsThatOfAutograd) {
  const auto [rule, trained] = GetParam();
  const auto law = tangent_law(rule);
  const auto sampled = collapsed_tangents(law, {.trained = trained});
  EXPECT_TRUE(same_law(by_autograd(law, {.trained = trained}), sampled));

  const auto referee = referee_of(law, {.trained = trained});
  EXPECT_FALSE(same_law(rows_of([&](std::int64_t replicate) {
                          return referee.backpropagated(1, replicate, networks + replicate);
                        }),
                        sampled));
}

INSTANTIATE_TEST_SUITE_P(ThresholdRules, TangentLaw,
                         ::testing::Combine(::testing::Values(ThresholdRule::fixed,
                                                              ThresholdRule::std,
                                                              ThresholdRule::quantile),
                                            ::testing::Values(Trained::weights)),
                         [](const auto& p) {
                           return std::string(name_of(std::get<0>(p.param))) + "_" +
                                  std::string(name_of(std::get<1>(p.param)));
                         });

}  // namespace
}  // namespace wideproof::testing
