// SPDX-License-Identifier: MIT
// The class series that a run keeps beside its moments.
#include <wideproof/sim/measure/monte_carlo.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>

namespace wideproof::sim {
namespace {

constexpr double series_rounding = 1e-12;
constexpr double series_scale = .2;
constexpr std::int64_t width = 64;
constexpr std::int64_t series_depth = 2;
constexpr Eigen::Index classes = 3;  // diagonal, neighbours, opposite

MonteCarlo::Options series_options(std::int64_t replicates) {
  return {.law = {.network = model::Network({.depth = series_depth, .active_fraction = .3}),
                  .weight_variance = 5},
          .widths = {16, width},
          .stopping = {.replicates = replicates},
          .seed = 5,
          .dtype = model::DType::float64,
          .gram_scale = series_scale};
}

Eigen::MatrixXd series_inputs() {
  return model::circle_inputs(4).vectors();
}

MonteCarlo::State finished_series(const MonteCarlo& simulation) {
  auto state = simulation.start();
  EXPECT_TRUE(simulation.run(state, [](const Progress&) { return true; }));
  return state;
}

model::WidthSeries series(std::int64_t replicates) {
  const MonteCarlo simulation(series_options(replicates), series_inputs());
  return simulation.series(finished_series(simulation)).widths.at(1);
}

/// Gram matrices of each network, replicate by replicate and layer by layer, from the sampler.
std::vector<std::vector<Eigen::MatrixXd>> grams(std::int64_t replicates) {
  const auto how = series_options(replicates);
  const CollapsedSampler sampler(how.law, width, series_inputs() * series_inputs().transpose(),
                                 torch::kFloat64);
  std::vector<std::vector<Eigen::MatrixXd>> all(static_cast<std::size_t>(replicates));
  for (std::int64_t r = 0; r < replicates; ++r) {
    sampler.sample(how.seed, r, 1, [&](const LayerSummary& layer) {
      all[static_cast<std::size_t>(r)].emplace_back(layer.gram / series_scale);
    });
  }
  return all;
}

Eigen::Vector3d by_class(const Eigen::MatrixXd& m) {
  return {m.trace() / 4, (m(0, 1) + m(1, 2) + m(2, 3) + m(0, 3)) / 4, (m(0, 2) + m(1, 3)) / 2};
}

Eigen::MatrixXd correlation(const Eigen::MatrixXd& gram) {
  return (gram.array() / (gram.diagonal() * gram.diagonal().transpose()).array().sqrt()).matrix();
}

Eigen::MatrixXd variance(const std::vector<Eigen::MatrixXd>& sample) {
  Eigen::MatrixXd mean = Eigen::MatrixXd::Zero(4, 4);
  for (const auto& matrix : sample) mean += matrix / static_cast<double>(sample.size());
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(4, 4);
  for (const auto& matrix : sample) sum += (matrix - mean).cwiseAbs2();
  return sum / static_cast<double>(sample.size() - 1);
}

TEST(WidthSeries, HoldsTheClassMeansOfEachNetworksLayersInOrder) {
  const auto measured = series(10);
  const auto sampled = grams(10);
  EXPECT_EQ(measured.width, width);
  ASSERT_EQ(measured.means.rows(), 10);
  ASSERT_EQ(measured.means.cols(), series_depth * classes);
  for (Eigen::Index r = 0; r < 10; ++r) {
    for (Eigen::Index layer = 0; layer < series_depth; ++layer) {
      const auto& gram = sampled[static_cast<std::size_t>(r)][static_cast<std::size_t>(layer)];
      EXPECT_LE(
          (measured.means.row(r).segment(layer * classes, classes).transpose() - by_class(gram))
              .cwiseAbs()
              .maxCoeff(),
          series_rounding);
    }
  }
  EXPECT_EQ(measured.reduced.size(), 0);
}

TEST(WidthSeries, HoldsTheUnbiasedVariancesOfEachBlock) {
  const auto measured = series(10);  // blocks of 4, 4 and 2
  const auto sampled = grams(10);
  ASSERT_EQ(measured.gram_variances.rows(), 3);
  ASSERT_EQ(measured.correlation_variances.rows(), 3);
  for (std::size_t block = 0; block < 3; ++block) {
    for (std::size_t layer = 0; layer < series_depth; ++layer) {
      std::vector<Eigen::MatrixXd> gram, normalised;
      for (std::size_t r = 4 * block; r < std::min<std::size_t>(4 * block + 4, 10); ++r) {
        gram.push_back(sampled[r][layer]);
        normalised.push_back(correlation(sampled[r][layer]));
      }
      const auto row = static_cast<Eigen::Index>(block);
      const auto at = static_cast<Eigen::Index>(layer) * classes;
      const auto distance = [&](const Eigen::MatrixXd& rows, const auto& sample) {
        return (rows.row(row).segment(at, classes).transpose() - by_class(variance(sample)))
            .cwiseAbs()
            .maxCoeff();
      };
      EXPECT_LE(distance(measured.gram_variances, gram), series_rounding);
      EXPECT_LE(distance(measured.correlation_variances, normalised), series_rounding);
      EXPECT_EQ(measured.correlation_variances(row, at), 0);
    }
  }
}

TEST(WidthSeries, ABlockOfOneNetworkHasNoVariance) {
  const auto measured = series(9);
  EXPECT_EQ(measured.means.rows(), 9);
  EXPECT_EQ(measured.gram_variances.rows(), 2);
  EXPECT_EQ(measured.correlation_variances.rows(), 2);
}

TEST(WidthSeries, HasTheMeanOfTheMeasurement) {
  const MonteCarlo simulation(series_options(22), series_inputs());
  const auto state = finished_series(simulation);
  const auto series = simulation.series(state);
  ASSERT_EQ(series.widths.size(), 2U);
  ASSERT_EQ(series.classes.count(), classes);
  for (const auto& measured : simulation.measurement(state)) {
    const auto& of_width = series.widths[measured.width == width ? 1 : 0];
    const Eigen::VectorXd mean =
        of_width.means.middleCols((measured.layer - 1) * classes, classes).colwise().mean();
    EXPECT_LE((mean - series.classes.means(measured.gram.mean)).cwiseAbs().maxCoeff(),
              series_rounding);
  }
}

TEST(WidthSeries, CountsForTheMemoryOfARun) {
  auto how = series_options(1000);
  const double few = MonteCarlo(how, series_inputs()).memory();
  how.stopping.replicates = 2'000'000;
  const auto rows = static_cast<double>(2 * how.stopping.replicates * series_depth * classes);
  EXPECT_GT(MonteCarlo(how, series_inputs()).memory(), few + 8 * rows);
}

}  // namespace
}  // namespace wideproof::sim
