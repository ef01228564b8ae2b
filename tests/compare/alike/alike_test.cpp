// SPDX-License-Identifier: MIT
// How often two sets of networks of one law are told apart, and whether others are. The rates stand
// in docs/statistics.md.
#include <wideproof/compare/alike/alike.hpp>

#include <string>

#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>

#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::at_level;
using testing::Invented;
using testing::Rng;
using testing::Sample;
using testing::Tally;

constexpr int trials = 600;

Invented law() {
  Invented invented = testing::default_experiment();
  invented.layers = 2;
  invented.replicates = 100;
  invented.spread = 1.0;
  return invented;
}

Alike compared(const Sample& one, const Sample& other, double family_error) {
  return compare_sets({one.measurement, one.series}, {other.measurement, other.series},
                      at_level(family_error));
}

TEST(Alike, SetsOfOneLawAreRarelyToldApart) {
  for (const bool skewed : {false, true}) {
    const std::string name = skewed ? "_log_normal" : "_normal";
    Rng rng(31);
    Tally tally;
    Invented fewer = law();
    fewer.replicates = 60;
    for (int trial = 0; trial < trials; ++trial) {
      const auto draw = [&](const Invented& invented) {
        return skewed ? testing::draw_log_normal(invented, rng) : testing::draw(invented, rng);
      };
      const Sample one = draw(law());
      const Alike alike = compared(one, draw(fewer), 0.05);
      tally.count("told_apart" + name, alike.verdict.outcome == Outcome::disagree);
      for (const Claim& claim : alike.claims)
        if (claim.p_value) tally.count(claim.name + name, *claim.p_value < 0.05);
    }
    tally.record("alike_");
    for (const char* claim : {"told_apart", "means", "class-means", "limit", "variances"})
      tally.expect_at_most(claim + name, 0.05);
  }
}

TEST(Alike, SetsOfOtherLawsAreToldApart) {
  Rng rng(32);
  const auto times_found = [&](const Invented& other) {
    int found = 0;
    for (int trial = 0; trial < 50; ++trial) {
      const Sample one = testing::draw(law(), rng);
      found += compared(one, testing::draw(other, rng), 0.01).verdict.outcome == Outcome::disagree;
    }
    return found;
  };
  Invented other = law();
  other.limit *= 1.02;
  EXPECT_GE(times_found(other), 49) << "means";
  other = law();
  other.limit = testing::equicorrelated(3, 0.52);
  EXPECT_GE(times_found(other), 49) << "correlations";
  other = law();
  other.spread = 1.5;
  EXPECT_GE(times_found(other), 49) << "variances";
  other = law();
  other.first += 20.0;
  EXPECT_GE(times_found(other), 49) << "finite width";
  EXPECT_LE(times_found(law()), 5) << "the twin of these";
}

TEST(Alike, TheSameNetworksShowTheSameBits) {
  Rng rng(33);
  const Sample one = testing::draw(law(), rng);
  const Alike alike = compared(one, one, 0.01);
  EXPECT_TRUE(alike.are_same_bits);
  EXPECT_EQ(alike.largest_difference, 0.0);
  EXPECT_EQ(alike.verdict.outcome, Outcome::agree);
  EXPECT_FALSE(compared(one, testing::draw(law(), rng), 0.01).are_same_bits);
}

TEST(Alike, AreComparedAtTheWidthsThatBothHave) {
  Rng rng(34);
  Invented fewer = law();
  fewer.widths = {128, 512, 2048};
  const Alike alike = compared(testing::draw(law(), rng), testing::draw(fewer, rng), 0.01);
  EXPECT_EQ(alike.widths, (std::vector<std::int64_t>{512, 2048}));
  EXPECT_EQ(alike.at.size(), 4U);
  fewer.widths = {100, 200};
  EXPECT_THROW(compared(testing::draw(law(), rng), testing::draw(fewer, rng), 0.01),
               model::InputError);
  fewer = law();
  fewer.layers = 3;
  EXPECT_THROW(compared(testing::draw(law(), rng), testing::draw(fewer, rng), 0.01),
               model::InputError);
}

}  // namespace
}  // namespace wideproof::compare
