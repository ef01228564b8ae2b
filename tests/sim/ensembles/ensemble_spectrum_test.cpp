// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_spectrum.hpp>

#include <gmock/gmock.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <wideproof/sim/ensembles/ensemble_estimate.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using ::testing::ElementsAre;

/// Of a mean of their own, and no normals.
torch::Tensor skewed_activations(std::int64_t width, std::int64_t samples,
                                 torch::ScalarType dtype = torch::kFloat64) {
  const auto z = testing::some_field(width, samples);
  return (z + .5 * z.roll(1, 0) + z.square() + 2.0).to(dtype);
}

/// Over all ways to take four different samples: what is unbiased by its very form.
double ratio_over_quadruples(const torch::Tensor& z) {
  const auto x = to_matrix(z);
  double square_trace = 0.0;
  double trace_squared = 0.0;
  for (int a = 0; a < x.cols(); ++a) {
    for (int b = 0; b < x.cols(); ++b) {
      for (int c = 0; c < x.cols(); ++c) {
        for (int d = 0; d < x.cols(); ++d) {
          if (a == b || a == c || a == d || b == c || b == d || c == d) continue;
          const Eigen::VectorXd first = x.col(a) - x.col(b);
          const Eigen::VectorXd second = x.col(c) - x.col(d);
          square_trace += std::pow(first.dot(second), 2);
          trace_squared += first.squaredNorm() * second.squaredNorm();
        }
      }
    }
  }
  return trace_squared / square_trace;
}

TEST(EnsembleSpectrum, HasTheRatioOfMeansOverFourDifferentSamples) {
  for (const std::int64_t samples : {4, 7, 10}) {  // fewer and more than neurons
    const auto z = skewed_activations(6, samples);
    const double expected = ratio_over_quadruples(z);
    EXPECT_NEAR(estimate_spectrum(z, 1).participation_ratio, expected, 1e-11 * std::abs(expected));
  }
}

TEST(EnsembleSpectrum, HoldsTheEigenvaluesOfTheSamplesCovariance) {
  for (const std::int64_t samples : {5, 9, 40}) {
    const auto z = skewed_activations(9, samples);
    const auto spectrum = estimate_spectrum(z, 1);
    const auto size = std::min<std::int64_t>(9, samples);
    const auto expected = torch::linalg_eigvalsh(torch::cov(z)).flip(0).narrow(0, 0, size);
    ASSERT_EQ(spectrum.eigenvalues.size(), size);
    const auto found = to_tensor(spectrum.eigenvalues, torch::kFloat64).squeeze(1);
    EXPECT_LE(testing::largest_difference(found, expected), 1e-11);
    EXPECT_EQ((spectrum.eigenvalues.array() > 0).count(), std::min<std::int64_t>(9, samples - 1));
  }
}

TEST(EnsembleSpectrum, OfAWholeEnsembleGivesItsParticipationRatio) {
  for (const std::int64_t samples : {2, 7, 30}) {
    const auto z = skewed_activations(9, samples);
    const auto spectrum = whole_spectrum(z, 1);
    const auto exact = whole_ensemble(z, 1);
    EXPECT_NEAR(spectrum.participation_ratio, 9 * exact.dimensionality, 1e-11);
    EXPECT_NEAR(spectrum.eigenvalues.sum(), exact.trace, 1e-11 * exact.trace);
    EXPECT_NEAR(spectrum.eigenvalues.squaredNorm(), exact.square_trace, 1e-11 * exact.square_trace);
  }
}

/// Two directions of five: rounding makes no others.
TEST(EnsembleSpectrum, TakesRoundingForZero) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto plane = testing::some_field(2, 300);
    const auto z = torch::mm(testing::some_field(5, 2), plane).to(dtype) + 1;
    const auto eigenvalues = estimate_spectrum(z, 1).eigenvalues;
    EXPECT_EQ((eigenvalues.array() > 0).count(), 2) << eigenvalues.transpose();
  }
}

TEST(EnsembleSpectrum, IsTheSameInEitherPrecision) {
  const auto exact = estimate_spectrum(skewed_activations(60, 400), 1);
  const auto rounded = estimate_spectrum(skewed_activations(60, 400, torch::kFloat32), 1);
  EXPECT_NEAR(rounded.participation_ratio, exact.participation_ratio,
              1e-6 * exact.participation_ratio);
  EXPECT_LE((rounded.eigenvalues - exact.eigenvalues).cwiseAbs().maxCoeff(),
            1e-6 * exact.eigenvalues(0));
}

TEST(EnsembleSpectrum, IsNoNumberWhereNothingVariesOrOverflows) {
  EXPECT_TRUE(std::isnan(estimate_spectrum(torch::ones({5, 32}), 1).participation_ratio));
  EXPECT_TRUE(std::isnan(whole_spectrum(torch::ones({5, 32}), 1).participation_ratio));
  EXPECT_EQ(whole_spectrum(torch::ones({5, 32}), 1).eigenvalues.sum(), 0);
  auto z = skewed_activations(5, 32);
  z[0][0] = INFINITY;
  EXPECT_TRUE(std::isnan(estimate_spectrum(z, 1).eigenvalues(0)));
}

EnsembleSampler sampler_of(std::int64_t depth, std::int64_t samples,
                           model::Activation activation = model::Activation::tanh) {
  return EnsembleSampler(
      {.law = {.network = model::Network({.depth = depth, .activation = activation}),
               .weight_variance = 2.25},
       .synapses = {.correlation = 1},
       .ensemble = {.samples = samples},
       .width = 50,
       .engine = model::Engine::direct});
}

TEST(NetworkSpectra, AreOfTheLayersThatAreAskedFor) {
  const auto spectra = network_spectra(sampler_of(4, 40), 3, 0, {1, 2, 4}, 1);
  ASSERT_EQ(spectra.size(), 3U);
  EXPECT_THAT((std::vector<std::int64_t>{spectra[0].layer, spectra[1].layer, spectra[2].layer}),
              ElementsAre(1, 2, 4));
  EXPECT_EQ(spectra[2].width, 50);
  EXPECT_EQ(spectra[2].samples, 40);
  EXPECT_EQ(spectra[2].eigenvalues.size(), 40);
}

TEST(NetworkSpectra, AreOfTheNetworkThatTheSamplerShows) {
  const auto sampler = sampler_of(2, 40);
  const auto spectra = network_spectra(sampler, 3, 7, {1, 2}, 1);
  sampler.pass(3, 7, 1, [&](std::int64_t layer, const LayerUnit&, const torch::Tensor& z) {
    if (layer == 0) return;
    const auto& spectrum = spectra[static_cast<std::size_t>(layer - 1)];
    EXPECT_EQ(spectrum.participation_ratio, estimate_spectrum(z, 1).participation_ratio);
    EXPECT_EQ(spectrum.eigenvalues, estimate_spectrum(z, 1).eigenvalues);  // tanh has no unit
  });
}

/// Linear layers of 2^20 times the gain have 2^40 times the variance each.
TEST(NetworkSpectra, AreInTheUnitOfTheActivations) {
  const auto plain = network_spectra(sampler_of(2, 40, model::Activation::linear), 3, 0, {2}, 1);
  auto options = sampler_of(2, 40, model::Activation::linear).options();
  options.law.weight_variance = std::ldexp(2.25, 40);
  const auto scaled = network_spectra(EnsembleSampler(options), 3, 0, {2}, 1);
  EXPECT_EQ(scaled[0].eigenvalues(0), std::ldexp(plain[0].eigenvalues(0), 80));
  EXPECT_EQ(scaled[0].participation_ratio, plain[0].participation_ratio);
}

TEST(NetworkSpectra, AreTheSameBitsOnAnyNumberOfThreads) {
  for (const std::int64_t samples : {30, 300}) {
    const auto one = network_spectra(sampler_of(2, samples), 3, 0, {1, 2}, 1);
    const auto three = network_spectra(sampler_of(2, samples), 3, 0, {1, 2}, 3);
    for (std::size_t l = 0; l < 2; ++l) {
      EXPECT_EQ(one[l].eigenvalues, three[l].eigenvalues);
      EXPECT_EQ(one[l].participation_ratio, three[l].participation_ratio);
    }
  }
}

}  // namespace
}  // namespace wideproof::sim
