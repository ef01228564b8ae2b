// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/critical_curve.hpp>

#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

SweepSpec sweep_of(const std::string& sweep) {
  return parse_sweep(tiny + sweep, "tiny", {}).value();
}

TEST(CriticalCurve, IsNamedByTheAxisThatItIsDrawnOn) {
  const std::string fractions = "[sweep]\nnetwork.active_fraction = [0.05, 0.3]\n";
  const auto taps = critical_curve(sweep_of(fractions + "network.presynaptic.taps = [1, 5, 13]\n"));
  ASSERT_TRUE(taps);
  EXPECT_EQ(taps->title, "taps = m* + 1");
  const auto neither = critical_curve(sweep_of(
      fractions + "network.presynaptic = [{filter = \"none\"}, {filter = \"box\", taps = 3}]\n"));
  EXPECT_FALSE(neither);
}

}  // namespace
}  // namespace wideproof::app
