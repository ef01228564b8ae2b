// SPDX-License-Identifier: MIT
// How often `wideproof judge` errs: the claims of a run, that of independence among them, of a
// prediction that says nothing of fluctuations. The rates stand in docs/statistics.md.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;
using testing::Rng;
using testing::Tally;

constexpr int judge_trials = 1000;
constexpr int twin_trials = 100;

/// Two layers, three inputs, 200 networks at each of five widths.
Invented sampled_elsewhere() {
  Invented invented = testing::default_experiment();
  invented.layers = 2;
  invented.replicates = 200;
  invented.spread = 1.0;
  return invented;
}

/// Matrices alone, as a file has them.
std::vector<PredictedLayer> file_of(const Invented& invented) {
  return predicted_layers(std::vector<Eigen::MatrixXd>(invented.layers, invented.limit));
}

Options judging(double family_error) {
  Options options = testing::at_level(family_error);
  options.asks_independence = true;
  return options;
}

TEST(JudgeCalibration, ATruePredictionIsRarelyCalledWrong) {
  for (const bool skewed : {false, true}) {
    const std::string law = skewed ? "_log_normal" : "_normal";
    Rng rng(21);
    Tally tally;
    for (int trial = 0; trial < judge_trials; ++trial) {
      const auto sample = skewed ? testing::draw_log_normal(sampled_elsewhere(), rng)
                                 : testing::draw(sampled_elsewhere(), rng);
      const auto outcome =
          assess(file_of(sampled_elsewhere()), sample, judging(0.05)).verdict.outcome;
      tally.count("judged_wrong" + law, outcome == Outcome::disagree);
      tally.count("judged_right" + law, outcome == Outcome::agree);
    }
    tally.record();
    tally.expect_at_most("judged_wrong" + law, 0.05);
    EXPECT_GT(tally.times("judged_right" + law), judge_trials / 2);
  }
}

TEST(JudgeCalibration, FaultsAreFound) {
  struct Twin {
    const char* name;
    Eigen::MatrixXd predicted;
    bool reuses_seed;
  };
  const Eigen::MatrixXd limit = sampled_elsewhere().limit;
  const std::vector<Twin> twins = {{"bias_forgotten", limit.array() + 0.1, false},
                                   {"one_over_n", 256.0 * limit, false},
                                   {"off_by_two_percent", 1.02 * limit, false},
                                   {"seed_reused", limit, true}};
  for (const Twin& twin : twins) {
    Rng rng(22);
    Tally tally;
    Invented wrong = sampled_elsewhere();
    wrong.limit = twin.predicted;
    for (int trial = 0; trial < twin_trials; ++trial) {
      auto sample = testing::draw(sampled_elsewhere(), rng);
      if (twin.reuses_seed)
        for (auto& at : sample.series.widths) at.means.rowwise() = at.means.row(0).eval();
      const auto verdict = assess(file_of(wrong), sample, judging(0.01)).verdict;
      tally.count(twin.name, verdict.outcome == Outcome::disagree);
    }
    tally.record("found_");
    EXPECT_GE(tally.times(twin.name), 99) << twin.name;
  }
}

}  // namespace
}  // namespace wideproof::compare
