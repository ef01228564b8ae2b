// SPDX-License-Identifier: MIT
#include <wideproof/report/page/claims_table.hpp>

#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace wideproof::report {
namespace {

std::string or_empty(const std::optional<double>& number) {
  return number ? fmt::format("{}", *number) : "";
}

}  // namespace

std::string claims_table(const std::vector<compare::Claim>& claims) {
  std::string table =
      "claim,outcome,p_value,p_adjusted,where,prediction,measurement,low,high,statement,detail,"
      "obstacle\n";
  for (const compare::Claim& claim : claims)
    fmt::format_to(
        std::back_inserter(table), "{},{},{},{},\"{}\",{},{},{},{},\"{}\",\"{}\",\"{}\"\n",
        claim.name, name_of(claim.outcome), or_empty(claim.p_value), or_empty(claim.p_adjusted),
        claim.where, or_empty(claim.prediction), or_empty(claim.measurement), or_empty(claim.low),
        or_empty(claim.high), claim.statement, claim.detail, claim.obstacle);
  return table;
}

}  // namespace wideproof::report
