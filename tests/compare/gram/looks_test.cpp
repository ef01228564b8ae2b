// SPDX-License-Identifier: MIT
// Runs that end as soon as their standard errors are small enough.
#include "calibration.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::compare {
namespace {

using testing::at_level;
using testing::Invented;
using testing::Rng;
using testing::Tally;

/// The first `networks` of one width of a sample.
void append_first(testing::Sample& to, const testing::Sample& from, std::size_t width,
                  Eigen::Index networks) {
  const model::WidthSeries& all = from.series.widths[width];
  model::WidthSeries some = all;
  some.means = all.means.topRows(networks);
  some.gram_variances = all.gram_variances.topRows(networks / 4);
  some.correlation_variances = all.correlation_variances.topRows(networks / 4);
  model::LayerMeasurement measured = from.measurement[width];
  measured.replicates = networks;
  const Eigen::ArrayXd norm = some.means.col(0);
  measured.gram.mean(0, 0) = norm.mean();
  measured.gram.variance(0, 0) =
      (norm - norm.mean()).square().sum() / static_cast<double>(networks - 1);
  to.series.widths.push_back(some);
  to.measurement.push_back(measured);
}

TEST(Looks, MultiplyEveryPValueAndTightenEquivalence) {
  const Invented invented = testing::default_experiment();
  Rng rng(51);
  const auto sample = testing::draw(invented, rng);
  Options options = at_level(0.05);
  const Assessment once = assess(testing::truth(invented), sample, options);
  options.looks = 3;
  const Assessment thrice = assess(testing::truth(invented), sample, options);
  for (std::size_t i = 0; i < once.claims.size(); ++i)
    if (once.claims[i].p_value) {
      EXPECT_NEAR(*thrice.claims[i].p_value, std::min(1.0, 3.0 * *once.claims[i].p_value), 1e-12);
    }
  EXPECT_GT(thrice.widths.back().comparison.equivalence.replicate_factor,
            once.widths.back().comparison.equivalence.replicate_factor);
}

TEST(Looks, KeepTheErrorOfARunThatStopsAtItsPrecision) {
  // One norm; after each 8 networks a width ends where its standard error is below 0.8 of what 24
  // networks show on average, at 40 networks in any case: five looks at each of five widths.
  Invented invented;
  invented.replicates = 40;
  invented.first = 10.0;
  Rng rng(52);
  Tally tally;
  for (int trial = 0; trial < 2000; ++trial) {
    const testing::Sample all = testing::draw(invented, rng);
    testing::Sample seen;
    seen.series.classes = all.series.classes;
    for (std::size_t w = 0; w < invented.widths.size(); ++w) {
      Eigen::Index networks = 8;
      const auto standard_error = [&] {
        const Eigen::ArrayXd norm = all.series.widths[w].means.col(0).head(networks);
        return std::sqrt((norm - norm.mean()).square().sum() /
                         static_cast<double>(networks * (networks - 1)));
      };
      const double target = 0.8 / std::sqrt(24.0 * static_cast<double>(invented.widths[w]));
      while (networks < 40 && standard_error() > target) networks += 8;
      append_first(seen, all, w, networks);
    }
    Options options = at_level(0.05);
    const Assessment unaware = assess(testing::truth(invented), seen, options);
    for (const Claim& claim : unaware.claims)
      if (claim.p_value) tally.count(claim.name + "_looks_ignored", *claim.p_value < 0.05);
    options.looks = 25;
    tally.count("disagree", assess(testing::truth(invented), seen, options).verdict.outcome ==
                                Outcome::disagree);
  }
  tally.record();
  tally.expect_at_most("disagree", 0.05);
}

}  // namespace
}  // namespace wideproof::compare
