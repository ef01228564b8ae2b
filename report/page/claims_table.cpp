// SPDX-License-Identifier: MIT
#include <wideproof/report/page/claims_table.hpp>

#include <iterator>

#include <fmt/format.h>

#include <wideproof/report/page/csv_field.hpp>

namespace wideproof::report {

std::string claims_table(const std::vector<compare::Claim>& claims) {
  std::string table =
      "claim,outcome,p_value,p_adjusted,where,prediction,measurement,low,high,statement,detail,"
      "obstacle\n";
  for (const compare::Claim& claim : claims)
    fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{},{},{},{}\n", claim.name,
                   name_of(claim.outcome), csv_number(claim.p_value), csv_number(claim.p_adjusted),
                   csv_text(claim.where), csv_number(claim.prediction),
                   csv_number(claim.measurement), csv_number(claim.low), csv_number(claim.high),
                   csv_text(claim.statement), csv_text(claim.detail), csv_text(claim.obstacle));
  return table;
}

}  // namespace wideproof::report
