// SPDX-License-Identifier: MIT
#include <wideproof/report/page/page_ending.hpp>

#include <gmock/gmock.h>

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;

TEST(PageEnding, SaysHowToRepeatTheRunWhatMadeItAndWhatLiesBesideIt) {
  HtmlPage page("run", "A run.");
  add_ending(page, {{"commit", "abc"}}, {{"claims.csv", "the claims"}, figures_folder()});
  const std::string text = page.text();
  EXPECT_THAT(text, HasSubstr("In the folder of this page:"));
  EXPECT_THAT(text, HasSubstr("wideproof validate experiment.toml --out again"));
  EXPECT_THAT(text, HasSubstr("<dt>commit</dt>\n<dd>abc</dd>"));
  EXPECT_THAT(text, HasSubstr("<a href=\"claims.csv\">claims.csv</a></dt>\n<dd>the claims</dd>"));
  EXPECT_LT(text.find("abc"), text.find("Files beside this page"));
  EXPECT_THAT(text, HasSubstr("<a href=\"figures/\">"));
}

}  // namespace
}  // namespace wideproof::report
