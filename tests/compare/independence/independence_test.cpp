// SPDX-License-Identifier: MIT
// How often independent networks are called dependent, and whether dependent ones are found. The
// rates stand in docs/statistics.md.
#include <wideproof/compare/independence/independence.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include <gtest/gtest.h>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/compare/independence/same_networks.hpp>

#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::at_level;
using testing::Invented;
using testing::Rng;
using testing::Tally;

constexpr int trials = 1000;
constexpr double rounding = 1e-6;
constexpr double level = 0.05;

/// Three layers of two inputs, 200 networks at each of four widths.
Invented networks() {
  Invented invented = testing::pair_of_inputs();
  invented.widths = {128, 256, 512, 1024};
  invented.replicates = 200;
  return invented;
}

model::ClassSeries series_of(const Invented& invented, Rng& rng) {
  return testing::draw(invented, rng).series;
}

double p_of(const model::ClassSeries& series) {
  const auto claim = independence_claim(series, rounding);
  return claim ? *claim->claim.p_value : 1.0;
}

/// Grams of sign(h): multiples of 1/n off the diagonal, 1 on it.
model::ClassSeries of_signs(std::int64_t inputs, Rng& rng) {
  model::ClassSeries series{model::EntryClasses(testing::equicorrelated(inputs, 0.0)), {}};
  boost::random::normal_distribution<double> normal;
  for (const std::int64_t width : {64, 128, 256}) {
    model::WidthSeries at{.width = width,
                          .means = {},
                          .reduced = {},
                          .gram_variances = {},
                          .correlation_variances = {}};
    at.means = Eigen::MatrixXd::Ones(300, series.classes.count());
    for (Eigen::Index r = 0; r < at.means.rows(); ++r) {
      const double steps = std::round(normal(rng) * std::sqrt(static_cast<double>(width)) / 2.0);
      at.means(r, 1) = 2.0 * steps / static_cast<double>(width);
    }
    series.widths.push_back(std::move(at));
  }
  return series;
}

TEST(Independence, IsRarelyDeniedToIndependentNetworks) {
  for (const bool skewed : {false, true}) {
    Rng rng(11);
    Tally tally;
    const std::string law = skewed ? "_log_normal" : "_normal";
    for (int trial = 0; trial < trials; ++trial) {
      const auto sample =
          skewed ? testing::draw_log_normal(networks(), rng) : testing::draw(networks(), rng);
      tally.count("dependent" + law, p_of(sample.series) < level);
    }
    tally.record();
    tally.expect_at_most("dependent" + law, level);
  }
}

TEST(Independence, IsNotDeniedToGramsThatAreMultiplesOfOneNeuron) {
  // Some 40 of 300 networks show any one number, so that nearly all have a double.
  Rng rng(12);
  Tally tally;
  for (int trial = 0; trial < trials; ++trial)
    tally.count("dependent_signs", p_of(of_signs(2, rng)) < level);
  tally.record();
  tally.expect_at_most("dependent_signs", level);
}

TEST(Independence, IsNotDeniedToSinglesThatCoincideInSinglePrecision) {
  // One number a network, 2000 of them: in float32 some coincide by chance.
  Rng rng(13);
  Tally tally;
  Invented one;
  one.widths = {4096, 16384};
  one.replicates = 2000;
  for (int trial = 0; trial < 500; ++trial) {
    auto series = series_of(one, rng);
    for (auto& at : series.widths) at.means = at.means.cast<float>().cast<double>().eval();
    const auto same = same_networks(series, rounding, true);
    tally.count("same_floats", same && same->p_value < level);
  }
  tally.record();
  tally.expect_at_most("same_floats", level);
}

/// What a fault of seeds makes of the series, and how the claim names it.
struct Fault {
  std::function<void(model::ClassSeries&)> spoil;
  std::string named;
};

std::vector<Fault> faults() {
  return {{[](model::ClassSeries& series) {
             series.widths[2].means.row(17) = series.widths[2].means.row(3);
           },
           "networks 3 and 17 of width 512 are the same"},
          {[](model::ClassSeries& series) {  // summed in another order
             series.widths[2].means.row(17) = (1.0 + 3e-7) * series.widths[2].means.row(3);
           },
           "networks 3 and 17 of width 512 are the same"},
          {[](model::ClassSeries& series) { series.widths[3].means = series.widths[2].means; },
           "network 0 of width 512 and network 0 of width 1024 are the same"},
          {[](model::ClassSeries& series) {
             for (auto& at : series.widths) at.means.rowwise() = at.means.row(0).eval();
           },
           "all networks of width 128 are the same"},
          {[](model::ClassSeries& series) {  // half of each network is that of the one before
             auto& means = series.widths[1].means;
             for (Eigen::Index r = 1; r < means.rows(); ++r)
               means.row(r) = (means.row(r) + means.row(r - 1)).eval() / 2.0;
           },
           "successive networks of width 256"},
          {[](model::ClassSeries& series) {  // the narrow network is a quarter of the wide one
             auto& wide = series.widths[2].means;
             const auto& narrow = series.widths[0].means;
             wide = (0.75 * wide + 0.25 * narrow).eval();
             wide += narrow * 0.25;
           },
           "networks of the same number at widths 128 and 512"}};
}

TEST(Independence, IsDeniedWhereSeedsWereReusedAndTheNetworksAreNamed) {
  for (const Fault& fault : faults()) {
    Rng rng(14);
    int found = 0;
    for (int trial = 0; trial < 50; ++trial) {
      auto series = series_of(networks(), rng);
      fault.spoil(series);
      const auto claim = independence_claim(series, rounding);
      const bool named = claim->claim.where.find(fault.named) != std::string::npos;
      found += named && *claim->claim.p_value < 0.01 ? 1 : 0;
    }
    EXPECT_EQ(found, 50) << fault.named;
  }
}

TEST(Independence, IsDeniedToSignsThatAreAllAlikeAtOneWidth) {
  Rng rng(15);
  auto series = of_signs(2, rng);
  series.widths[1].means.rowwise() = series.widths[1].means.row(0).eval();
  EXPECT_LT(p_of(series), 1e-6);
}

TEST(Independence, TakesTheVerdictFromEveryOtherClaim) {
  Rng rng(16);
  auto sample = testing::draw(networks(), rng);
  auto options = at_level(0.01);
  options.asks_independence = true;
  EXPECT_NE(testing::assess(testing::truth(networks()), sample, options).verdict.outcome,
            Outcome::disagree);
  sample.series.widths[2].means.row(17) = sample.series.widths[2].means.row(3);
  const auto assessment = testing::assess(testing::truth(networks()), sample, options);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::disagree);
  for (const Claim& claim : assessment.claims)
    EXPECT_EQ(claim.outcome,
              claim.number == ClaimNumber::dependence ? Outcome::disagree : Outcome::inconclusive)
        << claim.name;
  ASSERT_FALSE(assessment.verdict.reasons.empty());
  EXPECT_NE(assessment.verdict.reasons.front().find("networks 3 and 17 of width 512"),
            std::string::npos);
}

}  // namespace
}  // namespace wideproof::compare
