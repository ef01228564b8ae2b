// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/terminal_table.hpp>

#include <algorithm>
#include <limits>
#include <string>

#include <gmock/gmock.h>
#include <wideproof/compare/gram/without_norms.hpp>

#include "invented.hpp"

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

compare::testing::Invented three_layers() {
  compare::testing::Invented invented;
  invented.layers = 3;
  invented.limit = compare::testing::equicorrelated(2, 0.5);
  return invented;
}

TEST(TerminalTable, HasARowForEachLayerAtTheLargestWidthWhereActivationsOverflowed) {
  const auto invented = three_layers();
  auto sample = compare::testing::exact(invented);
  sample.measurement[4].gram.variance(1, 1) = std::numeric_limits<double>::infinity();
  const auto assessment = compare::testing::assess(compare::testing::truth(invented), sample, {});
  const std::string table = terminal_table(assessment);
  EXPECT_THAT(table, HasSubstr("norm at n = 4096"));
  EXPECT_THAT(table, HasSubstr("verdict: inconclusive (nothing was tested, error rate 0.01)"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 3 + 1 + 1 + 2);
}

TEST(TerminalTable, ShowsNoIntervalOfWhatIsNotFinite) {
  const auto invented = three_layers();
  const auto sample = compare::testing::exact(invented);
  for (const double factor : {1e200, 1e-200}) {
    auto predicted = compare::testing::truth(invented);
    for (compare::PredictedLayer& layer : predicted) layer.gram *= factor;
    EXPECT_THAT(terminal_table(compare::testing::assess(predicted, sample, {})),
                Not(HasSubstr("nan to")));
  }
}

TEST(TerminalTable, SaysWhatAPredictionLooksLike) {
  const auto invented = three_layers();
  auto assessment = compare::testing::assess(compare::testing::truth(invented),
                                             compare::testing::exact(invented), {});
  EXPECT_THAT(terminal_table(assessment), Not(HasSubstr("this looks like")));
  assessment.likeness = {compare::Likeness::Kind::undivided, 0.0468};
  EXPECT_THAT(
      terminal_table(assessment),
      HasSubstr("\n  - this looks like a matter of scale: every entry of your prediction is "
                "0.0468\n    times the theory's"));
  assessment.likeness = {.kind = compare::Likeness::Kind::next_kernel};
  EXPECT_THAT(terminal_table(assessment), HasSubstr("\n  - this looks like a matter of layers:"));
}

TEST(TerminalTable, HasNoNormsWhereNoneArePredicted) {
  const auto invented = three_layers();
  const auto sample = compare::testing::exact(invented);
  compare::Options options;
  options.norms_are_predicted = false;
  const auto assessment =
      compare::assess(compare::testing::truth(invented), compare::without_norms(sample.measurement),
                      compare::without_norms(sample.series), options);
  EXPECT_THAT(terminal_table(assessment), HasSubstr("\n    1  -                           -  "));
}

}  // namespace
}  // namespace wideproof::report
