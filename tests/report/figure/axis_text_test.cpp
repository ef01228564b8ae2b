// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/axis_text.hpp>

#include <limits>

#include <gmock/gmock.h>

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(AxisText, LabelsThreeNumbersHoweverShortTheAxis) {
  const std::string axis = log_axis("y", {0.015, 0.06, std::numeric_limits<double>::quiet_NaN()});
  EXPECT_THAT(axis, HasSubstr("set logscale y\nset yrange [0.0133929:0.0672]\n"));
  EXPECT_THAT(axis, HasSubstr("'0.02' 0.02, '0.03' 0.03, '' 0.04 1, '0.05' 0.05, '' 0.06 1)"));
  EXPECT_THAT(log_axis("y", {0.0155, 0.0222}),
              HasSubstr("('0.014' 0.014, '0.016' 0.016, '0.018' 0.018, '0.02' 0.02)"));
  EXPECT_THAT(log_axis("cb", {0.0115, 0.038}),
              HasSubstr("('0.015' 0.015, '0.02' 0.02, '0.03' 0.03"));
  EXPECT_THAT(log_axis("x", {0.01, 0.5}), HasSubstr("'0.01' 0.01, '' 0.02 1, '0.03' 0.03"));
  EXPECT_EQ(log_axis("y", {0.0, -1.0}), "");
}

TEST(AxisText, LabelsEndsAndMiddleWhereNoRoundNumberLies) {
  EXPECT_THAT(log_axis("cb", {0.034}),
              HasSubstr("('0.0304' 0.0303571, '0.034' 0.034, '0.0381' 0.03808)"));
  EXPECT_THAT(log_axis("cb", {3.4e-7}), HasSubstr("'3.4·10^{-7}' 3.4e-07"));
}

TEST(AxisText, StepsALinearAxisFiveTimesAtMost) {
  EXPECT_EQ(few_tics("y", {0.0, 16.3}), "set ytics 5\n");
  EXPECT_EQ(few_tics("x", {0.05, 0.3}), "set xtics 0.05\n");
  EXPECT_EQ(few_tics("y", {-1.0, 9.5}), "set ytics 5\n");
  EXPECT_EQ(few_tics("y", {1.0, std::numeric_limits<double>::infinity(), 1.0}), "");
}

TEST(AxisText, LabelsTheEndsOfAColourBarApart) {
  EXPECT_EQ(bar_tics(0.304, 0.5).tics, "'0.304' 0.304, '0.402' 0.402, '0.5' 0.5");
  EXPECT_EQ(bar_tics(-5.0, 5.0).tics, "'-5' -5, '0' 0, '5' 5");
  // A long label would be cut off beside the bar.
  EXPECT_EQ(bar_tics(-4.31e-5, 0.5).tics, "'0' -4.31e-05, '0.25' 0.24997845, '0.5' 0.5");
  EXPECT_EQ(bar_tics(-0.00452, 0.5).tics, "'-0.005' -0.00452, '0.248' 0.24774, '0.5' 0.5");
  EXPECT_EQ(bar_tics(0.25, 0.25 + 0x1p-16).tics,
            "'0.25' 0.25, '0.25001' 0.25000762939453125, '0.25002' 0.2500152587890625");
  const BarTics tiny = bar_tics(0x1p-72, 0x1.01p-72);  // 2.1175823681e-22 and a 256th more
  EXPECT_EQ(tiny.exponent, -22);
  EXPECT_THAT(tiny.tics, HasSubstr("'2.118' 2.117582368135751e-22, '2.122' 2.12"));
  EXPECT_EQ(bar_tics(0.0, 2e4).exponent, 4);
  EXPECT_EQ(bar_tics(0.0, 2e4).tics, "'0' 0, '1' 10000, '2' 20000");
}

TEST(AxisText, LabelsPowersAloneWhereTheyAreEnough) {
  const std::string axis = log_axis("cb", {1e-5, 1.0});
  EXPECT_THAT(axis, HasSubstr("'10^{-5}' 1e-05, '' 2e-05 1"));
  EXPECT_THAT(axis, HasSubstr("'0.1' 0.1, '' 0.2 1"));
  EXPECT_THAT(log_axis("y", {2e-5, 6e-5}), HasSubstr("'2·10^{-5}' 2e-05, '3·10^{-5}' 3e-05"));
}

TEST(AxisText, LabelsFourCountsAtMost) {
  const std::string axis = count_axis("x", {32, 64, 128, 256, 512});
  EXPECT_THAT(axis, HasSubstr("'32' 32, '' 64 1, '128' 128, '' 256 1, '512' 512"));
  EXPECT_THAT(count_axis("x", {7}), HasSubstr("[3.5:14]"));
  EXPECT_EQ(count_axis("x", {}), "");
}

TEST(AxisText, ShowsWhatGnuplotWouldRead) {
  EXPECT_EQ(shown("it's a_b"), "it''s a\\_b");
  EXPECT_THAT(shown("plain"), Not(HasSubstr("\\")));
}

}  // namespace
}  // namespace wideproof::report
