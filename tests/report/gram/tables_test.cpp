// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/page/claims_table.hpp>

#include <algorithm>
#include <limits>
#include <sstream>

#include <gmock/gmock.h>

#include <wideproof/report/gram/terminal_table.hpp>
#include <wideproof/report/shown_length.hpp>
#include "invented.hpp"

namespace wideproof::report {
namespace {

using compare::testing::Invented;
using compare::testing::pair_of_inputs;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

compare::Assessment assessed(const Invented& invented, double wrong_by = 0.0) {
  auto predicted = compare::testing::truth(invented);
  predicted.back().gram(0, 0) += wrong_by;
  return assess(predicted, compare::testing::exact(invented), {});
}

std::ptrdiff_t lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

TEST(Tables, HoldALineForEachDistinctEntry) {
  const compare::Assessment assessment = assessed(pair_of_inputs());
  EXPECT_EQ(lines(width_table(assessment, compare::Quantity::gram)), 1 + 5 * 2 * 3);
  EXPECT_EQ(lines(width_table(assessment, compare::Quantity::correlation)), 1 + 5 * 2 * 1);
  EXPECT_EQ(lines(relative_variance_table(assessment)), 1 + 5 * 2 * 3);
  EXPECT_EQ(lines(extrapolation_table(assessment)), 1 + 2 * 4);
  EXPECT_EQ(lines(convergence_table(assessment)), 1 + 2);
}

TEST(Tables, WriteNumbersThatReadBackToTheSameBits) {
  Invented invented = pair_of_inputs();
  invented.limit *= 1.0 / 3.0;
  const compare::Assessment assessment = assessed(invented);
  const compare::MatrixComparison& gram = assessment.widths[0].comparison.gram;
  const std::string table = width_table(assessment, compare::Quantity::gram);
  EXPECT_THAT(table, StartsWith("width,layer,row,column,predicted,mean,standard_error,z\n"
                                "256,1,0,0,0.3333333333333333,"));
  std::istringstream text(table.substr(table.find("256,1,0,0,") + 10));
  for (const double number : {gram.predicted(0, 0), gram.estimate.value(0, 0),
                              gram.estimate.standard_error(0, 0), gram.z(0, 0)}) {
    std::string field;
    std::getline(text, field, number == gram.z(0, 0) ? '\n' : ',');
    EXPECT_EQ(std::stod(field), number);
  }
}

TEST(Tables, HoldALineForEachClaim) {
  const compare::Assessment assessment = assessed(pair_of_inputs());
  const std::string table = claims_table(assessment.claims);
  EXPECT_EQ(lines(table), 1 + 5);  // the bias is hidden by the noise
  EXPECT_THAT(table, HasSubstr("\nlimit,agree,"));
  EXPECT_THAT(table, HasSubstr("\nequivalence,agree,,,\"layer "));
  EXPECT_THAT(table, HasSubstr("\nfluctuation,agree,"));
}

TEST(Tables, SetTheRelativeVarianceBesideItsPrediction) {
  const compare::Assessment assessment = assessed(pair_of_inputs());
  EXPECT_THAT(relative_variance_table(assessment),
              StartsWith("width,layer,row,column,relative_variance_times_width,predicted\n"
                         "256,1,0,0,0.25"));
  EXPECT_DOUBLE_EQ(assessment.widths[0].predicted_relative_variance_times_width(0, 1), 0.25);
}

TEST(Tables, NameTheQuantityOfALimit) {
  const std::string table = extrapolation_table(assessed(pair_of_inputs()));
  EXPECT_THAT(table, StartsWith("layer,row,column,quantity,limit,standard_error,predicted,z,"
                                "p_adjusted\n1,0,0,gram,"));
  EXPECT_THAT(table, HasSubstr("\n2,0,1,correlation,"));
}

TEST(Tables, LeaveFieldsEmptyWhereThereIsNoExponent) {
  EXPECT_THAT(convergence_table(assessed(pair_of_inputs())), HasSubstr(",,,\n"));
}

TEST(Tables, SetTheKernelThatALayerSeesBesideItsPrediction) {
  const Eigen::MatrixXd kernel{{4.0, 1.0}, {1.0, 4.0}};
  const Eigen::MatrixXd correlation{{1.0, 0.5}, {0.5, 1.0}};
  const Eigen::MatrixXd variance = Eigen::MatrixXd::Ones(2, 2);
  model::Prediction theory;
  theory.layers.resize(2);
  theory.layers[0].next_kernel = kernel;
  model::Measurement measurement(2);
  for (std::size_t l = 0; l < 2; ++l) {
    measurement[l].width = 64;
    measurement[l].layer = static_cast<std::int64_t>(l) + 1;
    measurement[l].replicates = 16;
  }
  measurement[0].next_kernel = {2.0 * kernel, variance};
  measurement[0].next_correlation = {correlation, variance};
  EXPECT_EQ(kernel_table(theory, measurement),
            "width,layer,quantity,row,column,predicted,mean,standard_error,z\n"
            "64,2,kernel,0,0,4,8,0.25,16\n"
            "64,2,kernel,0,1,1,2,0.25,4\n"
            "64,2,kernel,1,1,4,8,0.25,16\n"
            "64,2,correlation,0,1,0.25,0.5,0.25,1\n");
}

TEST(Tables, HaveNoLimitAtOneWidth) {
  Invented invented = pair_of_inputs();
  invented.widths = {512};
  EXPECT_EQ(lines(extrapolation_table(assessed(invented))), 1);
  EXPECT_THAT(terminal_table(assessed(invented)), HasSubstr("norm at n = 512"));
}

TEST(TerminalTable, FitsEightyColumns) {
  Invented invented = pair_of_inputs();
  for (const double wrong_by : {0.0, 0.05}) {
    for (const double spread : {0.5, 30.0}) {
      invented.spread = spread;
      std::istringstream text(terminal_table(assessed(invented, wrong_by)));
      for (std::string line; std::getline(text, line);) {
        EXPECT_LE(shown_length(line), 80u) << line;
      }
    }
  }
}

TEST(TerminalTable, ColoursTheVerdictsWordAlone) {
  const compare::Assessment assessment = assessed(pair_of_inputs());
  const std::string plain = terminal_table(assessment);
  const std::string coloured = terminal_table(assessment, true);
  EXPECT_THAT(coloured, HasSubstr("verdict: \033[1;32magree\033[0m ("));
  EXPECT_EQ(coloured.size(), plain.size() + std::string("\033[1;32m\033[0m").size());
  EXPECT_THAT(terminal_table(assessed(pair_of_inputs(), 0.05), true),
              HasSubstr("\033[1;31mdisagree\033[0m"));
}

TEST(TerminalTable, SaysTheVerdictAndTheReasons) {
  const std::string agree = terminal_table(assessed(pair_of_inputs()));
  EXPECT_THAT(agree, HasSubstr("verdict: agree"));
  EXPECT_THAT(agree, Not(HasSubstr("\033")));
  const std::string disagree = terminal_table(assessed(pair_of_inputs(), 0.05));
  EXPECT_THAT(disagree, HasSubstr("verdict: disagree"));
  EXPECT_THAT(disagree, HasSubstr("layer 2, gram(1,1)"));
  EXPECT_THAT(disagree, HasSubstr("\nlimit "));
  EXPECT_THAT(disagree, HasSubstr("\nfluctuation-exponent "));
}

TEST(Tables, HoldAtMostAHundredThousandLines) {
  model::LayerMeasurement of_a_hundred;
  of_a_hundred.gram.mean = Eigen::MatrixXd::Zero(100, 100);
  // kernel.csv has a line for each entry of the kernel and of its correlation.
  EXPECT_TRUE(lists_entries(model::Measurement(10, of_a_hundred)));
  EXPECT_FALSE(lists_entries(model::Measurement(11, of_a_hundred)));
}

}  // namespace
}  // namespace wideproof::report
