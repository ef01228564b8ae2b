// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/claims_words.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t named_claims = 3;

/// "P = 64: error 0.1 over 0.2, a ratio of …"
std::string found_of(const compare::Claim& claim) {
  return claim.where + (claim.where.empty() || claim.detail.empty() ? "" : ": ") + claim.detail;
}

}  // namespace

std::string claims_sentence(const std::vector<compare::Claim>& claims) {
  const auto count = [&](compare::Outcome outcome) {
    return std::count_if(claims.begin(), claims.end(),
                         [&](const compare::Claim& claim) { return claim.outcome == outcome; });
  };
  const auto hold = count(compare::Outcome::agree);
  const auto fail = count(compare::Outcome::disagree);
  const auto open = count(compare::Outcome::inconclusive);
  std::vector<std::string> parts;
  if (hold > 0) parts.push_back(fmt::format("{} hold{}", hold, hold == 1 ? "s" : ""));
  if (fail > 0) parts.push_back(fmt::format("{} fail{}", fail, fail == 1 ? "s" : ""));
  if (open > 0) parts.push_back(fmt::format("{} {} not decided", open, open == 1 ? "is" : "are"));
  return fmt::format("Of {} claim{} about the sweep {}.", claims.size(),
                     claims.size() == 1 ? "" : "s", fmt::join(parts, ", "));
}

std::string refuted_claims(const std::vector<compare::Claim>& claims) {
  std::string text;
  std::size_t found = 0;
  for (const compare::Claim& claim : claims) {
    if (claim.outcome != compare::Outcome::disagree || ++found > named_claims) continue;
    const std::string statement =
        claim.statement.substr(0, claim.statement.find_last_not_of('.') + 1);
    const std::string what = found_of(claim);
    text +=
        fmt::format("The claim “{}” is refuted{}{}. ", statement, what.empty() ? "" : ": ", what);
  }
  if (found > named_claims) text += fmt::format("So are {} more. ", found - named_claims);
  return text;
}

void add_claims_of_sweep(HtmlPage& html, const std::vector<compare::Claim>& claims,
                         double family_error) {
  if (claims.empty()) return;
  html.section("What was claimed of the sweep, and what was found");
  html.paragraph(fmt::format(
      "{} They were written down with the experiment. A true one is called wrong with a chance of "
      "at most {:.3g}, all taken together; a wrong one is called true with a chance of at most "
      "that. Intervals are those that the outcomes rest on, at {}.",
      claims_sentence(claims), family_error, compare::as_percent(1.0 - 2.0 * family_error)));
  for (const compare::Claim& claim : claims) {
    std::vector<std::string> found;
    const std::string detail = found_of(claim);
    if (!detail.empty()) found.push_back(detail + ".");
    if (claim.measurement)
      found.push_back(fmt::format("Measured {}: {:.4g}, interval {}.", claim.measured,
                                  *claim.measurement, interval_or_dash(claim.low, claim.high)));
    if (!claim.obstacle.empty()) found.push_back("It could not be tested: " + claim.obstacle + ".");
    html.verdict(claim.outcome, claim.statement, found);
  }
}

}  // namespace wideproof::report
