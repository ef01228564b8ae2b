// SPDX-License-Identifier: MIT
// What is rounding reads 0, wherever a number becomes text.
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include "invented_run.hpp"

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Opposite inputs, predicted as −2e-16 and measured as 0.05, the one number that is off.
testing::InventedRun opposite_inputs(double predicted, double measured) {
  compare::testing::Invented invented = compare::testing::pair_of_inputs();
  invented.limit = compare::testing::equicorrelated(2, measured);
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
    std::string text = terminal_table(run.assessment) + claims_table(run.assessment.claims) +
                       verdict_sentence(run.assessment, Formula::ours) +
                       gram_report(run.study(), gram_figures(run.study()), {});
    if (predicted < 0.0)
      for (const compare::Quantity quantity :
           {compare::Quantity::gram, compare::Quantity::correlation})
        text += width_table(run.assessment, quantity) + extrapolation_table(run.assessment);
    for (const MatrixFigures& layer : gram_figures(run.study()).matrices)
      if (predicted < 0.0) text += layer.figures.front().csv + layer.figures.front().plot;
    EXPECT_THAT(text, Not(HasSubstr("e-16")));
    EXPECT_THAT(text, Not(HasSubstr("-0 ")));
    EXPECT_THAT(text, Not(HasSubstr("-0,")));
    EXPECT_THAT(text, HasSubstr("entries like gram(1,2) = "));
  }
}

}  // namespace
}  // namespace wideproof::report
