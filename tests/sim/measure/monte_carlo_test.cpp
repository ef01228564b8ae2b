// SPDX-License-Identifier: MIT
// What a simulation measures.
#include <wideproof/sim/measure/monte_carlo.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

#include <gmock/gmock.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>

#include "monte_carlo_runs.hpp"

namespace wideproof::sim {
namespace {

using testing::finished;
using testing::go_on;
using testing::gram_scale;
using testing::inputs;
using testing::options;
using testing::reducing;

TEST(MonteCarlo, ShowsTheSameNetworksWithLessVariance) {
  auto how = reducing(2);
  how.stopping.replicates = 100;
  const MonteCarlo reduced(how, inputs());
  const auto reduced_state = finished(how);
  how.variance_reduction = false;
  const MonteCarlo plain(how, inputs());
  const auto plain_state = finished(how);
  const auto with = reduced.measurement(reduced_state);
  const auto without = plain.measurement(plain_state);
  ASSERT_EQ(with.size(), without.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    EXPECT_EQ(with[i].plain_gram.mean, without[i].gram.mean);
    EXPECT_EQ(with[i].plain_gram.variance, without[i].gram.variance);
    EXPECT_EQ(with[i].plain_correlation.mean, without[i].correlation.mean);
    EXPECT_EQ(with[i].next_kernel.mean, without[i].next_kernel.mean);
    EXPECT_EQ(with[i].active_fraction_mean, without[i].active_fraction_mean);
    if (with[i].width < 400) continue;
    EXPECT_LT((with[i].gram.variance.array() / without[i].gram.variance.array()).maxCoeff(), .3);
  }
  const auto series = reduced.series(reduced_state);
  const auto plain_series = plain.series(plain_state);
  for (std::size_t width = 0; width < 2; ++width) {
    const auto& rows = series.widths[width];
    EXPECT_EQ(rows.means, plain_series.widths[width].means);
    EXPECT_EQ(rows.gram_variances, plain_series.widths[width].gram_variances);
    EXPECT_EQ(rows.correlation_variances, plain_series.widths[width].correlation_variances);
    ASSERT_EQ(rows.reduced.rows(), 100);
    const Eigen::VectorXd mean = rows.reduced.colwise().mean();
    for (Eigen::Index layer = 0; layer < 2; ++layer) {
      const auto& measured = with[2 * width + static_cast<std::size_t>(layer)];
      const Eigen::VectorXd expected = series.classes.means(measured.gram.mean);
      EXPECT_LE(
          (mean.segment(layer * expected.size(), expected.size()) - expected).cwiseAbs().maxCoeff(),
          1e-12);
    }
  }
}

/// Of 0°, 120°, 240°, 120° and 0°, the last two off by rounding.
Eigen::MatrixXd inputs_with_twins() {
  Eigen::MatrixXd twins(5, 2);
  twins << inputs(), inputs().row(1), inputs().row(0);
  twins(3, 0) = std::nextafter(twins(3, 0), 0.0);
  return twins;
}

TEST(MonteCarlo, SamplesInputsThatCoincideAsOne) {
  const std::vector<Eigen::Index> place = {0, 1, 2, 1, 0};
  for (const auto engine : {model::Engine::direct, model::Engine::collapsed}) {
    for (const auto dtype : {model::DType::float32, model::DType::float64}) {
      auto how = options(1);
      how.engine = engine;
      how.dtype = dtype;
      how.variance_reduction = engine == model::Engine::collapsed;
      const MonteCarlo simulation(how, inputs_with_twins());
      auto state = simulation.start();
      EXPECT_TRUE(simulation.run(state, go_on));
      const auto measured = simulation.measurement(state);
      const auto distinct = MonteCarlo(how, inputs()).measurement(finished(how));
      for (std::size_t i = 0; i < measured.size(); ++i) {
        EXPECT_EQ(measured[i].correlation.mean(0, 4), 1);
        EXPECT_EQ(measured[i].correlation.mean(1, 3), 1);
        EXPECT_EQ(measured[i].correlation.variance(1, 3), 0);
        EXPECT_EQ(measured[i].gram.mean, distinct[i].gram.mean(place, place));
        EXPECT_EQ(measured[i].gram.variance, distinct[i].gram.variance(place, place));
        EXPECT_EQ(measured[i].correlation.mean, distinct[i].correlation.mean(place, place));
        EXPECT_EQ(measured[i].active_fraction_mean, distinct[i].active_fraction_mean);
      }
      const auto series = simulation.series(state);
      EXPECT_EQ(series.classes.inputs(), 5);
      EXPECT_EQ(series.widths[0].means.cols(), 2 * series.classes.count());
    }
  }
}

TEST(MonteCarlo, MeasuresNothingOfOppositeInputsThatShareNoNeuron) {
  auto how = reducing(1);
  for (const auto rule : {model::ThresholdRule::quantile, model::ThresholdRule::std}) {
    how.law.network = model::Network({.depth = 1, .active_fraction = .1, .threshold = rule});
    how.widths = {400};
    const Eigen::MatrixXd circle = model::circle_inputs(6).vectors();
    const MonteCarlo simulation(how, circle);
    auto state = simulation.start();
    EXPECT_TRUE(simulation.run(state, go_on));
    const auto measured = simulation.measurement(state).front();
    for (const auto a : {0, 1, 2}) {
      EXPECT_EQ(measured.gram.mean(a, a + 3), 0);
      EXPECT_EQ(measured.correlation.mean(a, a + 3), 0);
      EXPECT_EQ(measured.gram.variance(a, a + 3), 0);
    }
  }
}

/// A neuron in twenty is active: none of 16 is with a probability of 0.44, none of 400 with 10⁻⁹.
TEST(MonteCarlo, CountsNetworksWithASilentInput) {
  auto how = options(1);
  how.law.network = model::Network(
      {.depth = 2, .active_fraction = .05, .threshold = model::ThresholdRule::fixed});
  how.stopping.replicates = 100;
  const MonteCarlo simulation(how, inputs());
  auto state = simulation.start();
  EXPECT_TRUE(simulation.run(state, go_on));
  const auto measured = simulation.measurement(state);
  EXPECT_GT(measured[0].silent_networks, 60);
  EXPECT_LT(measured[0].silent_networks, 100);
  EXPECT_EQ(measured[0].silent_kernels, measured[0].silent_networks);
  EXPECT_EQ(measured[2].silent_networks, 0);
  EXPECT_TRUE(simulation.series(state).widths[0].correlation_variances.allFinite());
}

TEST(MonteCarlo, NeedsFewerNetworksForAPrecisionWithLessVariance) {
  auto how = reducing(2);
  how.widths = {400};
  how.stopping = {.replicates = 100'000, .precision = .005};
  const auto with = finished(how);
  how.variance_reduction = false;
  EXPECT_LT(4 * with[0].count(), finished(how)[0].count());
}

TEST(MonteCarlo, RefusesControlVariatesOfWeightsThatAreDrawn) {
  auto how = reducing(1);
  how.engine = model::Engine::direct;
  EXPECT_THROW(MonteCarlo(how, inputs()), model::InputError);
}

TEST(MonteCarlo, StopsAWidthAtThePrecisionAskedFor) {
  auto how = options(2);
  how.engine = model::Engine::collapsed;
  how.stopping = {.replicates = 4000, .precision = .02};
  const auto state = finished(how);
  const ObservableLayout layout(3, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_LT(state[i].count(), 4000);
    EXPECT_TRUE(how.stopping.is_look(state[i].count()));
    EXPECT_LE(layout.relative_standard_error(state[i].moments()), .02);
  }
  EXPECT_GT(state[0].count(), 2 * state[1].count());  // variances fall as 1/width
  how.threads = 1;
  EXPECT_EQ(state, finished(how));

  how.stopping.replicates = 100;  // not enough at the first width
  const auto capped = finished(how);
  EXPECT_EQ(capped[0].count(), 100);
  EXPECT_GT(layout.relative_standard_error(capped[0].moments()), .02);
}

TEST(MonteCarlo, PredictsTheReplicatesThatAPrecisionTakes) {
  auto how = options(1);
  how.engine = model::Engine::collapsed;
  how.stopping = {.replicates = 100'000, .precision = .02};
  const MonteCarlo simulation(how, inputs());
  auto state = simulation.start();
  std::int64_t predicted = 0;
  double last = 0;
  simulation.run(state, [&](const Progress& progress) {
    if (progress.width == 16 && progress.replicates_done == 200) predicted = progress.replicates;
    last = progress.fraction;
    return true;
  });
  const auto needed = static_cast<double>(state[0].count());
  EXPECT_NEAR(static_cast<double>(predicted), needed, .5 * needed);
  EXPECT_NEAR(last, 1, 1e-12);
}

TEST(MonteCarlo, MeasuresTheNetworksOfTheDirectSampler) {
  for (const auto dtype : {model::DType::float32, model::DType::float64}) {
    auto how = options(1);
    how.dtype = dtype;
    const MonteCarlo simulation(how, inputs());
    const auto measurement = simulation.measurement(finished(how));
    ASSERT_EQ(measurement.size(), 4U);

    const Eigen::MatrixXd transposed = inputs().transpose();
    const auto x = torch::from_blob(const_cast<double*>(transposed.data()), {3, 2}, torch::kFloat64)
                       .to(dtype == model::DType::float32 ? torch::kFloat32 : torch::kFloat64);
    for (std::size_t i = 0; i < 2; ++i) {
      const DirectSampler sampler(how.law, how.widths[i], x);
      auto gram = torch::zeros({2, 3, 3}, torch::kFloat64);
      auto next = torch::zeros({3, 3}, torch::kFloat64);
      auto active = torch::zeros({2}, torch::kFloat64);
      for (std::int64_t replicate = 0; replicate < how.stopping.replicates; ++replicate) {
        sampler.pass(how.seed, replicate, 1,
                     [&](auto layer, auto&, auto&, auto& z, auto& presynaptic) {
                       const auto wide = z.to(torch::kFloat64);
                       gram[layer - 1] += torch::mm(wide, wide.t()) / how.widths[i];
                       active[layer - 1] += (wide > 0).to(torch::kFloat64).mean();
                       if (layer > 1) return;
                       const auto seen = presynaptic.to(torch::kFloat64);
                       next += 3 * torch::mm(seen, seen.t()) / how.widths[i] + .2;
                     });
      }
      gram /= gram_scale * how.stopping.replicates;
      next /= how.stopping.replicates;
      for (std::size_t layer = 0; layer < 2; ++layer) {
        const auto& measured = measurement[2 * i + layer];
        EXPECT_EQ(measured.width, how.widths[i]);
        EXPECT_EQ(measured.layer, static_cast<std::int64_t>(layer) + 1);
        EXPECT_EQ(measured.replicates, how.stopping.replicates);
        EXPECT_NEAR(measured.active_fraction_mean,
                    active[layer].item<double>() / how.stopping.replicates, 1e-13);
        for (int a = 0; a < 3; ++a) {
          for (int b = 0; b < 3; ++b) {
            EXPECT_NEAR(measured.gram.mean(a, b), gram[layer][a][b].item<double>(), 1e-12);
            if (layer > 0) continue;
            EXPECT_NEAR(measured.next_kernel.mean(a, b), next[a][b].item<double>(), 1e-12);
          }
        }
      }
    }
  }
}

TEST(MonteCarlo, AcceptsOnlyItsOwnStates) {
  const MonteCarlo simulation(options(1), inputs());
  const auto state = finished(options(1));
  EXPECT_TRUE(simulation.accepts(simulation.start()));
  EXPECT_TRUE(simulation.accepts(state));
  const auto with_count = [&](std::int64_t count) {
    const auto& moments = state[1].moments();
    return MonteCarlo::State{state[0],
                             {{count, moments.mean(), moments.squares()}, state[1].series()}};
  };
  EXPECT_TRUE(simulation.accepts(with_count(22)));
  EXPECT_FALSE(simulation.accepts(with_count(8)));  // with the rows of 22 networks
  EXPECT_FALSE(simulation.accepts(with_count(7)));
  EXPECT_FALSE(simulation.accepts(with_count(24)));
  EXPECT_FALSE(simulation.accepts(with_count(-4)));
  EXPECT_FALSE(simulation.accepts({state[0]}));
  EXPECT_FALSE(simulation.accepts({state[0], WidthSample({.observables = 1, .columns = 1})}));
  for (std::size_t k = 0; k < WidthSample::series_names.size(); ++k) {
    auto series = state[1].series();
    series[k].append({series[k].columns(), {0.0}});
    EXPECT_FALSE(simulation.accepts({state[0], {state[1].moments(), series}})) << k;
    series[k] = {series[k].columns() + 1, state[1].series()[k].numbers()};
    EXPECT_FALSE(simulation.accepts({state[0], {state[1].moments(), series}})) << k;
  }
}

TEST(MonteCarlo, RefusesMoreEntriesThanItMeasures) {
  auto how = options(1);
  how.law.network = model::Network({.depth = 200, .active_fraction = .3});
  const auto simulate = [&](std::int64_t count) {
    MonteCarlo(how, model::circle_inputs(count).vectors());
  };
  EXPECT_NO_THROW(simulate(8));
  try {
    simulate(600);
    FAIL();
  } catch (const model::InputError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("inputs = 600 vectors: the Gram matrices of 200 "
                                                   "layers hold "));
    EXPECT_THAT(error.what(), ::testing::EndsWith("at most 33554432 are measured"));
  }
}
}  // namespace
}  // namespace wideproof::sim
