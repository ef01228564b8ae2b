// SPDX-License-Identifier: MIT
#include <wideproof/report/page/claims_text.hpp>

#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::report {
namespace {

constexpr std::string_view claim_format = "{:<20} {:>10} {:>10}  {:<22} {}\n";

std::string claim_rows(const compare::Claim& claim) {
  const bool is_dependence = claim.number == compare::ClaimNumber::dependence;
  std::string interval = claim.exactness.empty() ? "-" : "exact";
  if (claim.exactness.empty() && std::isfinite(*claim.low) && std::isfinite(*claim.high))
    interval = fmt::format("{:.5g} to {:.5g}", *claim.low, *claim.high);
  const std::string lead =
      claim.p_adjusted && std::isfinite(*claim.p_adjusted)
          ? fmt::format("Family-wise {}; {}", compare::p_text(*claim.p_adjusted),
                        is_dependence ? "loudest" : "farthest")
          : "Farthest";
  const char* what = claim.number == compare::ClaimNumber::variance_times_width ? "n·Var, " : "";
  return fmt::format(claim_format, claim.name, fmt::format("{:.5g}", *claim.prediction),
                     fmt::format("{:.5g}", *claim.measurement), interval, name_of(claim.outcome)) +
         wrapped_lines(fmt::format("{} {}{}: {}{}.", claim.statement, lead,
                                   is_dependence ? "" : " off", what, claim.where),
                       2);
}

}  // namespace

std::string claims_text(const std::vector<compare::Claim>& claims) {
  if (claims.empty()) return "";
  std::string text =
      "\n" + fmt::format(claim_format, "claim", "predicted", "measured", "95%", "outcome");
  for (const compare::Claim& claim : claims) text += claim_rows(claim);
  for (const std::string& sentence : exact_claims(claims)) text += wrapped_item(sentence);
  return text;
}

}  // namespace wideproof::report
