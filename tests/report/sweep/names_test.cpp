// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/names.hpp>

#include <gtest/gtest.h>

namespace wideproof::report {
namespace {

TEST(SweepNames, ShortenInlineTables) {
  compare::SweepResult sweep{{"network.postsynaptic"}, {}};
  for (const char* value : {"{degree = 2.0, filter = \"uniform\"}", "{filter = \"none\"}",
                            "{a = [1, 2]}", "[1, 2]", "{}"})
    sweep.points.push_back({.values = {value}});
  EXPECT_EQ(short_value(sweep, 0, 0), "uniform m = 2");
  EXPECT_EQ(short_value(sweep, 1, 0), "none");
  EXPECT_EQ(short_value(sweep, 2, 0), "{a = [1, 2]}");
  EXPECT_EQ(short_value(sweep, 3, 0), "[1, 2]");
  EXPECT_EQ(short_value(sweep, 4, 0), "{}");
}

TEST(SweepNames, TellTwoKeysOfOneNameApart) {
  const compare::SweepResult sweep{
      {"network.presynaptic.taps", "network.postsynaptic.taps", "network.depth", "inputs.count"},
      {{.values = {"1", "3", "2", "6.000001"}}}};
  EXPECT_EQ(short_name(sweep, 0),
            "presynaptic taps = 1, postsynaptic taps = 3, depth = 2, count = 6");
}

}  // namespace
}  // namespace wideproof::report
