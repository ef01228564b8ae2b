// SPDX-License-Identifier: MIT
// Two inputs that share few active neurons: their entry of the gram is a count of rare events. The
// number of shared neurons of a network of width n is Poisson with mean n·rate, each adding 1/n.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>

#include <wideproof/compare/gram/assessment.hpp>

#include "error_rates.hpp"
#include "invented.hpp"

namespace wideproof::compare {
namespace {

constexpr std::int64_t replicates = 100;
constexpr int rare_trials = 300;
constexpr double level = 0.05;

/// Both norms are 1 with a spread of 5/√n; the shared entry has no bias.
testing::Sample draw_networks(double rate, testing::Rng& rng) {
  testing::Sample sample;
  sample.series.classes = model::EntryClasses(testing::equicorrelated(2, rate));
  for (const std::int64_t width : {256, 512, 1024, 2048}) {
    const auto n = static_cast<double>(width);
    boost::random::poisson_distribution<int> shared(n * rate);
    boost::random::normal_distribution<double> norm(1.0, 5.0 / std::sqrt(n));
    std::vector<std::vector<Eigen::MatrixXd>> grams, correlations;
    for (std::int64_t r = 0; r < replicates; ++r) {
      const double entry = shared(rng) / n;
      Eigen::MatrixXd gram = testing::equicorrelated(2, entry);
      correlations.push_back({gram});
      gram.diagonal() << norm(rng), norm(rng);
      grams.push_back({gram});
    }
    testing::append_width(sample, width, grams, correlations);
  }
  return sample;
}

/// How many of the trials reject the prediction `predicted_rate` by the lines in 1/n, entry by
/// entry or all classes together.
int rejections(double rate, double predicted_rate, double rare_neurons, std::uint64_t seed) {
  testing::Rng rng(seed);
  Options options;
  options.order = 1;
  options.rare_neurons = rare_neurons;
  const auto predicted = predicted_layers({testing::equicorrelated(2, predicted_rate)});
  int rejected = 0;
  for (int trial = 0; trial < rare_trials; ++trial) {
    const Assessment assessment = assess(predicted, draw_networks(rate, rng), options);
    const Extrapolation& limits = *assessment.extrapolation;
    rejected += std::min(limits.p_value, limits.classes.test.p_value) < level / 2.0 ? 1 : 0;
  }
  return rejected;
}

/// 3840 neurons a replicate, 384 000 in all: some two shared ones.
constexpr double rare_rate = 5e-6;

TEST(RareEntries, DoNotConvictATruePrediction) {
  const int rejected = rejections(rare_rate, rare_rate, Options{}.rare_neurons, 411);
  RecordProperty("rate", std::to_string(static_cast<double>(rejected) / rare_trials));
  EXPECT_LE(rejected, testing::count_bounds(rare_trials, level).high);
}

TEST(RareEntries, WouldConvictATruePredictionIfTheyWereTested) {
  const int rejected = rejections(rare_rate, rare_rate, 0.0, 411);
  RecordProperty("rate", std::to_string(static_cast<double>(rejected) / rare_trials));
  EXPECT_GT(rejected, testing::count_bounds(rare_trials, level).high);
}

TEST(RareEntries, StillConvictAPredictionThatIsNotRare) {
  // Predicting 1% where 0.0005% is found: the prediction is far above 1000 neurons of 384 000.
  EXPECT_EQ(rejections(rare_rate, 0.01, Options{}.rare_neurons, 412), rare_trials);
}

TEST(RareEntries, AreJudgedByTheNeuronsSampled) {
  EXPECT_DOUBLE_EQ(rare_below(Options{}, 384000.0), 1000.0 / 384000.0);
}

}  // namespace
}  // namespace wideproof::compare
