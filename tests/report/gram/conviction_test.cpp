// SPDX-License-Identifier: MIT
// A class that is shown less what the others explain is called so wherever it is told.
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_table.hpp>

#include <string>

#include <gmock/gmock.h>

#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include "twelve_classes.hpp"

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;

TEST(ConvictedClass, IsToldGivenTheOthers) {
  const auto invented = compare::testing::twelve_classes(0.95, 0.95, 20.0);
  const auto assessment =
      compare::testing::assess(compare::testing::wrong_by_one_percent(invented, false),
                               compare::testing::exact(invented), {});
  const std::string told = "gram(1,2), less what the scatter of the other classes explains";
  EXPECT_THAT(claims_table(assessment.claims), HasSubstr(told));
  std::string terminal = terminal_table(assessment);
  for (std::size_t at; (at = terminal.find("\n    ")) != std::string::npos;)
    terminal.replace(at, 5, " ");
  EXPECT_THAT(terminal, HasSubstr(told + " = 0.5 (95%: "));
  EXPECT_THAT(verdict_sentence(assessment, Formula::ours),
              HasSubstr("in layer 2, entries like " + told + ", they give 0.5 (95%: "));
}

}  // namespace
}  // namespace wideproof::report
