// SPDX-License-Identifier: MIT
// Fluctuations that are known in closed form, measured at a stated width and held to three standard
// errors: were the seeds drawn anew and the code right, one of the eleven checks would fail in 3%
// of all cases. docs/statistics.md has the numbers; the tests beside this one have narrower rates.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/numeric/single_threaded_blas.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

using model::ThresholdRule;

constexpr std::int64_t fluctuation_width = 16384;
constexpr std::int64_t fluctuation_replicates = 10000;

/// What `observe` makes of the layers' summaries of one input, one number a network.
template <class Observe>
Eigen::ArrayXd observed_fluctuations(const sim::SampledLaw& law, std::int64_t neurons,
                                     std::int64_t networks, const Observe& observe) {
  constexpr std::uint64_t seed = 20240108;
  const sim::SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  const sim::CollapsedSampler sampler(law, neurons, Eigen::MatrixXd::Ones(1, 1), torch::kFloat32);
  Eigen::ArrayXd samples(networks);
  for (std::int64_t network = 0; network < networks; ++network) {
    sampler.sample(seed, network, 1, [&](const sim::LayerSummary& layer) {
      if (const auto value = observe(layer)) samples(network) = *value;
    });
  }
  return samples;
}

double standard_errors_off(const Estimate& estimate, double truth) {
  const double z = (estimate.value - truth) / estimate.standard_error;
  std::printf("measured %.6g +- %.2g, known %.6g, z = %.2f\n", estimate.value,
              estimate.standard_error, truth, z);
  return std::abs(z);
}

struct Kappa {
  double active_fraction;
  double kernel_at_one;
  ThresholdRule rule;
  double kappa;  ///< n Var Ĝ_aa / k(1)²
};

class KnownKappa : public ::testing::TestWithParam<Kappa> {};

TEST_P(KnownKappa, IsMeasuredWithinThreeStandardErrors) {
  const auto& p = GetParam();
  const sim::SampledLaw law{
      .network =
          model::Network({.depth = 1, .active_fraction = p.active_fraction, .threshold = p.rule})};
  const auto samples = observed_fluctuations(
      law, fluctuation_width, fluctuation_replicates,
      [](const sim::LayerSummary& layer) { return std::optional(layer.gram(0, 0)); });
  const auto measured =
      double{fluctuation_width} / (p.kernel_at_one * p.kernel_at_one) * variance_of(samples);
  EXPECT_LT(standard_errors_off(measured, p.kappa), 3.0);
  EXPECT_GT(standard_errors_off(measured, 1.1 * p.kappa), 3.0);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, KnownKappa,
    ::testing::Values(Kappa{.5, .5, ThresholdRule::fixed, 5}, Kappa{.5, .5, ThresholdRule::std, 5},
                      Kappa{.5, .5, ThresholdRule::quantile, 5},
                      Kappa{.3, .2001685842, ThresholdRule::fixed, 10.378022},
                      Kappa{.3, .2001685842, ThresholdRule::quantile, 9.0040373},
                      Kappa{.3, .2001685842, ThresholdRule::std, 7.8855986},
                      Kappa{.1, .03932727948, ThresholdRule::fixed, 38.586922},
                      Kappa{.1, .03932727948, ThresholdRule::quantile, 30.831666},
                      Kappa{.1, .03932727948, ThresholdRule::std, 27.655622}),
    [](const auto& p) {
      return std::string(name_of(p.param.rule)) + "AtPercent" +
             std::to_string(std::lround(100 * p.param.active_fraction));
    });

TEST(KnownFluctuation, OfThirteenCorrelatedSendersIsMeasuredWithinThreeStandardErrors) {
  const sim::SampledLaw law{.network =
                                model::Network({.depth = 2,
                                                .active_fraction = .1,
                                                .threshold = ThresholdRule::fixed,
                                                .presynaptic = model::LateralFilter::box(13)})};
  const auto samples =
      observed_fluctuations(law, fluctuation_width, fluctuation_replicates,
                            [](const sim::LayerSummary& layer) -> std::optional<double> {
                              if (layer.layer != 1) return std::nullopt;
                              return layer.presynaptic_gram(0, 0);
                            });
  const auto measured = double{fluctuation_width} * variance_of(samples);
  EXPECT_LT(standard_errors_off(measured, .22513), 3.0);
  EXPECT_GT(standard_errors_off(measured, .22513 - .02117), 3.0);  // its second-order part left out
}

TEST(KnownFluctuation, OfFourReluLayersOfFiftyIsMeasuredWithinThreeStandardErrors) {
  const sim::SampledLaw law{
      .network = model::Network({.depth = 4, .activation = model::Activation::relu}),
      .weight_variance = 2};
  const auto samples = observed_fluctuations(
      law, 50, 200000, [](const sim::LayerSummary& layer) -> std::optional<double> {
        if (layer.layer != 4) return std::nullopt;
        return std::pow(2 * layer.gram(0, 0), 2);
      });
  const auto measured = mean_of(samples);
  EXPECT_LT(standard_errors_off(measured, 1.4641), 3.0);
  EXPECT_GT(standard_errors_off(measured, std::pow(1.1, 3)), 3.0);  // a layer forgotten
}

}  // namespace
}  // namespace wideproof::testing
