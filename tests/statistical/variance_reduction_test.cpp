// SPDX-License-Identifier: MIT
// Control variates have mean zero at any width, and take most of the fluctuation with them.
#include <wideproof/sim/controls/control_variates.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/networks/collapsed_sampler.hpp>

#include "false_alarm.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::LateralFilter;
using model::ThresholdRule;
using sim::LayerSummary;

constexpr std::uint64_t seed = 20240108;

struct ReducedCase {
  std::string name;
  ThresholdRule rule;
  double active_fraction;
  LateralFilter presynaptic, postsynaptic;
  double weight_variance;  ///< keeps the norm near 1
};

sim::SampledLaw reduced_law(const ReducedCase& what, std::int64_t depth) {
  return {.network = model::Network({.depth = depth,
                                     .active_fraction = what.active_fraction,
                                     .threshold = what.rule,
                                     .bias_variance = .05,
                                     .presynaptic = what.presynaptic,
                                     .postsynaptic = what.postsynaptic}),
          .weight_variance = what.weight_variance};
}

/// One row a network, one column for each layer and distinct entry of `observe(layer)`.
template <class Observe>
Eigen::ArrayXXd sampled_layers(const sim::CollapsedSampler& sampler, std::int64_t replicates,
                               Eigen::Index inputs, std::int64_t depth, const Observe& observe) {
  const sim::SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  const Eigen::Index entries = inputs * (inputs + 1) / 2;
  Eigen::ArrayXXd rows(replicates, depth * entries);
  for (std::int64_t replicate = 0; replicate < replicates; ++replicate) {
    sampler.sample(seed, replicate, 1, [&](const LayerSummary& layer) {
      const Eigen::MatrixXd matrix = observe(layer);
      Eigen::Index k = (layer.layer - 1) * entries;
      for (Eigen::Index b = 0; b < inputs; ++b) {
        for (Eigen::Index a = 0; a <= b; ++a) rows(replicate, k++) = matrix(a, b);
      }
    });
  }
  return rows;
}

class ControlVariates : public ::testing::TestWithParam<ReducedCase> {};

TEST_P(ControlVariates, HaveMeanZeroAtSmallWidth) {
  constexpr std::int64_t width = 64, depth = 3, replicates = 6000;
  const auto law = reduced_law(GetParam(), depth);
  const sim::CollapsedSampler sampler(law, width, cosines_of_pair(.5), torch::kFloat64,
                                      sim::ControlVariates::pair_means_of(law));
  const auto gram = sampled_layers(sampler, replicates, 2, depth,
                                   [](const auto& layer) { return layer.gram_control; });
  const auto correlation = sampled_layers(
      sampler, replicates, 2, depth, [](const auto& layer) { return layer.correlation_control; });
  constexpr int entries = 3, off_diagonal = 1;
  constexpr int checks = depth * (entries + 1);
  for (Eigen::Index layer = 0; layer < depth; ++layer) {
    for (Eigen::Index k = 0; k < entries; ++k) {
      EXPECT_TRUE(agrees(mean_of(gram.col(layer * entries + k)), 0, checks))
          << "layer " << layer + 1 << ", entry " << k;
    }
    EXPECT_TRUE(agrees(mean_of(correlation.col(layer * entries + off_diagonal)), 0, checks))
        << "correlation of layer " << layer + 1;
  }
}

const LateralFilter none;
INSTANTIATE_TEST_SUITE_P(
    OfEachRule, ControlVariates,
    ::testing::Values(
        ReducedCase{"std", ThresholdRule::std, .3, none, none, 4.8},
        ReducedCase{"quantile", ThresholdRule::quantile, .3, none, none, 4.8},
        ReducedCase{"fixed", ThresholdRule::fixed, .3, none, none, 4.6},
        ReducedCase{"std_box", ThresholdRule::std, .3, LateralFilter::box(5), none, 2.7},
        ReducedCase{"quantile_box", ThresholdRule::quantile, .3, LateralFilter::box(5), none, 2.7},
        ReducedCase{"fixed_box", ThresholdRule::fixed, .3, LateralFilter::box(5), none, 2.6},
        ReducedCase{"std_two_boxes", ThresholdRule::std, .3, LateralFilter::box(5),
                    LateralFilter::box(3), 2.4},
        ReducedCase{"quantile_two_boxes", ThresholdRule::quantile, .3, LateralFilter::box(5),
                    LateralFilter::box(3), 2.4},
        ReducedCase{"fixed_two_boxes", ThresholdRule::fixed, .3, LateralFilter::box(5),
                    LateralFilter::box(3), 2.3},
        ReducedCase{"std_receiving_box", ThresholdRule::std, .3, none, LateralFilter::box(3), 4.8},
        ReducedCase{"std_uniform", ThresholdRule::std, .2, LateralFilter::uniform(4),
                    LateralFilter::uniform(2), 4.0}),
    [](const auto& name) { return name.param.name; });

Eigen::MatrixXd gram_of(const torch::Tensor& z) {
  const auto product = (torch::mm(z, z.t()) / z.size(1)).contiguous();
  return Eigen::Map<const Eigen::MatrixXd>(product.data_ptr<double>(), z.size(0), z.size(0));
}

Eigen::ArrayXd array_of(const torch::Tensor& x) {
  const auto flat = x.contiguous();
  return Eigen::Map<const Eigen::ArrayXd>(flat.data_ptr<double>(), flat.numel());
}

sim::SampledLaw plain_law(ThresholdRule rule, double active_fraction) {
  return reduced_law({"", rule, active_fraction, none, none, 4.8}, 2);
}

/// gram_control of networks without filters from all their neurons: an oracle for the sampler's
/// own, and the place to get it wrong, by the means of another law or by the network's own
/// thresholds in place of those known beforehand.
struct Assumed {
  double active_fraction = .3;
  bool own_thresholds = false;
  double kernel_factor = 1;  ///< of the kernel that the means are taken for
};
Eigen::ArrayXXd controls_by(ThresholdRule rule, std::int64_t width, std::int64_t replicates,
                            const Assumed& assumed) {
  const auto law = plain_law(rule, .3);
  const sim::CollapsedSampler sampler(law, width, cosines_of_pair(.5), torch::kFloat64);
  const sim::LateralConvolver identity(none, width);
  const auto assumed_law = plain_law(rule, assumed.active_fraction);
  const sim::ControlVariates variates(assumed_law, sim::ControlVariates::pair_means_of(assumed_law),
                                      identity, identity, width);
  const sim::LayerActivation activation(law);
  const std::int64_t depth = law.network.depth();
  return sampled_by(sampler, replicates, 3 * depth, [&](const sim::LayerOutputs& network) {
    Eigen::ArrayXd row(3 * depth);
    sim::NetworkControls controls(variates);
    Eigen::MatrixXd kernel = cosines_of_pair(.5);
    for (std::int64_t layer = 1; layer <= depth; ++layer) {
      const auto& h = network.preactivations[static_cast<std::size_t>(layer - 1)];
      const auto t = activation.threshold(h, layer);
      auto known = torch::zeros({2, 1}, torch::kFloat64);
      for (int a = 0; a < 2; ++a) known[a][0] = activation.tau() * std::sqrt(kernel(a, a));
      const auto z = torch::relu(h - (assumed.own_thresholds ? t : known));
      const auto gram = gram_of(z);
      const sim::LayerCompanion companion{gram, layer < depth ? gram : Eigen::MatrixXd(),
                                          array_of((h > known).to(torch::kFloat64).mean(-1)),
                                          array_of(t)};
      LayerSummary summary;
      summary.layer = layer;
      controls.add_to(summary, assumed.kernel_factor * kernel, companion);
      row.segment(3 * (layer - 1), 3) << summary.gram_control(0, 0), summary.gram_control(0, 1),
          summary.gram_control(1, 1);
      kernel =
          (law.weight_variance * gram_of(network.activations[static_cast<std::size_t>(layer - 1)]))
              .array() +
          law.network.bias_variance();
    }
    return row;
  });
}

bool have_mean_zero(const Eigen::ArrayXXd& controls) {
  for (const auto& column : controls.colwise()) {
    if (!agrees(mean_of(column), 0, static_cast<int>(controls.cols()))) return false;
  }
  return true;
}

constexpr ThresholdRule reduced_rules[] = {ThresholdRule::std, ThresholdRule::quantile,
                                           ThresholdRule::fixed};

TEST(ControlVariatesOfAllNeurons, AreTheSamplersOwn) {
  for (const auto rule : reduced_rules) {
    const auto law = plain_law(rule, .3);
    const sim::CollapsedSampler sampler(law, 64, cosines_of_pair(.5), torch::kFloat64,
                                        sim::ControlVariates::pair_means_of(law));
    const auto sampled =
        sampled_layers(sampler, 20, 2, 2, [](const auto& layer) { return layer.gram_control; });
    EXPECT_LE((sampled - controls_by(rule, 64, 20, {})).abs().maxCoeff(), 1e-12);
  }
}

TEST(ControlVariatesTwin, WithMeansOfAnotherKernelIsRejected) {
  for (const auto rule : reduced_rules) {
    EXPECT_TRUE(have_mean_zero(controls_by(rule, 64, 6000, {})));
    EXPECT_FALSE(have_mean_zero(controls_by(rule, 64, 6000, {.kernel_factor = 1.05})));
  }
}

TEST(ControlVariatesTwin, WithMeansOfAnotherActiveFractionIsRejected) {
  // The quantile's own shift makes up for it, to first order.
  for (const auto rule : {ThresholdRule::std, ThresholdRule::fixed}) {
    EXPECT_FALSE(have_mean_zero(controls_by(rule, 64, 6000, {.active_fraction = .31})));
  }
}

TEST(ControlVariatesTwin, UnderTheNetworksOwnThresholdsIsRejected) {
  // Fixed thresholds are known beforehand.
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    EXPECT_TRUE(have_mean_zero(controls_by(rule, 8, 20'000, {})));
    EXPECT_FALSE(have_mean_zero(controls_by(rule, 8, 20'000, {.own_thresholds = true})));
  }
}

/// Whether the variance of x exceeds `factor` times that of y, both taken at the end of their range
/// that speaks against it.
::testing::AssertionResult falls_by(double factor, const Eigen::ArrayXd& x, const Eigen::ArrayXd& y,
                                    int checks) {
  const auto before = variance_of(x);
  const auto after = variance_of(y);
  const boost::math::students_t law(static_cast<double>(x.size() - 1));
  const double errors = quantile(complement(law, share_of_one_check(2 * checks)));
  const double least = before.value - errors * before.standard_error;
  const double most = after.value + errors * after.standard_error;
  return (least > factor * most ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
         << "variance " << before.value << " falls to " << after.value << ", by "
         << before.value / after.value << ", surely by " << least / most;
}

/// Gains of every entry of every layer but the diagonal's correlations, n = 1024 and depth 4.
void expect_gains(const ReducedCase& what, double gram_gain, double correlation_gain) {
  constexpr std::int64_t depth = 4, replicates = 1000;
  auto law = reduced_law(what, depth);
  const Eigen::MatrixXd x = (Eigen::MatrixXd(3, 3) << 1, .8, .3, .8, 1, .5, .3, .5, 1).finished();
  const sim::CollapsedSampler sampler(law, 1024, x, torch::kFloat32,
                                      sim::ControlVariates::pair_means_of(law));
  const auto sample = [&](const auto& observe) {
    return sampled_layers(sampler, replicates, 3, depth, observe);
  };
  const auto normalised = [](const Eigen::MatrixXd& gram) -> Eigen::MatrixXd {
    return (gram.array() / (gram.diagonal() * gram.diagonal().transpose()).array().sqrt()).matrix();
  };
  const auto gram = sample([](const auto& layer) { return layer.gram; });
  const auto reduced =
      sample([](const auto& layer) -> Eigen::MatrixXd { return layer.gram - layer.gram_control; });
  const auto correlation = sample([&](const auto& layer) { return normalised(layer.gram); });
  const auto reduced_correlation = sample([&](const auto& layer) -> Eigen::MatrixXd {
    return normalised(layer.gram) - layer.correlation_control;
  });
  const int checks = static_cast<int>(2 * gram.cols());
  for (Eigen::Index k = 0; k < gram.cols(); ++k) {
    const Eigen::Index entry = k % 6;
    const bool is_diagonal = entry == 0 || entry == 2 || entry == 5;
    const auto gained = falls_by(gram_gain, gram.col(k), reduced.col(k), checks);
    EXPECT_TRUE(gained) << "layer " << k / 6 + 1 << ", entry " << entry;
    if (is_diagonal) continue;
    EXPECT_TRUE(falls_by(correlation_gain, correlation.col(k), reduced_correlation.col(k), checks))
        << "correlation of layer " << k / 6 + 1 << ", entry " << entry;
  }
}

TEST(VarianceReduction, GainsThreeHundredfoldWithStdThresholds) {
  expect_gains({"", ThresholdRule::std, .3, none, none, 4.8}, 300, 30);
}

TEST(VarianceReduction, GainsTenfoldWithQuantileThresholds) {
  expect_gains({"", ThresholdRule::quantile, .3, none, none, 4.8}, 10, 20);
}

TEST(VarianceReduction, GainsWithAPresynapticFilter) {
  expect_gains({"", ThresholdRule::std, .1, LateralFilter::box(13), none, 14.4}, 50, 5);
}

}  // namespace
}  // namespace wideproof::testing
