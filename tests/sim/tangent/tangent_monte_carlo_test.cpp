// SPDX-License-Identifier: MIT
// Tangent kernels in a simulation, beside the Gram matrices of the same networks.
#include <wideproof/sim/measure/monte_carlo.hpp>

#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>
#include <wideproof/sim/tangent/tangent_sampler.hpp>

#include "monte_carlo_runs.hpp"

namespace wideproof::sim::testing {
namespace {

using model::TangentLayers;
using model::TangentOptions;

MonteCarlo::Options with_tangents(int threads, TangentLayers layers = TangentLayers::all) {
  auto how = options(threads);
  how.engine = model::Engine::automatic;
  how.tangent = TangentOptions{.layers = layers};
  return how;
}

model::Measurement measured(const MonteCarlo::Options& how) {
  return MonteCarlo(how, inputs()).measurement(finished(how));
}

TEST(MonteCarloOfTangentKernels, MeasuresThemAfterTheGramMatricesOfTheSameNetworks) {
  auto plain = with_tangents(2);
  plain.tangent.reset();
  const auto grams = measured(plain);
  for (const auto layers : {TangentLayers::all, TangentLayers::output}) {
    const auto both = measured(with_tangents(2, layers));
    const std::size_t shown = layers == TangentLayers::all ? 5 : 3;
    ASSERT_EQ(grams.size(), 4U);
    ASSERT_EQ(both.size(), 2 * shown);
    for (std::size_t width = 0; width < 2; ++width) {
      for (std::size_t l = 0; l < shown; ++l) {
        const auto& layer = both[width * shown + l];
        EXPECT_EQ(layer.layer, static_cast<std::int64_t>(l) + 1);
        EXPECT_EQ(layer.replicates, 22);
        EXPECT_EQ(layer.next_kernel.mean.size() > 0, l == 0);
        if (l >= 2) continue;
        EXPECT_EQ(layer.gram.mean, grams[width * 2 + l].gram.mean);
        EXPECT_EQ(layer.next_kernel.mean, grams[width * 2 + l].next_kernel.mean);
      }
    }
  }
}

TEST(MonteCarloOfTangentKernels, DoesNotScaleThem) {
  const auto how = with_tangents(1);
  const auto vectors = inputs();
  const TangentSampler sampler(how.law, 400, vectors * vectors.transpose(), torch::kFloat32,
                               *how.tangent, 1 / gram_scale);
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(3, 3);
  on_worker_threads(1, [&](int) {
    for (std::int64_t replicate = 0; replicate < 22; ++replicate) {
      sampler.sample(how.seed, replicate, 1, [&](const LayerSummary& shown) {
        if (shown.layer == 5) sum += shown.gram;
      });
    }
  });
  const auto& mean = measured(how).back().gram.mean;
  EXPECT_LE((mean - sum / 22).cwiseAbs().maxCoeff(), 1e-12 * mean.maxCoeff());
}

TEST(MonteCarloOfTangentKernels, GivesTheSameBitsForAnyNumberOfThreadsAndAcrossAStop) {
  const auto one = finished(with_tangents(1));
  EXPECT_EQ(one, finished(with_tangents(3)));

  const MonteCarlo simulation(with_tangents(2), inputs());
  auto state = simulation.start();
  int blocks = 0;
  EXPECT_FALSE(simulation.run(state, [&](const Progress&) { return ++blocks < 3; }));
  EXPECT_TRUE(simulation.accepts(state));
  EXPECT_TRUE(simulation.run(state, go_on));
  EXPECT_EQ(one, state);
}

TEST(MonteCarloOfTangentKernels, KeepsASeriesOfThem) {
  const auto how = with_tangents(1);
  const auto state = finished(how);
  const auto series = MonteCarlo(how, inputs()).series(state);
  const auto& means = series.widths[0].means;
  EXPECT_EQ(means.rows(), 22);
  EXPECT_EQ(means.cols(), 5 * series.classes.count());
  // Of the first layer's pre-activations it is the inputs' Gram in every network.
  const auto first = means.middleCols(2 * series.classes.count(), series.classes.count());
  EXPECT_LE((first.rowwise() - first.row(0)).cwiseAbs().maxCoeff(), 1e-15);
}

TEST(MonteCarloOfTangentKernels,
     RefusesTheDirectEngineControlVariatesAndMoreEntriesThanAreMeasured) {
  auto direct = with_tangents(1);
  direct.engine = model::Engine::direct;
  EXPECT_THROW(MonteCarlo(direct, inputs()), model::InputError);
  auto reduced = with_tangents(1);
  reduced.engine = model::Engine::collapsed;
  reduced.variance_reduction = true;
  EXPECT_THROW(MonteCarlo(reduced, inputs()), model::InputError);
  auto deep = with_tangents(1);
  auto network = deep.law.network.options();
  network.depth = 60;
  deep.law.network = model::Network(network);
  const Eigen::MatrixXd many = Eigen::MatrixXd::Identity(380, 380);
  EXPECT_THROW(MonteCarlo(deep, many), model::InputError);
}

}  // namespace
}  // namespace wideproof::sim::testing
