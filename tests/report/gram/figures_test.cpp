// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/kernel_figures.hpp>
#include <wideproof/report/gram/figures/width_figures.hpp>
#include <wideproof/report/gram/page.hpp>
#include "invented_run.hpp"

namespace wideproof::report {
namespace {

using compare::testing::Invented;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::InventedRun;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Invented three_inputs() {
  Invented invented;
  invented.layers = 2;
  invented.limit = compare::testing::equicorrelated(3, 0.5);
  invented.spread = 0.5;
  invented.first = 2.0;
  return invented;
}

std::vector<std::string> names_of(const std::vector<Figure>& figures) {
  std::vector<std::string> names;
  for (const Figure& figure : figures) names.push_back(figure.name);
  return names;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(GramFigures, AreMadeOfEveryPartOfARun) {
  InventedRun run(three_inputs());
  run.curves.map = {{0, {-1.0, 1.0}, {0.0, 1.0}}};
  const GramFigures figures = gram_figures(run.study());
  EXPECT_THAT(names_of(figures.all()),
              ElementsAre("kernel_angle", "correlation_map", "gram_layer1_predicted",
                          "gram_layer1_measured", "gram_layer1_z", "gram_layer2_predicted",
                          "gram_layer2_measured", "gram_layer2_z", "bias", "spread",
                          "fluctuation_norm", "fluctuation_correlation", "active_fraction"));
}

TEST(GramFigures, DrawTheirOwnTablesAndNothingElse) {
  const InventedRun run(three_inputs());
  for (const Figure& figure : gram_figures(run.study()).all()) {
    EXPECT_THAT(figure.plot, HasSubstr("'" + figure.name + ".csv'"));
    const auto lines = lines_of(figure.csv);
    ASSERT_GT(lines.size(), 1) << figure.name;
    const auto commas = [](const std::string& line) {
      return std::count(line.begin(), line.end(), ',');
    };
    for (const auto& line : lines) EXPECT_EQ(commas(line), commas(lines[0])) << figure.name;
    EXPECT_FALSE(figure.title.empty() || figure.caption.empty());
  }
}

TEST(GramFigures, ShowTheNumbersOfTheAssessment) {
  const InventedRun run(three_inputs());
  const auto& gram = run.assessment.extrapolation->layers[1].gram;
  const auto matrices = matrix_figures(run.study());
  ASSERT_EQ(matrices.size(), 2);
  ASSERT_EQ(matrices[1].figures.size(), 3);
  EXPECT_THAT(matrices[1].figures[0].csv, StartsWith("row,column,predicted\n0,0,1\n0,1,0.5\n"));
  EXPECT_THAT(matrices[1].figures[1].csv,
              HasSubstr(fmt::format("\n0,2,{}\n", gram.estimate.value(0, 2))));
  EXPECT_THAT(matrices[1].figures[2].csv, HasSubstr(fmt::format("\n2,1,{}\n", gram.z(2, 1))));
  EXPECT_THAT(matrices[1].figures[0].plot, HasSubstr("set label 1 'Gram {/:Italic G_{ab}}'"));
  EXPECT_THAT(matrices[1].figures[2].plot, HasSubstr("set label 1 '{/:Italic z}'"));
}

TEST(GramFigures, KnowTheBiasThatWasInvented) {
  Invented invented = three_inputs();
  invented.first = 20.0;
  const InventedRun run(invented);
  const auto figure = bias_figure(run.study());
  ASSERT_TRUE(figure);
  // E mean − limit = s·20/n, on the diagonal and off it.
  EXPECT_THAT(lines_of(figure->csv)[1], StartsWith("1,256,0.0781"));
  EXPECT_THAT(lines_of(figure->csv)[5], StartsWith("1,4096,0.0048"));
  EXPECT_THAT(figure->caption, HasSubstr("layer 1: −1.00 (−"));
  EXPECT_THAT(figure->plot, HasSubstr("∝ 1/"));
}

TEST(GramFigures, KnowTheSpreadAndTheVarianceThatWereInvented) {
  const InventedRun run(three_inputs());
  const auto variance = fluctuation_figure(run.study(), compare::Quantity::gram);
  ASSERT_TRUE(variance);
  std::istringstream row(lines_of(variance->csv)[1]);
  std::vector<double> numbers;
  for (std::string field; std::getline(row, field, ',');) numbers.push_back(std::stod(field));
  ASSERT_EQ(numbers.size(), 6);
  EXPECT_NEAR(numbers[2], 0.25, 0.02);  // spread² = n·Var
  EXPECT_DOUBLE_EQ(numbers[5], 0.25);
  const auto spread = spread_figure(run.study());
  ASSERT_TRUE(spread);
  EXPECT_THAT(spread->caption, HasSubstr("layer 2: −0.50 (−"));
  EXPECT_THAT(spread->plot, HasSubstr("title 'layer 1'"));
}

TEST(GramFigures, KeepTheirKeysInThePicture) {
  for (const std::size_t layers : {1u, 3u, 12u}) {
    Invented invented = three_inputs();
    invented.layers = layers;
    InventedRun run(invented);
    run.curves.map = {{1, {-1.0, 1.0}, {0.0, 1.0}}, {2, {-1.0, 1.0}, {0.0, 1.0}}};
    for (auto& layer : run.sample.measurement) {
      layer.next_correlation.mean = compare::testing::equicorrelated(3, 0.75);
      layer.next_correlation.variance = Eigen::MatrixXd::Constant(3, 3, 0.01);
    }
    for (const Figure& figure : gram_figures(run.study()).all()) {
      const auto entries = [&] {
        std::size_t count = 0;
        for (auto at = figure.plot.find(" title '"); at != std::string::npos;
             at = figure.plot.find(" title '", at + 1))
          ++count;
        return count;
      }();
      // gnuplot would set as many columns side by side as it thinks fit, and cut the last one off.
      const bool is_inside = figure.plot.starts_with("set key bottom right\n") && entries <= 5;
      const bool is_above = figure.plot.starts_with(
          "set key outside top center horizontal Left reverse width 1 "
          "maxcols 2 maxrows");
      EXPECT_TRUE(is_inside || is_above || entries == 0) << layers << ' ' << figure.name;
    }
  }
}

/// What `set cbrange [low:high]` says.
std::pair<double, double> colours_of(const Figure& figure) {
  std::istringstream range(figure.plot.substr(figure.plot.find("set cbrange [") + 13));
  double low = nan;
  double high = nan;
  char colon = 0;
  range >> low >> colon >> high;
  return {low, high};
}

Invented three_different_pairs() {
  Invented invented = three_inputs();
  invented.layers = 1;
  invented.first = 0.0;
  invented.spread = 0.01;
  invented.limit = Eigen::Matrix3d{{1.0, 0.23, 0.40}, {0.23, 1.0, 0.31}, {0.40, 0.31, 1.0}};
  return invented;
}

TEST(MatrixFigures, ColourThePairsAndSetTheDiagonalApart) {
  const InventedRun run(three_different_pairs());
  const auto figures = matrix_figures(run.study()).at(0).figures;
  for (const Figure& figure : {figures.at(0), figures.at(1)}) {
    const auto [low, high] = colours_of(figure);
    EXPECT_NEAR(low, 0.23, 0.01) << figure.name;  // 0.23 and 0.40 are the ends of the palette
    EXPECT_NEAR(high, 0.40, 0.01) << figure.name;
    EXPECT_THAT(figure.plot, HasSubstr("using ($2 + 1):($1 + 1):($1 == $2 ? NaN : $3) with image"));
    EXPECT_THAT(figure.plot, HasSubstr("with boxxyerror lc rgb '#b8b8b8'"));
  }
  EXPECT_THAT(figures[0].caption, HasSubstr("the diagonal, grey, is 1."));
  EXPECT_THAT(figures[1].caption, HasSubstr("the diagonal is "));
  EXPECT_THAT(figures[2].plot, Not(HasSubstr("NaN")));  // z of the diagonal is as good as any
}

TEST(MatrixFigures, MakeNoContrastOfWhatCountsAsEqual) {
  Invented invented = three_inputs();
  invented.spread = 1e-3;
  invented.first = 0.0;
  const InventedRun run(invented);
  const auto figures = matrix_figures(run.study()).at(0).figures;
  const auto [low, high] = colours_of(figures.at(1));
  EXPECT_NEAR(high - low, run.assessment.options.equivalence_margin, 1e-9);
  EXPECT_NEAR(high + low, 2 * 0.5, 1e-3);
}

TEST(MatrixFigures, KeepColoursForThePredictionWhereNetworksAreFarOff) {
  InventedRun run(three_different_pairs());
  auto& measured = run.assessment.extrapolation->layers[0].gram.estimate.value;
  measured.setConstant(1e6);
  const auto figures = matrix_figures(run.study()).at(0).figures;
  const auto [low, high] = colours_of(figures.at(0));
  EXPECT_NEAR(low, 0.23, 1e-9);
  EXPECT_NEAR(high, 0.40 + 0.17, 1e-9);
  EXPECT_EQ(colours_of(figures.at(1)), std::pair(low, high));
  EXPECT_THAT(figures[1].caption, HasSubstr("beyond which some of its numbers lie"));
}

TEST(GramFigures, FitTheirAxesToWhatIsDrawn) {
  InventedRun run(three_inputs());
  // At the first layer nothing varies, and what is predicted of it is a rounding.
  run.prediction[0].correlation_variance.setConstant(1e-15);
  for (auto& width : run.sample.series.widths)
    width.correlation_variances.leftCols(run.sample.series.classes.count()).setZero();
  const auto figure = fluctuation_figure(run.study(), compare::Quantity::correlation);
  ASSERT_TRUE(figure);
  EXPECT_THAT(figure->plot, Not(HasSubstr("layer 1")));
  EXPECT_THAT(figure->plot, Not(HasSubstr("$1 == 1")));
  EXPECT_THAT(figure->plot, Not(HasSubstr("set logscale y")));
}

TEST(GramFigures, DoWithoutWhatIsNotPredicted) {
  InventedRun run(three_inputs());
  for (compare::PredictedLayer& layer : run.prediction) {
    layer.gram_variance.resize(0, 0);
    layer.correlation_variance.resize(0, 0);
  }
  const auto figure = fluctuation_figure(run.study(), compare::Quantity::correlation);
  ASSERT_TRUE(figure);
  EXPECT_THAT(figure->caption, HasSubstr("No limit is predicted."));
  EXPECT_THAT(lines_of(figure->csv)[1], ::testing::EndsWith(","));
  EXPECT_THAT(figure->plot, Not(HasSubstr("dt 2")));
}

TEST(GramFigures, NeedNoSecondInputAndNoSecondWidth) {
  Invented invented = three_inputs();
  invented.limit = Eigen::MatrixXd::Ones(1, 1);
  EXPECT_THAT(names_of(gram_figures(InventedRun(invented).study()).all()),
              ElementsAre("bias", "spread", "fluctuation_norm", "active_fraction"));
  invented = three_inputs();
  invented.widths = {512};
  const auto figures = gram_figures(InventedRun(invented).study());
  EXPECT_THAT(names_of(figures.widths), ::testing::Not(IsEmpty()));
  EXPECT_THAT(figures.matrices[0].figures[1].title, HasSubstr("n = 512"));
}

TEST(GramFigures, DrawWhatTheirCaptionsSayOfASingleWidth) {
  Invented invented = three_inputs();
  invented.widths = {512};
  const InventedRun run(invented);
  const auto active = active_fraction_figure(run.study());
  ASSERT_TRUE(active);
  EXPECT_THAT(active->caption, HasSubstr("Dashed: the predicted limit."));
  EXPECT_THAT(active->plot, HasSubstr("with vectors nohead lt 1 lw 1.5 dt 2"));
  EXPECT_THAT(active->plot, Not(HasSubstr("with lines")));
  const auto bias = bias_figure(run.study());
  ASSERT_TRUE(bias);
  EXPECT_THAT(bias->caption, Not(HasSubstr("exponent")));
}

TEST(GramFigures, SayThatAQuantileMakesWholeNumbersOfNeuronsActive) {
  const InventedRun run(three_inputs());
  EXPECT_THAT(active_fraction_figure(run.study())->caption, HasSubstr("whole number of active"));
}

TEST(GramFigures, DoNotHideTheKernelUnderItsDots) {
  Invented invented = three_inputs();
  invented.layers = 1;
  invented.limit = compare::testing::equicorrelated(67, 0.5);
  invented.replicates = 10;
  invented.widths = {512};
  const auto figure = kernel_figure(InventedRun(invented).study());
  ASSERT_TRUE(figure);
  const auto lines = lines_of(figure->csv);
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const std::string& line) { return line.starts_with("measured"); }),
            32);
}

TEST(GramFigures, LeaveOutWhatIsNotFinite) {
  InventedRun run(three_inputs());
  for (auto& layer : run.sample.measurement) {
    for (auto* moments : {&layer.gram, &layer.correlation}) {
      moments->mean.setConstant(nan);
      moments->variance.setConstant(std::numeric_limits<double>::infinity());
    }
    layer.active_fraction_mean = nan;
  }
  for (auto& width : run.sample.series.widths) {
    width.means.setConstant(nan);
    width.gram_variances.setConstant(nan);
    width.correlation_variances.setConstant(nan);
  }
  run.assess_again();
  const GramFigures figures = gram_figures(run.study());
  EXPECT_THAT(names_of(figures.all()),
              ElementsAre("kernel_angle", "gram_layer1_predicted", "gram_layer2_predicted"));
  EXPECT_THAT(figures.kernels[0].csv, Not(HasSubstr("nan")));
  EXPECT_THAT(figures.kernels[0].plot, Not(HasSubstr("measured")));
  const std::string page = gram_report(run.study(), figures, {});
  EXPECT_THAT(page, HasSubstr("overflowed or vanished"));
  for (const auto* garbage : {">nan", " nan", ">inf", " inf<", "-nan", "-inf"})
    EXPECT_THAT(page, Not(HasSubstr(garbage)));
}

TEST(GramFigures, DrawTheFirstOfTooManyInputs) {
  InventedRun run(three_inputs());
  const Eigen::MatrixXd many = compare::testing::equicorrelated(most_inputs_drawn + 1, 0.5);
  for (compare::PredictedLayer& layer : run.prediction) layer.gram = many;
  for (compare::LayerComparison& layer : run.assessment.extrapolation->layers) {
    layer.gram.predicted = layer.gram.estimate.value = many;
    layer.gram.scale = compare::norm_scale(many);
    layer.gram.z = Eigen::MatrixXd::Zero(many.rows(), many.cols());
  }
  const auto matrices = matrix_figures(run.study());
  const auto& figure = matrices[0].figures[0];
  EXPECT_EQ(lines_of(figure.csv).size(), 1 + most_inputs_drawn * most_inputs_drawn);
  EXPECT_THAT(figure.caption, HasSubstr("The first 256 of 257 inputs."));
  EXPECT_THAT(figure.plot, Not(HasSubstr("pixels")));
}

TEST(CorrelationMapFigure, ShowsTheMapThePathAndTheNetworks) {
  InventedRun run(three_inputs());
  EXPECT_FALSE(correlation_map_figure(run.study()));  // nothing is known of any map
  run.curves.map = {{0, {-1.0, 1.0}, {0.0, 1.0}}};
  run.curves.iterates = {0.2, 0.6, 0.8};
  for (auto& layer : run.sample.measurement) {
    if (layer.layer > 1) continue;
    layer.next_correlation.mean = compare::testing::equicorrelated(3, 0.75);
    layer.next_correlation.variance = Eigen::MatrixXd::Constant(3, 3, 0.01);
  }
  const auto figure = correlation_map_figure(run.study());
  ASSERT_TRUE(figure);
  EXPECT_THAT(figure->csv, HasSubstr("\nmap,0,-1,0,,,,\n"));
  EXPECT_THAT(figure->csv, HasSubstr("\npath,0,0.2,0.2,,,,\npath,0,0.2,0.6,,,,\n"
                                     "path,0,0.6,0.6,,,,\n"));
  EXPECT_THAT(figure->csv, HasSubstr("\nmeasured,1,0.5,0.75,0.5,0.5,0.7304"));
  EXPECT_THAT(figure->caption, HasSubstr("width 4096"));
  EXPECT_THAT(figure->plot, HasSubstr("set yrange [-1.02<*:1.02]"));
}

TEST(FigureText, SpreadsLinesOut) {
  EXPECT_THAT(spread_out(1, 4), ElementsAre(0));
  EXPECT_THAT(spread_out(3, 4), ElementsAre(0, 1, 2));
  EXPECT_THAT(spread_out(30, 4), ElementsAre(0, 10, 19, 29));
  EXPECT_THAT(spread_out(0, 4), IsEmpty());
}

TEST(FigureText, LabelsAtMostFourWidths) {
  EXPECT_THAT(
      width_axis({256, 1024, 4096, 16384, 65536}),
      HasSubstr("set xtics ('256' 256, '' 1024 1, '4096' 4096, '' 16384 1, '65536' 65536)"));
  EXPECT_THAT(width_axis({64}), HasSubstr("set xrange [32:128]"));
}

TEST(FigureText, TakesWholeDecades) {
  const Decades decades = decades_of({0.02, 7.0, nan, -1.0, 0.0});
  EXPECT_DOUBLE_EQ(decades.low, 0.01);
  EXPECT_DOUBLE_EQ(decades.high, 10.0);
  EXPECT_TRUE(decades_of({nan, -1.0}).is_empty());
}

}  // namespace
}  // namespace wideproof::report
