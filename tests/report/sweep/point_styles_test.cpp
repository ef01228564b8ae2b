// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/point_styles.hpp>

#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// f × z.
compare::SweepResult plane(int fs, int zs) {
  compare::SweepResult sweep{{"network.active_fraction", "network.presynaptic.taps"}, {}};
  for (int f = 1; f <= fs; ++f)
    for (int z = 1; z <= zs; ++z)
      sweep.points.push_back({.values = {fmt::format("0.{:02}", f), fmt::format("{}", 2 * z - 1)}});
  return sweep;
}

/// Of all points, z being the colour and f the marker.
PointStyles styles(const compare::SweepResult& sweep) {
  std::vector<std::size_t> points(sweep.points.size());
  std::iota(points.begin(), points.end(), std::size_t{0});
  std::vector<CurveName> names;
  for (const std::size_t i : points) names.push_back(curve_name(sweep, i));
  return {sweep, points, names, StyledKeys{.colour = 1, .marker = 0}};
}

TEST(PointStyles, TellAllPointsOfAGridOfThreeByThreeApart) {
  const PointStyles nine = styles(plane(3, 3));
  ASSERT_EQ(nine.drawn().size(), 9u);
  std::set<std::string> lines;
  std::set<std::string> dots;
  for (std::size_t i = 0; i < 9; ++i) {
    lines.insert(nine.line(i));
    dots.insert(nine.dot(i));
  }
  EXPECT_EQ(lines.size(), 9u);
  EXPECT_EQ(dots.size(), 9u);
  EXPECT_EQ(nine.line(1), "lt 2 dt 1");  // the first f, the second z
  EXPECT_EQ(nine.dot(1), "lt 2 pt 7");
  EXPECT_EQ(nine.dot(3), "lt 1 pt 5");
  EXPECT_EQ(nine.dot(3, true), "lt 1 pt 4");
}

TEST(PointStyles, HaveAnEntryForEachColourAndEachMarker) {
  const PointStyles nine = styles(plane(3, 3));
  EXPECT_THAT(
      nine.entries(),
      ElementsAre(HasSubstr("lt 1 lw 4 title 'taps = 1'"), HasSubstr("lt 2 lw 4 title 'taps = 3'"),
                  HasSubstr("taps = 5'"), HasSubstr("pt 7 dt 1 title '{/:Italic f} = 0.01'"),
                  HasSubstr("f} = 0.02'"), HasSubstr("f} = 0.03'")));
  EXPECT_THAT(nine.key().commands, HasSubstr("vertical Left reverse width 1 maxcols 2 maxrows 3"));
  EXPECT_NEAR(nine.key().height, 3 * 0.055, 1e-12);
}

TEST(PointStyles, AreNamedByValuesAloneWhereNamesAreTooLongForTheKey) {
  compare::SweepResult sweep{{"training.optimizer", "training.batch_size"}, {}};
  for (const char* optimizer : {"sgd", "rmsprop"})
    for (const char* batch : {"16", "256"}) sweep.points.push_back({.values = {optimizer, batch}});
  const PointStyles four = styles(sweep);
  EXPECT_THAT(four.entries(), ElementsAre(HasSubstr("title '16'"), HasSubstr("title '256'"),
                                          HasSubstr("title 'sgd'"), HasSubstr("title 'rmsprop'")));
  EXPECT_THAT(four.key().commands, HasSubstr("maxcols 2 maxrows 2"));
  EXPECT_EQ(four.key().names, " Colours tell the batch size, marks and dashes the optimizer.");
}

TEST(PointStyles, FillTheColumnOfColoursWhereMarkersAreMore) {
  const PointStyles six = styles(plane(4, 2));
  EXPECT_EQ(six.entries().size(), 2u + 2u + 4u);
  EXPECT_THAT(six.entries()[2], HasSubstr("title ' '"));
}

TEST(PointStyles, DrawSixteenPointsOfALargerGrid) {
  const PointStyles many = styles(plane(9, 9));
  ASSERT_EQ(many.drawn().size(), 16u);
  EXPECT_EQ(many.drawn().front(), 0u);
  EXPECT_EQ(many.drawn().back(), 80u);
}

TEST(PointStyles, GivePointsThatFillNoGridAColourEach) {
  compare::SweepResult diagonal = plane(3, 3);
  diagonal.points = {diagonal.points[0], diagonal.points[4], diagonal.points[8]};
  const PointStyles three = styles(diagonal);
  EXPECT_EQ(three.line(2), "lt 3");
  EXPECT_THAT(three.entries()[0], HasSubstr("title '{/:Italic f} = 0.01, taps = 1'"));
}

}  // namespace
}  // namespace wideproof::report
