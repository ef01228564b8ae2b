// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/layer_sparsity.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/layers/distinct_inputs.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::SparsityNumber;

/// Hoyer's sparseness of neurons over inputs, the mean over those that are not silent.
double unit_hoyer(const Eigen::MatrixXd& z) {
  const double root = std::sqrt(static_cast<double>(z.rows()));
  double sum = 0;
  Eigen::Index heard = 0;
  for (const auto& neuron : z.colwise()) {
    if (neuron.isZero(0)) continue;
    ++heard;
    sum += (root - neuron.lpNorm<1>() / neuron.norm()) / (root - 1);
  }
  return sum / static_cast<double>(heard);
}

/// Of activations, inputs × neurons.
LayerSummary summary_of(const Eigen::MatrixXd& z) {
  LayerSummary summary;
  const auto n = static_cast<double>(z.cols());
  summary.gram = z * z.transpose() / n;
  summary.mean_magnitude = z.cwiseAbs().rowwise().mean();
  summary.active_fraction = (z.array() > 0).cast<double>().mean();
  summary.silent_share = (z.array() == 0).colwise().all().cast<double>().mean();
  summary.unit_hoyer = unit_hoyer(z);
  return summary;
}

double number(const Eigen::VectorXd& numbers, SparsityNumber which) {
  return numbers(static_cast<Eigen::Index>(which));
}

/// Hoyer's of the first is (√4 − 2/√2)/(√4 − 1), of the second 1, times (√4 − 1)/√4.
TEST(LayerSparsity, IsWhatItsDefinitionsSay) {
  Eigen::MatrixXd z(2, 4);
  z << 1, 1, 0, 0,  //
      0, 2, 0, 0;
  const auto of = layer_sparsity(summary_of(z), Eigen::Vector2d(1, 1));
  const double first = (2 - 2 / std::sqrt(2.)) * .5;
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::hoyer), (first + .5) / 2);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::treves_rolls), (.5 + .25) / 2);
  // Mean over inputs of neurons: .5, 1.5; of squares .5, 2.5.
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::lifetime), 1 - 2.5 / 3);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::active_fraction), 3. / 8);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::silent), .5);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::silent_inputs), 0);
  const double second = (std::sqrt(2.) - 3 / std::sqrt(5.)) / (std::sqrt(2.) - 1);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::unit_hoyer), (1 + second) / 2);
}

TEST(LayerSparsity, LeavesOutInputsThatActivateNoNeuron) {
  Eigen::MatrixXd z(2, 4);
  z << 0, 0, 0, 0,  //
      0, 2, 0, 0;
  const auto of = layer_sparsity(summary_of(z), Eigen::Vector2d(1, 1));
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::hoyer), .5);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::lifetime), .5);
  EXPECT_DOUBLE_EQ(number(of, SparsityNumber::silent_inputs), .5);
  const auto none = layer_sparsity(summary_of(0 * z), Eigen::Vector2d(1, 1));
  EXPECT_TRUE(std::isnan(number(none, SparsityNumber::hoyer)));
  EXPECT_TRUE(std::isnan(number(none, SparsityNumber::lifetime)));
  EXPECT_DOUBLE_EQ(number(none, SparsityNumber::silent), 1);
}

TEST(LayerSparsity, CountsInputsThatCoincide) {
  Eigen::MatrixXd z(2, 4), all(3, 4);
  z << 1, 1, 0, 3,  //
      0, 2, 0, 0;
  all << z.row(0), z.row(1), z.row(0);
  const auto of_distinct = layer_sparsity(summary_of(z), Eigen::Vector2d(2, 1));
  const auto of_all = layer_sparsity(summary_of(all), Eigen::Vector3d(1, 1, 1));
  for (const auto which : {SparsityNumber::hoyer, SparsityNumber::treves_rolls,
                           SparsityNumber::lifetime, SparsityNumber::silent_inputs}) {
    EXPECT_NEAR(number(of_distinct, which), number(of_all, which), 1e-15);
  }
  Eigen::MatrixXd inputs(3, 2);
  inputs << 1, 0, 0, 1, 1, 0;
  EXPECT_EQ(DistinctInputs(inputs).multiplicity(), Eigen::Vector2d(2, 1));
}

/// Both samplers tell of the activations that they show.
TEST(LayerSparsity, IsThatOfTheActivationsThatSamplersShow) {
  const auto inputs = model::circle_inputs(5);
  for (const auto rule : {model::ThresholdRule::fixed, model::ThresholdRule::quantile}) {
    SampledLaw law{
        .network = model::Network({.depth = 2, .active_fraction = .1, .threshold = rule}),
        .weight_variance = 25.4};
    law.preactivation_variance = {1., 1.};
    const auto expect = [&](const NetworkSampler& sampler, const LayerOutputs& shown) {
      sampler.sample(3, 7, 1, [&](const LayerSummary& layer) {
        const auto z =
            to_matrix(shown.activations[static_cast<std::size_t>(layer.layer - 1)].to(at::kDouble));
        const auto own = summary_of(z);
        EXPECT_LT((layer.mean_magnitude - own.mean_magnitude).abs().maxCoeff(), 1e-5);
        EXPECT_DOUBLE_EQ(layer.silent_share, own.silent_share);
        EXPECT_NEAR(layer.unit_hoyer, own.unit_hoyer, 1e-5);
        EXPECT_GT(layer.silent_share, 0);
        EXPECT_LT(layer.silent_share, 1);
      });
    };
    const CollapsedSampler collapsed(law, 700, inputs.cosines(), at::kFloat);
    expect(collapsed, collapsed.outputs(3, 7));
    const DirectSampler direct(law, 700, to_tensor(inputs.vectors(), at::kFloat));
    expect(direct, direct.outputs(3, 7));
  }
}

/// Inputs that stand for several count as often for the neurons, in both samplers.
TEST(LayerSparsity, OfNeuronsCountsInputsThatCoincide) {
  const auto inputs = model::circle_inputs(3);
  const SampledLaw law{.network = model::Network({.depth = 1, .active_fraction = .3})};
  const InputCounts counts(Eigen::Array3d(2, 1, 1));
  const auto expect = [&](const NetworkSampler& sampler, const LayerOutputs& shown) {
    const auto z = to_matrix(shown.activations.front().to(at::kDouble));
    Eigen::MatrixXd all(4, z.cols());
    all << z, z.row(0);
    sampler.sample(3, 7, 1, [&](const LayerSummary& layer) {
      EXPECT_NEAR(layer.unit_hoyer, unit_hoyer(all), 1e-12);
      EXPECT_GT(std::abs(layer.unit_hoyer - unit_hoyer(z)), 1e-3);
    });
  };
  const CollapsedSampler collapsed(law, 300, inputs.cosines(), at::kDouble, nullptr, counts);
  expect(collapsed, collapsed.outputs(3, 7));
  const DirectSampler direct(law, 300, to_tensor(inputs.vectors(), at::kDouble), counts);
  expect(direct, direct.outputs(3, 7));
}

}  // namespace
}  // namespace wideproof::sim
