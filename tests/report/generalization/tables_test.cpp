// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/tables.hpp>

#include <algorithm>
#include <limits>
#include <sstream>

#include <gmock/gmock.h>

#include <wideproof/report/generalization/figures.hpp>
#include <wideproof/report/shown_length.hpp>
#include "invented_errors.hpp"

namespace wideproof::report {
namespace {

using compare::testing::InventedErrors;
using ::testing::HasSubstr;
using ::testing::Not;

model::GeneralizationMeasurement drawn(const InventedErrors& law) {
  boost::random::mt19937_64 rng(1);
  return compare::testing::draw_errors(law, rng);
}

compare::GeneralizationAssessment assessed(const InventedErrors& law) {
  return compare::assess_generalization(drawn(law), {});
}

std::ptrdiff_t lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

void expect_rectangular(const std::string& csv) {
  std::istringstream text(csv);
  std::string header;
  std::getline(text, header);
  for (std::string line; std::getline(text, line);)
    EXPECT_EQ(std::count(line.begin(), line.end(), ','),
              std::count(header.begin(), header.end(), ','))
        << line;
}

TEST(GeneralizationTables, HoldALineForEachQuantity) {
  const std::string table = learning_curve_table(assessed({}));
  EXPECT_EQ(lines(table), 1 + 3 * (4 + 4 * 3));
  expect_rectangular(table);
  EXPECT_THAT(table, HasSubstr("\n128,network,512,5,20,"));
}

TEST(GeneralizationTables, HoldEveryErrorThatWasMeasured) {
  const model::GeneralizationMeasurement measured = drawn({});
  const std::string table = draws_table(measured);
  EXPECT_EQ(lines(table), 1 + 3 * 5 * (2 + 4 * 4));
  expect_rectangular(table);
  const std::string start = "\n128,0,kernel,,,";
  EXPECT_EQ(std::stod(table.substr(table.find(start) + start.size())),
            measured.draws[0].kernel.pool);
}

TEST(GeneralizationTables, FitEightyColumnsInTheTerminal) {
  InventedErrors law;
  for (const std::int64_t draws : {1, 5}) {
    for (const double off : {0.0, 0.5, 30.0}) {
      law.draws = draws;
      law.theory_off = law.excess_off = off;
      law.training_points = {128, 131072};
      law.widths = {512, 4096, 131072};
      std::istringstream text(terminal_table(assessed(law)));
      for (std::string line; std::getline(text, line);) {
        EXPECT_LE(shown_length(line), 80u) << line;
        EXPECT_THAT(line, Not(HasSubstr("nan")));
      }
    }
  }
}

TEST(GeneralizationTables, SayWhatEachClaimSays) {
  const auto assessment = assessed({});
  std::string line;
  std::istringstream words(terminal_table(assessment));
  for (std::string word; words >> word;) line += word + " ";
  ASSERT_FALSE(assessment.claims.empty());
  for (const compare::Claim& claim : assessment.claims)
    EXPECT_THAT(line, HasSubstr(claim.statement));
}

TEST(GeneralizationTables, SayTheVerdict) {
  InventedErrors law;
  EXPECT_THAT(terminal_table(assessed(law)), HasSubstr("verdict: agree"));
  law.theory_off = 0.5;
  EXPECT_THAT(terminal_table(assessed(law)), HasSubstr("verdict: disagree"));
}

TEST(GeneralizationFigures, AreACurveAndTheExcess) {
  InventedErrors law;
  law.excess = 1000.0;
  const std::vector<Figure> figures = generalization_figures(assessed(law));
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_EQ(figures[0].name, "learning_curve");
  EXPECT_EQ(lines(figures[0].csv), 1 + 3 * (2 + 4));
  EXPECT_THAT(figures[0].plot, HasSubstr("'learning_curve.csv'"));
  EXPECT_EQ(figures[1].name, "excess_error");
  EXPECT_EQ(lines(figures[1].csv), 1 + 3 * 4);
  for (const Figure& figure : figures) expect_rectangular(figure.csv);
}

TEST(GeneralizationFigures, TellMoreWidthsApartThanThereAreColours) {
  InventedErrors law;
  law.widths = {512, 768, 1024, 1536, 2048, 3072, 4096};
  const std::string plot = generalization_figures(assessed(law)).at(0).plot;
  EXPECT_THAT(plot, HasSubstr("with yerrorbars lt 2 title 'n = 512'"));
  EXPECT_THAT(plot, HasSubstr("with yerrorbars lt 6 title 'n = 2048'"));
  EXPECT_THAT(plot, HasSubstr("with yerrorbars lt 2 pt 6 title 'n = 3072'"));
  EXPECT_THAT(plot, HasSubstr("with yerrorbars lt 3 pt 6 title 'n = 4096'"));
}

TEST(GeneralizationFigures, LeaveOutWhatHasNoPlaceOnALogarithmicAxis) {
  InventedErrors law;
  law.widths = {512};
  model::GeneralizationMeasurement measured = drawn(law);
  EXPECT_EQ(generalization_figures(compare::assess_generalization(measured, {})).size(), 1u);
  for (auto& regression : measured.draws) {
    regression.kernel = {0.0, 0.0, 0.0};
    regression.predicted.reset();
  }
  for (auto& regression : measured.networks)
    regression.error.pool = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(generalization_figures(compare::assess_generalization(measured, {})).empty());
  EXPECT_TRUE(generalization_figures({}).empty());
}

}  // namespace
}  // namespace wideproof::report
