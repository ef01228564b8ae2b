// SPDX-License-Identifier: MIT
// What is rounding reads 0, wherever a number becomes text.
#include <wideproof/compare/matrices/rounding.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include "invented_run.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(WithoutRounding, KeepsWhatIsLargerThanAFewUnitsInTheLastPlace) {
  const double unit = std::numeric_limits<double>::epsilon();
  EXPECT_EQ(without_rounding(-unit), 0.0);
  EXPECT_FALSE(std::signbit(without_rounding(-0.0)));
  EXPECT_EQ(without_rounding(-9.0 * unit), -9.0 * unit);
  EXPECT_EQ(without_rounding(-2e-14, 100.0), 0.0);
  EXPECT_EQ(without_rounding(-2e-14, 1.0), -2e-14);
  EXPECT_TRUE(std::isnan(without_rounding(std::numeric_limits<double>::quiet_NaN())));
}

/// Opposite inputs, predicted as −2e-16 and measured as 0.05, the one number that is off.
testing::InventedRun opposite_inputs(double predicted, double measured) {
  testing::Invented invented = testing::pair_of_inputs();
  invented.limit = testing::equicorrelated(2, measured);
  testing::InventedRun run(invented);
  for (std::size_t l = 0; l < 2; ++l) {
    for (Eigen::MatrixXd* matrix : {&run.prediction[l].gram, &run.prediction[l].correlation,
                                    &run.theory.layers[l].gram, &run.theory.layers[l].correlation})
      (*matrix)(0, 1) = (*matrix)(1, 0) = predicted;
  }
  run.assess_again();
  return run;
}

TEST(Rounding, ReadsZeroInTheTerminalTheTablesAndThePage) {
  for (const auto& [predicted, measured] : {std::pair(-2e-16, 0.05), std::pair(0.05, -2e-16)}) {
    const auto run = opposite_inputs(predicted, measured);
    std::string text = terminal_table(run.assessment) + claims_table(run.assessment) +
                       verdict_sentence(run.assessment, "The formula") +
                       gram_report(run.study(), gram_figures(run.study()), {});
    if (predicted < 0.0)
      for (const Quantity quantity : {Quantity::gram, Quantity::correlation})
        text += width_table(run.assessment, quantity) + extrapolation_table(run.assessment);
    for (const MatrixFigures& of : gram_figures(run.study()).matrices)
      if (predicted < 0.0) text += of.figures.front().csv + of.figures.front().plot;
    EXPECT_THAT(text, Not(HasSubstr("e-16")));
    EXPECT_THAT(text, Not(HasSubstr("-0 ")));
    EXPECT_THAT(text, Not(HasSubstr("-0,")));
    EXPECT_THAT(text, HasSubstr("entries like gram[0][1] = "));
  }
}

}  // namespace
}  // namespace wideproof::compare
