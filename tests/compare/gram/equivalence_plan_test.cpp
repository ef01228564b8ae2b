// SPDX-License-Identifier: MIT
// Whether an inconclusive run that follows the advice of its verdict is decided.
#include <wideproof/compare/gram/equivalence_plan.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <gmock/gmock.h>

#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using testing::Invented;
using testing::Rng;
using testing::Tally;

/// Every width draws from a stream of its own, so that a run of more networks begins with those of
/// the shorter one, and one more width leaves the others as they are.
testing::Sample extensible(const Invented& invented, std::uint64_t run, bool skewed) {
  testing::Sample sample;
  for (const std::int64_t width : invented.widths) {
    Invented of_width = invented;
    of_width.widths = {width};
    Rng rng(1'000'003 * run + static_cast<std::uint64_t>(width));
    const testing::Sample part =
        skewed ? testing::draw_log_normal(of_width, rng) : testing::draw(of_width, rng);
    sample.series.classes = part.series.classes;
    sample.series.widths.push_back(part.series.widths.front());
    sample.measurement.insert(sample.measurement.end(), part.measurement.begin(),
                              part.measurement.end());
  }
  return sample;
}

/// The reason that gives advice, where equivalence is open.
std::optional<std::string> advice_of(const Verdict& verdict) {
  for (const std::string& reason : verdict.reasons)
    if (reason.find("in nine runs of ten") != std::string::npos ||
        reason.find("may not decide it") != std::string::npos)
      return reason;
  return std::nullopt;
}

/// The number after `lead`, without the commas between its thousands.
std::optional<double> number_after(const std::string& text, const std::string& lead) {
  const auto found = text.find(lead);
  if (found == std::string::npos) return std::nullopt;
  std::string digits;
  for (const char c : text.substr(found + lead.size())) {
    if (c == ',') continue;
    if (c != '.' && (c < '0' || c > '9')) break;
    digits += c;
  }
  return std::stod(digits);
}

/// The number before " times the replicates".
std::optional<double> times_the_replicates(const std::string& text) {
  const auto end = text.find(" times the replicates");
  if (end == std::string::npos) return std::nullopt;
  const auto before = text.rfind("about ", end);
  return before == std::string::npos ? std::nullopt : number_after(text.substr(before), "about ");
}

struct Cause {
  const char* name;
  Invented invented;
  bool skewed = false;
  bool of_nothing = false;  ///< the replicates that would do were there no difference
};

Invented with(std::vector<std::int64_t> widths, std::int64_t replicates, double bias, double spread,
              Eigen::Index inputs = 2) {
  Invented invented;
  invented.widths = std::move(widths);
  invented.replicates = replicates;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(inputs, 0.5);
  invented.first = bias;
  invented.spread = spread;
  return invented;
}

std::vector<Cause> causes() {
  std::vector<Cause> all = {
      {"few_networks", with({256, 512, 1024, 2048}, 50, 5.0, 4.0)},
      {"few_networks_of_many_entries", with({256, 512, 1024, 2048}, 50, 5.0, 4.0, 4)},
      {"eight_networks", with({256, 512, 1024, 2048}, 8, 5.0, 2.0)},
      {"narrow", with({64, 128, 256, 512}, 100, 9.0, 1.0)},
      {"narrow_and_curved", with({64, 128, 256, 512}, 100, 9.0, 1.0)},
      {"both", with({64, 128, 256, 512}, 50, 6.0, 2.5)},
      {"both_skewed", with({64, 128, 256, 512}, 50, 6.0, 2.5), true},
      {"one_width", with({1024}, 50, 5.0, 2.0)},
      {"one_width_without_bias", with({1024}, 20, 0.0, 4.0), false, true}};
  all[4].invented.second = -200.0;
  return all;
}

TEST(EquivalencePlan, DecidesInNineRunsOfTen) {
  constexpr int wanted = 100;  // of each cause
  Tally tally;
  for (const auto& [name, invented, skewed, of_nothing] : causes()) {
    const auto predicted = testing::truth(invented);
    int open = 0;
    for (std::uint64_t run = 1; open < wanted && run < 20 * wanted; ++run) {
      const auto advice =
          advice_of(assess(predicted, extensible(invented, run, skewed), {}).verdict);
      if (!advice) continue;
      ++open;
      const auto decided = [&](const Invented& longer) {
        return assess(predicted, extensible(longer, run, skewed), {}).verdict.outcome !=
               Outcome::inconclusive;
      };
      const auto factor = times_the_replicates(*advice);
      const auto width = number_after(*advice, "largest width of about ");
      const bool promised =
          factor && (of_nothing || advice->find("were there none") == std::string::npos);
      tally.count(std::string("promised_replicates_") + name, promised);
      tally.count(std::string("promised_width_") + name, width.has_value());
      if (promised) {
        Invented longer = invented;
        longer.replicates = static_cast<std::int64_t>(
            std::ceil(*factor * static_cast<double>(invented.replicates)));
        tally.count(std::string("by_replicates_") + name, decided(longer));
      }
      if (width) {
        Invented wider = invented;
        wider.widths.push_back(static_cast<std::int64_t>(*width));
        tally.count(std::string("by_width_") + name, decided(wider));
        wider.widths.back() = (wider.widths.back() + invented.widths.back()) / 2;
        tally.count("by_half_the_width", decided(wider));
      }
    }
    EXPECT_EQ(open, wanted) << name;
    if (std::string(name).starts_with("few_networks")) {
      EXPECT_GT(tally.times(std::string("promised_replicates_") + name), wanted / 2) << name;
    }
    tally.expect_at_least(std::string("by_replicates_") + name, 0.9);
    tally.expect_at_least(std::string("by_width_") + name, 0.9);
  }
  tally.record();
  // The twin: half of it is not enough.
  EXPECT_LT(tally.times("by_half_the_width"),
            testing::count_bounds(tally.occasions("by_half_the_width"), 0.9).low);
}

/// Its advice, without any noise to see.
TEST(EquivalencePlan, PromisesNoReplicatesWhereTheBiasIsBeyondTheMargin) {
  const Invented invented = with({512, 1024, 2048, 4096}, 100, 120.0, 0.01);
  const Assessment assessment = assess(testing::truth(invented), testing::exact(invented), {});
  EXPECT_THAT(advice_of(assessment.verdict).value(),
              HasSubstr("more replicates alone may not decide it, for the bias of this width may "
                        "itself lie beyond; if"));
  EXPECT_FALSE(plan_equivalence(assessment, Supposed::law).replicates);
  // 120/0.02 = 6000 neurons.
  EXPECT_NEAR(*plan_equivalence(assessment, Supposed::estimate).width * 4096.0, 6000.0, 120.0);
}

TEST(EquivalencePlan, AsksForWhatANormalEntryNeeds) {
  // One entry, many networks, no difference supposed: with se the margin, of 1 − 2·5% each
  // z_0.99/√F + z_0.95·√((F − 1)/F²) = 1 − d/(F·se), d = 0 here.
  Invented invented;
  invented.widths = {100};
  invented.replicates = 10'000;
  invented.spread = 0.02 * std::sqrt(100.0 * 10'000.0);
  const Assessment assessment = assess(testing::truth(invented), testing::exact(invented), {});
  const double factor = *plan_equivalence(assessment, Supposed::nothing).replicates;
  EXPECT_NEAR(2.326348 / std::sqrt(factor) + 1.644854 * std::sqrt(factor - 1.0) / factor, 1.0,
              0.02);  // a percent in F, and as much from the 10,000 networks
}

}  // namespace
}  // namespace wideproof::compare
