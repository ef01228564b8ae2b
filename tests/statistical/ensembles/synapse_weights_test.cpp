// SPDX-License-Identifier: MIT
// Second moments of synapses, and Haar's measure.
#include <cmath>
#include <numbers>
#include <vector>

#include <ATen/ops/linalg_qr.h>
#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/ensembles/haar_matrix.hpp>
#include <wideproof/sim/ensembles/synapse_weights.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

using model::SynapseLaw;
using model::SynapseSide;
using model::SynapseSigns;

constexpr double synapse_variance = 2.25;
constexpr double synapse_correlation = .3;
constexpr std::int64_t receiving_units = 8;
constexpr std::int64_t sending_units = 10;

/// Moments of weights in units of g²/n, each a mean over one network's pairs.
struct WeightMoments {
  Estimate variance;
  Estimate receiving;  ///< s_i s_j w_ik w_jk, i ≠ j
  Estimate sending;    ///< s_k s_l w_ik w_il, k ≠ l
};

/// Over pairs of different rows of u.
double mean_over_pairs(const torch::Tensor& u) {
  const auto rows = static_cast<double>(u.size(0));
  const auto pairs = u.sum(0).square().sum() - u.square().sum();
  return pairs.item<double>() / (rows * (rows - 1) * static_cast<double>(u.size(1)));
}

WeightMoments weight_moments(const model::Synapses& synapses) {
  constexpr Eigen::Index networks = 4000;
  Eigen::ArrayXd variance(networks), receiving(networks), sending(networks);
  for (Eigen::Index r = 0; r < networks; ++r) {
    const sim::NetworkId id{11, receiving_units, r};
    const sim::SynapseLayer layer{.number = 2,
                                  .units = receiving_units,
                                  .inputs = sending_units,
                                  .variance = synapse_variance};
    const sim::SynapseWeights weights(synapses, id, layer, torch::kFloat64, 1);
    const auto w =
        weights.rows(0, receiving_units) * std::sqrt(double{sending_units} / synapse_variance);
    const auto signed_rows = [&](const torch::Tensor& rows) {
      const auto signs = sim::synapse_signs(synapses, id, 2, rows.size(0));
      return rows * torch::tensor(signs, torch::kFloat64).unsqueeze(1);
    };
    variance(r) = w.square().mean().item<double>();
    const bool across_receiving = synapses.across == SynapseSide::receiving;
    receiving(r) = mean_over_pairs(across_receiving ? signed_rows(w) : w);
    sending(r) = mean_over_pairs(across_receiving ? w.t() : signed_rows(w.t()));
  }
  return {mean_of(variance), mean_of(receiving), mean_of(sending)};
}

class SynapseMoments : public ::testing::TestWithParam<model::Synapses> {};

/// Twins: a correlation 10% off; binary weights whose latent normals have ρ itself.
TEST_P(SynapseMoments, AreThoseOfTheirLaw) {
  constexpr int checks = 3;
  const auto moments = weight_moments(GetParam());
  const bool across_receiving = GetParam().across == SynapseSide::receiving;
  const auto& along = across_receiving ? moments.receiving : moments.sending;
  const auto& other = across_receiving ? moments.sending : moments.receiving;
  EXPECT_TRUE(agrees(along, synapse_correlation, checks));
  EXPECT_TRUE(agrees(other, 0, checks));
  EXPECT_FALSE(agrees(along, .9 * synapse_correlation, checks));
  if (GetParam().law == SynapseLaw::binary) {
    EXPECT_NEAR(moments.variance.value, 1, 1e-12);  // of every network
    const double latent = 2 / std::numbers::pi * std::asin(synapse_correlation);
    EXPECT_FALSE(agrees(along, latent, checks));
  } else {
    EXPECT_TRUE(agrees(moments.variance, 1, checks));
    EXPECT_FALSE(agrees(moments.variance, 1 - synapse_correlation, checks));
  }
}

std::vector<model::Synapses> correlated_laws() {
  std::vector<model::Synapses> all;
  for (const auto law : {SynapseLaw::gaussian, SynapseLaw::binary}) {
    for (const auto side : {SynapseSide::receiving, SynapseSide::sending}) {
      for (const auto signs : {SynapseSigns::uniform, SynapseSigns::mixed}) {
        all.push_back({.law = law,
                       .correlation = synapse_correlation,
                       .exponent = 0,
                       .across = side,
                       .signs = signs});
      }
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Laws, SynapseMoments, ::testing::ValuesIn(correlated_laws()));

/// Weights that are correlated by 1 are one row, signs apart.
TEST(SynapseWeights, OfCorrelationOneAreTheSame) {
  for (auto synapses : correlated_laws()) {
    synapses.correlation = 1;
    const sim::SynapseWeights weights(synapses, {1, 8, 2},
                                      {.number = 1, .units = 8, .inputs = 10, .variance = 1},
                                      torch::kFloat64, 1);
    auto w = weights.rows(0, 8).abs();
    if (synapses.across == SynapseSide::sending) w = w.t();
    EXPECT_LE((w - w[0]).abs().max().item<double>(), 1e-14);
  }
}

/// tr Q, (tr Q)², tr Q² and Q_11⁴ of orthogonal matrices have means 0, 1, 1 and 3/(n(n+2)).
struct HaarMoments {
  Estimate trace, square, of_square, fourth;
};

HaarMoments haar_moments(const std::function<torch::Tensor(const sim::NormalStream&)>& make) {
  constexpr Eigen::Index matrices = 6000;
  Eigen::ArrayXXd samples(matrices, 4);
  for (Eigen::Index r = 0; r < matrices; ++r) {
    const sim::NormalStream stream({.seed = 6, .replicate = static_cast<std::uint32_t>(r)});
    const Eigen::MatrixXd q = sim::to_matrix(make(stream));
    samples.row(r) << q.trace(), q.trace() * q.trace(), (q * q).trace(), std::pow(q(0, 0), 4);
  }
  return {mean_of(samples.col(0)), mean_of(samples.col(1)), mean_of(samples.col(2)),
          mean_of(samples.col(3))};
}

/// Twin: the Q of a QR decomposition as LAPACK gives it, signs unmended.
TEST(HaarMatrix, IsDistributedByHaarsMeasure) {
  constexpr int checks = 4;
  const auto haar = haar_moments(
      [](const auto& stream) { return sim::haar_matrix(stream, 6, torch::kFloat64, 1); });
  EXPECT_TRUE(agrees(haar.trace, 0, checks));
  EXPECT_TRUE(agrees(haar.square, 1, checks));
  EXPECT_TRUE(agrees(haar.of_square, 1, checks));
  EXPECT_TRUE(agrees(haar.fourth, 3. / (6 * 8), checks));
  const auto unmended = haar_moments([](const auto& stream) {
    return std::get<0>(at::linalg_qr(sim::normal_tensor(stream, 0, 6, 6, torch::kFloat64)));
  });
  EXPECT_FALSE(agrees(unmended.trace, 0, checks));
}

}  // namespace
}  // namespace wideproof::testing
