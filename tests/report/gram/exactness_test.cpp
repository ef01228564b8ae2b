// SPDX-License-Identifier: MIT
// Numbers that control variates leave without any error.
#include <wideproof/compare/gram/exactness.hpp>

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
using testing::InventedRun;
using ::testing::Not;

constexpr const char* by_control = "exact by construction of the control variate";

/// One input whose norms control variates make exact but for rounding; without them where every
/// network shows the same norm.
InventedRun exact_norms(bool with_control_variates, double predicted = 1.0) {
  compare::testing::Invented invented;
  invented.layers = 2;
  invented.spread = 0.5;
  InventedRun run(invented);
  for (model::LayerMeasurement& at : run.sample.measurement) {
    if (with_control_variates) {
      at.plain_gram = at.gram;
      at.plain_correlation = at.correlation;
    }
    at.gram.mean(0, 0) = 1.0 + 2e-16;
    at.gram.variance(0, 0) = 1e-32;
  }
  for (model::WidthSeries& at : run.sample.series.widths) {
    const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(at.means.rows(), at.means.cols());
    (with_control_variates ? at.reduced : at.means) = ones;
  }
  for (compare::PredictedLayer& layer : run.prediction) layer.gram(0, 0) = predicted;
  run.assess_again();
  return run;
}

std::string texts(const InventedRun& run) {
  std::string text = terminal_table(run.assessment) + "\n" + claims_table(run.assessment.claims) +
                     "\n" + verdict_sentence(run.assessment, Formula::ours) + "\n" +
                     gram_report(run.study(), gram_figures(run.study()), {});
  return text;
}

TEST(Exactness, SaysWhyANumberHasNoError) {
  const compare::Entry norm{compare::Quantity::gram, 0, 0};
  EXPECT_EQ(exactness(exact_norms(true).assessment, 0, norm), by_control);
  EXPECT_EQ(exactness(exact_norms(false).assessment, 1, norm), "the same in every network");
  EXPECT_EQ(exactness(InventedRun(compare::testing::pair_of_inputs()).assessment, 0, norm), "");
  // Nor does a prediction that is far too large make a number exact.
  InventedRun far_off(compare::testing::pair_of_inputs());
  for (compare::PredictedLayer& layer : far_off.prediction) layer.gram *= 1e8;
  far_off.assess_again();
  EXPECT_EQ(exactness(far_off.assessment, 0, norm), "");
}

// A z counts standard errors: what has one is not called exact beside it.
TEST(Exactness, IsNotSaidOfAnEntryBesideAFiniteZ) {
  const auto entry_of = [](const InventedRun& run) {
    const std::string text = terminal_table(run.assessment);
    const auto row = text.find("gram(1,1)");
    return text.substr(row, text.find('\n', row) - row);
  };
  const InventedRun wrong = exact_norms(true, 1.02);
  EXPECT_THAT(entry_of(wrong), Not(HasSubstr("exact")));
  EXPECT_THAT(entry_of(wrong), HasSubstr("1 ± "));
}

TEST(Exactness, IsSaidInPlaceOfAnIntervalOfNoWidth) {
  const InventedRun run = exact_norms(true);
  const std::string terminal = terminal_table(run.assessment);
  EXPECT_THAT(terminal, HasSubstr("1, exact"));
  EXPECT_THAT(terminal, HasSubstr("  exact "));
  EXPECT_THAT(
      terminal,
      HasSubstr("- limit: the number shown, of layer 1, the norm, is exact by construction"));
  EXPECT_THAT(claims_table(run.assessment.claims), HasSubstr(by_control));
  const std::string page = gram_report(run.study(), gram_figures(run.study()), {});
  EXPECT_THAT(page, HasSubstr(">exact</td>"));
  EXPECT_THAT(page, HasSubstr(std::string("limit: the number shown, of layer 1, the norm, is ") +
                              by_control + ", so that it has no error and no interval."));
  EXPECT_THAT(texts(run), Not(HasSubstr("1 to 1")));
  EXPECT_THAT(texts(run), Not(HasSubstr("1 ± ")));
}

TEST(Exactness, IsSaidOfAWrongPredictionToo) {
  const InventedRun run = exact_norms(true, 1.05);
  ASSERT_EQ(run.assessment.verdict.outcome, compare::Outcome::disagree);
  EXPECT_THAT(texts(run), Not(HasSubstr("1 to 1")));
  EXPECT_THAT(verdict_sentence(run.assessment, Formula::ours),
              HasSubstr(std::string("they give 1 (") + by_control +
                        "), 4.8% less than the predicted 1.05"));
  EXPECT_THAT(run.assessment.verdict.reasons.front(),
              HasSubstr(std::string("= 1 (") + by_control + "), predicted 1.05"));
}

}  // namespace
}  // namespace wideproof::report
