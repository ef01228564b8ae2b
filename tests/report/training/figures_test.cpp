// SPDX-License-Identifier: MIT
#include <wideproof/report/training/figures.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/compare/training/expected_loss.hpp>
#include "trained_networks.hpp"

namespace wideproof::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

auto named(const char* name) {
  return Field(&Figure::name, name);
}

std::vector<Figure> figures_of(const trained::TrainedNetworks& invented) {
  return training_figures(invented.study());
}

// m = 1, V = 4 of two outputs, y = (3, 0): ½ (4 + 1 + 2·4).
TEST(ExpectedLoss, IsThatOfMeanAndVarianceByHand) {
  const model::TrainedLaw law{Eigen::MatrixXd::Ones(2, 1), Eigen::MatrixXd::Constant(1, 1, 4.0)};
  EXPECT_THAT(compare::expected_losses({law}, Eigen::RowVector2d(3.0, 0.0), {0}), ElementsAre(6.5));
}

TEST(TrainingFigures, AreThoseOfWhatWasMeasured) {
  EXPECT_THAT(figures_of(trained::judged()),
              ElementsAre(named("training_loss"), named("test_loss"), named("accuracy"),
                          named("test_accuracy"), named("effective_dimension"), named("outputs"),
                          named("spread"), named("tangent_drift")));
  EXPECT_THAT(figures_of(trained::least()), ElementsAre(named("outputs")));
  EXPECT_THAT(figures_of(trained::without_outputs()), Not(::testing::Contains(named("outputs"))));
}

TEST(TrainingFigures, DrawTheoryThroughTheLosses) {
  const auto invented = trained::judged();
  const auto figures = figures_of(invented);
  const auto losses = theory_losses(invented.assessment, invented.data);
  EXPECT_THAT(figures[0].csv, HasSubstr(fmt::format("theory,100,{},", losses.training.back())));
  EXPECT_THAT(figures[0].csv, HasSubstr(fmt::format("flow,100,{},", losses.training_flow.back())));
  EXPECT_THAT(figures[1].csv, HasSubstr(fmt::format("theory,100,{},", losses.test.back())));
  for (const char* series : {"n = 64,0,", "n = 1024,100,"})
    EXPECT_THAT(figures[0].csv, HasSubstr(series));
  EXPECT_THAT(figures[0].plot, AllOf(HasSubstr("filledcurves"), HasSubstr("logscale y")));
  const auto measured = figures_of(trained::only_measured());
  EXPECT_THAT(measured[0].csv, Not(HasSubstr("theory")));
  EXPECT_THAT(measured[0].caption, Not(HasSubstr("infinite")));
}

// Networks of the limit's own law have the expected losses but for chance: six standard errors of
// 400 networks, one of eight beyond them in 6·10⁷ runs by the normal law.
TEST(TrainingFigures, ExpectLossesThatNetworksHave) {
  auto law = trained::of_many_networks();
  law.first = 0.0;
  law.widening = 0.0;
  const auto invented = trained::trained_as(law, compare::testing::truth_of(law),
                                            compare::testing::draw_training(law, 1));
  const auto losses = theory_losses(invented.assessment, invented.data);
  for (std::size_t step = 0; step < 4; ++step) {
    const auto& at = invented.assessment.at(4, step);
    EXPECT_NEAR(at.loss.mean, losses.training[step], 6.0 * at.loss.standard_error);
    EXPECT_NEAR(at.test_loss.mean, losses.test[step], 6.0 * at.test_loss.standard_error);
    EXPECT_LT(6.0 * at.loss.standard_error, 0.3 * losses.training[step]);
  }
}

TEST(TrainingFigures, ShowOutputsAroundTheCircle) {
  const auto invented = trained::judged();
  const Figure figure = figures_of(invented)[5];
  EXPECT_THAT(figure.plot, HasSubstr("angle"));
  const double mean = invented.assessment.prediction->descent.back().mean(0, 0);
  EXPECT_THAT(figure.csv, HasSubstr(fmt::format("theory,0,{},", mean)));  // the input at angle 0
  for (const char* series : {"NNGP,", "NTK,", "targets,", "n = 1024,"})
    EXPECT_THAT(figure.csv, HasSubstr(series));
  EXPECT_THAT(figures_of(trained::only_measured())[5].csv,
              AllOf(Not(HasSubstr("theory")), HasSubstr("NTK,")));
  auto elsewhere = invented;
  elsewhere.data.inputs = Eigen::MatrixXd::Identity(10, 10);
  const Figure counted = figures_of(elsewhere)[5];
  EXPECT_THAT(counted.plot, Not(HasSubstr("angle")));
  EXPECT_THAT(counted.caption, HasSubstr("from 7 on do not train"));
}

TEST(TrainingFigures, ShowHowNetworksDifferByWidth) {
  const auto invented = trained::judged();
  const Figure figure = figures_of(invented)[6];
  EXPECT_THAT(figure.csv, AllOf(HasSubstr("step 100,1024,"), HasSubstr("limit (100),64,")));
  const Figure centred = figures_of(trained::centred())[6];
  EXPECT_THAT(centred.csv, Not(HasSubstr("limit")));
  EXPECT_THAT(centred.csv, Not(HasSubstr("step 0,")));
  EXPECT_THAT(centred.caption, HasSubstr("falls as n to the power -0.5"));
}

TEST(TrainingFigures, FitALineToTheDrift) {
  const Figure figure = figures_of(trained::judged()).back();
  EXPECT_THAT(figure.csv, HasSubstr("networks,64,"));
  EXPECT_THAT(figure.csv, HasSubstr("n^{-0."));
}

// A comma in a title would move the line's fields: gnuplot finds a series by the first one.
TEST(TrainingFigures, HaveFiveFieldsInEachLineOfATable) {
  for (const auto& invented : trained::all_trainings())
    for (const Figure& figure : figures_of(invented)) {
      std::istringstream lines(figure.csv);
      for (std::string line; std::getline(lines, line);)
        EXPECT_EQ(std::count(line.begin(), line.end(), ','), 4) << figure.name << ": " << line;
    }
}

TEST(TrainingFigures, HaveNoNumberThatIsNone) {
  for (const auto& invented : trained::all_trainings())
    for (const Figure& figure : figures_of(invented)) {
      EXPECT_THAT(figure.csv, AllOf(Not(HasSubstr("nan")), Not(HasSubstr("inf")))) << figure.name;
      EXPECT_THAT(figure.plot, Not(HasSubstr("nan"))) << figure.name;
      EXPECT_THAT(figure.caption, AllOf(Not(IsEmpty()), Not(HasSubstr("nan")))) << figure.name;
    }
}

}  // namespace
}  // namespace wideproof::report
