// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/judged_alike.hpp>

#include <map>

#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/report/alike/alike_report.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/page_ending.hpp>

namespace wideproof::app {

JudgedStudy judged_alike(const std::shared_ptr<const compare::Alike>& alike,
                         const std::string& title, const std::string& headline, bool are_one_run) {
  JudgedStudy judged;
  judged.outcome.verdict = alike->verdict;
  judged.claims = alike->claims;
  judged.headline = headline;
  judged.table = report::alike_text(*alike, stdout_takes_colour());
  judged.tables = {
      {"claims.csv", "the claims", [alike] { return report::claims_table(alike->claims); }},
      {"differences.csv", "every entry of both, by width and layer",
       [alike] { return report::alike_table(*alike); }}};
  judged.summary = [alike] { return report::alike_json(*alike); };
  const auto tables = judged.tables;
  judged.page = [=](const report::Provenance& made_by) -> StudyPage {
    return {{}, [=](const std::map<std::string, std::string>&) {
              auto page = report::alike_page(*alike, title, headline);
              if (are_one_run)
                report::add_ending(
                    page, in_words(made_by),
                    report::files_of_run({.summary = "verdict, claims, provenance",
                                          .results = "every number in double precision",
                                          .tables = tables,
                                          .has_figures = false}));
              return page.text();
            }};
  };
  return judged;
}

}  // namespace wideproof::app
