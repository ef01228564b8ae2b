// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/judged_alike.hpp>

#include <utility>

#include <wideproof/app/system/terminal.hpp>
#include <wideproof/report/alike/alike_report.hpp>
#include <wideproof/report/page/claims_table.hpp>

namespace wideproof::app {

JudgedStudy judged_alike(const std::shared_ptr<const compare::Alike>& alike, std::string headline) {
  JudgedStudy judged;
  judged.outcome.verdict = alike->verdict;
  judged.claims = alike->claims;
  judged.headline = std::move(headline);
  judged.table = report::alike_text(*alike, stdout_takes_colour());
  judged.tables = {
      {"claims.csv", "the claims", [alike] { return report::claims_table(alike->claims); }},
      {"differences.csv", "every entry of both, by width and layer",
       [alike] { return report::alike_table(*alike); }}};
  judged.summary = [alike] { return report::alike_json(*alike); };
  return judged;
}

}  // namespace wideproof::app
