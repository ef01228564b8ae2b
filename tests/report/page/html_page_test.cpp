// SPDX-License-Identifier: MIT
#include <wideproof/report/page/html_page.hpp>

#include <gmock/gmock.h>

namespace wideproof::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Figure figure = {.name = "gram",
                       .title = "Gram & more",
                       .caption = "Entries < 1.",
                       .csv = "a\n1\n",
                       .plot = "plot 'gram.csv'",
                       .height_over_width = 0.5};

TEST(HtmlPage, IsOneFileThatLoadsNothing) {
  HtmlPage page("A study", "of one thing");
  page.figures({figure}, {{"gram", "<svg/>"}});
  const std::string text = page.text();
  EXPECT_THAT(text, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_THAT(text, HasSubstr("<h1>A study</h1>"));
  EXPECT_THAT(text, HasSubstr("src=\"data:image/svg+xml;base64,PHN2Zy8+\""));
  EXPECT_THAT(text, HasSubstr("width=\"480\" height=\"240\""));
  EXPECT_THAT(text, Not(HasSubstr("http")));
  EXPECT_THAT(text, Not(HasSubstr("<script")));
}

TEST(HtmlPage, EscapesWhatItIsGiven) {
  const std::string hostile = "<b a=\"1\" b='2'>&";
  HtmlPage page(hostile, hostile);
  page.section(hostile);
  page.subsection(hostile);
  page.paragraph(hostile);
  page.list({hostile});
  page.verdict(compare::Outcome::agree, hostile, {hostile});
  page.definitions({{hostile, hostile}});
  page.table({hostile, {{hostile, hostile}}, {{hostile}}});
  page.command(hostile);
  page.files({{hostile, hostile}});
  Figure hostile_figure = figure;
  hostile_figure.title = hostile_figure.caption = hostile_figure.name = hostile;
  page.figures({hostile_figure}, {{hostile, "<svg/>"}});
  page.figures({hostile_figure}, {});
  EXPECT_THAT(page.text(), Not(HasSubstr("<b a")));
  EXPECT_THAT(page.text(), HasSubstr("&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;"));
}

TEST(HtmlPage, EncodesPicturesOfAnyLength) {
  for (const auto& [bytes, encoded] :
       {std::pair("a", "base64,YQ==\""), {"ab", "base64,YWI=\""}, {"abc", "base64,YWJj\""}}) {
    HtmlPage page("", "");
    page.figures({figure}, {{"gram", bytes}});
    EXPECT_THAT(page.text(), HasSubstr(encoded));
  }
}

TEST(HtmlPage, SaysWhatToInstallWhereAFigureIsMissing) {
  HtmlPage page("", "");
  page.figures({figure}, {});
  EXPECT_THAT(page.text(), Not(HasSubstr("<img")));
  EXPECT_THAT(page.text(), HasSubstr("Install gnuplot (Debian: gnuplot-nox)"));
  EXPECT_THAT(page.text(), HasSubstr("href=\"figures/gram.csv\""));
  EXPECT_THAT(page.text(), Not(HasSubstr("figures/gram.pdf")));
}

TEST(HtmlPage, HeadsATableWithNamesAndUnits) {
  HtmlPage page("", "");
  page.table({"Times", {{"run", "", false}, {"time", "s"}}, {{"first", "3.5"}}});
  EXPECT_THAT(page.text(), HasSubstr("<th scope=\"col\">run</th><th scope=\"col\" class=\"number\">"
                                     "time<span class=\"unit\">s</span></th>"));
  EXPECT_THAT(page.text(), HasSubstr("<th scope=\"row\">first</th><td class=\"number\">3.5</td>"));
}

TEST(HtmlPage, WritesMinusSignsOfNumbersAndLeavesHyphens) {
  HtmlPage page("", "");
  page.table({"Slopes", {{"run", "", false}, {"slope"}}, {{"half-1", "-0.5 (-1e-05 to 2)"}}});
  page.paragraph("seed 2024-01, z = -3");
  page.paragraph("of \"max(x, -1)\", -2");
  auto falling = figure;
  falling.caption = "It falls as N to the power of -1.39 (-1.5 to -1.2).";
  page.figures({falling}, {{"gram", "<svg/>"}});
  EXPECT_THAT(page.text(), HasSubstr("<th scope=\"row\">half-1</th><td class=\"number\">−0.5 "
                                     "(−1e−05 to 2)</td>"));
  EXPECT_THAT(page.text(), HasSubstr("seed 2024-01, z\u00a0=\u00a0−3"));
  EXPECT_THAT(page.text(),
              HasSubstr("<figcaption>It falls as N to the power of −1.39 (−1.5 to −1.2)."));
  EXPECT_THAT(page.text(), Not(HasSubstr("-1.39")));
  EXPECT_THAT(page.text(), HasSubstr("of &quot;max(x, -1)&quot;, −2"));
}

TEST(HtmlPage, LinksARowWhereItIsTold) {
  HtmlPage page("", "");
  page.table({"Times", {{"run", "", false}}, {{"<1>"}, {"2"}}, {"a&b/", ""}});
  EXPECT_THAT(page.text(), HasSubstr("<th scope=\"row\"><a href=\"a&amp;b/\">&lt;1&gt;</a></th>"));
  EXPECT_THAT(page.text(), HasSubstr("<th scope=\"row\">2</th>"));
}

TEST(HtmlPage, NamesTheCellsOfATableThatStacksOnANarrowScreen) {
  HtmlTable table{"Claims", {{"claim", "", false}, {"p < 1", "family-wise"}}, {{"limit", "0.5"}}};
  HtmlPage flat("", "");
  flat.table(table);
  EXPECT_THAT(flat.text(), HasSubstr("<div class=\"scroll\" "));
  EXPECT_THAT(flat.text(), Not(HasSubstr("data-name=")));
  table.stacks = true;
  HtmlPage page("", "");
  page.table(table);
  EXPECT_THAT(page.text(), HasSubstr("<div class=\"scroll stacks\" "));
  EXPECT_THAT(page.text(), HasSubstr("<th scope=\"row\">limit</th><td class=\"number\" "
                                     "data-name=\"p &lt; 1 (family-wise)\">0.5</td>"));
}

TEST(HtmlPage, FoldsALongTable) {
  HtmlPage page("", "");
  HtmlTable table{"Times", {{"run"}}, {20, {"1"}}};
  page.table(table);
  EXPECT_THAT(page.text(), Not(HasSubstr("<details>")));
  table.rows.push_back({"1"});
  page.table(table);
  EXPECT_THAT(page.text(), HasSubstr("<summary>Times (21 rows)</summary>"));
}

}  // namespace
}  // namespace wideproof::report
