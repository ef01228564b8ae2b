// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/figures.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/report/dimension/traces.hpp>
#include "invented_dimension.hpp"

namespace wideproof::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

auto named(const char* name) {
  return Field(&Figure::name, name);
}

/// Sixteen directions of equal variance, and as many of none.
model::LayerSpectrum half_flat(std::int64_t layer = 2) {
  model::LayerSpectrum spectrum{32, layer, 128, 16.0, Eigen::VectorXd::Zero(32)};
  spectrum.eigenvalues.head(16).setConstant(0.5);
  return spectrum;
}

TEST(DimensionFigures, AreFour) {
  EXPECT_THAT(dimension_figures(testing::judged(), {half_flat()}),
              ElementsAre(named("dimensionality"), named("correlation_strength"),
                          named("dimensionality_by_width"), named("spectrum")));
}

TEST(DimensionFigures, AreLeftOutWithoutNumbers) {
  EXPECT_THAT(dimension_figures(testing::of_fixed_dimension(), {}),
              ElementsAre(named("dimensionality"), named("dimensionality_by_width")));
  EXPECT_THAT(dimension_figures(testing::least(), {}),
              ElementsAre(named("dimensionality"), named("correlation_strength")));
}

TEST(DimensionFigures, ShowTheoryWidthsAndLimits) {
  const Figure figure = dimension_figures(testing::judged(), {}).front();
  for (const char* series : {"theory,1,0.5646,", "N = 256,", "N = 4096,", "N → ∞,"})
    EXPECT_THAT(figure.csv, HasSubstr(series));
  EXPECT_THAT(figure.caption, AllOf(HasSubstr("rings their limit"), HasSubstr("1/N;")));
  const Figure measured = dimension_figures(testing::only_measured(), {}).front();
  EXPECT_THAT(measured.csv, Not(HasSubstr("theory")));
  EXPECT_THAT(measured.caption, Not(HasSubstr("theory")));
}

TEST(DimensionFigures, EndTheSeriesAtTheLimit) {
  const auto assessment = testing::judged();
  const Figure figure = dimension_figures(assessment, {})[2];
  const auto* limit = assessment.estimate(compare::DimensionQuantity::dimensionality, 2);
  EXPECT_THAT(figure.csv, HasSubstr(fmt::format("series,0,{},", 1.0 / limit->value)));
  EXPECT_THAT(figure.csv, HasSubstr(fmt::format("limit,0,{},", 1.0 / limit->value)));
  EXPECT_THAT(figure.csv, HasSubstr("theory,0,0.3155,"));
}

TEST(DimensionFigures, ScaleWidthsAsTheSeriesDoes) {
  const auto figures =
      dimension_figures(testing::judged(compare::testing::with_correlated_synapses()), {});
  EXPECT_THAT(figures[2].plot, HasSubstr("on a scale of 1/√N"));
  EXPECT_THAT(figures[2].csv, HasSubstr("means,0.0625,"));  // 1/√256
}

TEST(DimensionFigures, MarkTheParticipationRatioOfASpectrum) {
  const Figure figure = dimension_figures(testing::least(), {half_flat()}).back();
  EXPECT_THAT(figure.csv, HasSubstr("2,participation,16,2\n"));
  EXPECT_THAT(figure.csv, Not(HasSubstr("2,eigenvalue,17,")));
  EXPECT_THAT(figure.plot, AllOf(HasSubstr("}_{2}\u00a0= 0.5'"), HasSubstr("logscale x"),
                                 HasSubstr("logscale y")));
  // (1 ± √(32/128))²
  EXPECT_THAT(figure.caption, AllOf(HasSubstr("N = 32,"), HasSubstr("M = 128 inputs"),
                                    HasSubstr("from 0.25 to 2.2 times")));
}

/// Of data, eigenvalues are shares of the variance and nothing is estimated.
TEST(DimensionFigures, ShowTheSpectrumOfAWholeEnsemble) {
  const Figure figure = dimension_figures(testing::of_fixed_dimension(), {half_flat()}).back();
  EXPECT_THAT(figure.csv, HasSubstr("2,participation,16,0.0625\n"));
  EXPECT_THAT(figure.plot, AllOf(HasSubstr("N D̃}_{2}\u00a0= 16'"), HasSubstr("share")));
  EXPECT_THAT(figure.caption, AllOf(HasSubstr("the 128 inputs"), Not(HasSubstr("without bias"))));
}

TEST(DimensionFigures, SetTheMarkOnTheLineBetweenRanks) {
  model::LayerSpectrum steep{32, 1, 128, std::sqrt(2.0), Eigen::VectorXd::Zero(32)};
  steep.eigenvalues.head(2) << 16.0,
      4.0;  // √(16·4) = 8 half way on logarithmic axes; a mean of 20/32
  EXPECT_THAT(dimension_figures(testing::least(), {steep}).back().csv,
              ::testing::ContainsRegex("1,participation,1.41[0-9]*,12.(80|79999)"));
}

TEST(DimensionFigures, DrawNoSpectrumOfOneDirectionAndNoMarkThatIsNone) {
  model::LayerSpectrum none{32, 1, 128, std::nan(""), Eigen::VectorXd::Zero(32)};
  EXPECT_THAT(dimension_figures(testing::least(), {none, {}}), SizeIs(2));
  auto unmarked = half_flat();
  unmarked.participation_ratio = std::nan("");
  const Figure figure = dimension_figures(testing::least(), {unmarked}).back();
  EXPECT_THAT(figure.csv, Not(HasSubstr("participation")));
  EXPECT_THAT(figure.plot, Not(HasSubstr("with points")));
}

TEST(DimensionFigures, DrawEightSpectraAtMost) {
  std::vector<model::LayerSpectrum> spectra;
  for (std::int64_t layer = 1; layer <= 20; ++layer) spectra.push_back(half_flat(layer));
  const Figure figure = dimension_figures(testing::least(), spectra).back();
  EXPECT_THAT(figure.csv, AllOf(HasSubstr("\n1,eigenvalue,1,"), HasSubstr("\n20,eigenvalue,1,")));
  EXPECT_THAT(figure.plot, AllOf(HasSubstr("lt 8 title"), Not(HasSubstr("lt 9"))));
}

TEST(DimensionFigures, HaveNoNumberThatIsNotFinite) {
  for (const auto& assessment :
       {testing::judged(), testing::only_measured(), testing::of_fixed_dimension(),
        testing::overflowed(), testing::least()})
    for (const Figure& figure : dimension_figures(assessment, {half_flat()})) {
      EXPECT_THAT(figure.csv, AllOf(Not(HasSubstr("nan")), Not(HasSubstr("inf")))) << figure.name;
      EXPECT_THAT(figure.plot, AllOf(Not(HasSubstr("nan")), Not(HasSubstr("inf")))) << figure.name;
    }
}

TEST(DimensionTraces, AreTheoryAndLimitsByLayer) {
  const auto assessment = testing::judged();
  const auto traces = dimension_traces(assessment);
  ASSERT_THAT(traces, SizeIs(2));
  EXPECT_EQ(traces[0].figure->name, "dimensionality_by_layer");
  EXPECT_THAT(traces[0].line_x, ElementsAre(1.0, 2.0, 3.0));
  EXPECT_THAT(traces[0].line_y, ElementsAre(.5646, .4007, .3155));
  ASSERT_THAT(traces[0].dot_y, SizeIs(3));
  EXPECT_DOUBLE_EQ(traces[0].dot_y[2],
                   1.0 / assessment.estimate(compare::DimensionQuantity::dimensionality, 2)->value);
  EXPECT_EQ(traces[1].figure->name, "strength_by_layer");
}

TEST(DimensionTraces, AreLinesAloneBeforeARunAndDotsAloneWithoutPrediction) {
  const auto predicted =
      dimension_traces(compare::testing::truth_of(testing::of_three_layers()), false);
  ASSERT_THAT(predicted, SizeIs(2));
  EXPECT_THAT(predicted[1].line_y, SizeIs(3));
  EXPECT_THAT(predicted[1].dot_x, SizeIs(0));
  const auto measured = dimension_traces(testing::only_measured());
  EXPECT_THAT(measured[0].line_x, SizeIs(0));
  EXPECT_THAT(measured[0].dot_x, SizeIs(3));
  EXPECT_THAT(dimension_traces(testing::of_fixed_dimension()), SizeIs(1));
}

}  // namespace
}  // namespace wideproof::report
