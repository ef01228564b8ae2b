// SPDX-License-Identifier: MIT
#include <wideproof/report/page/claims_section.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>

namespace wideproof::report {
namespace {

std::optional<double> in_percent(const std::optional<double>& fraction) {
  return fraction ? std::optional(100.0 * *fraction) : std::nullopt;
}

}  // namespace

std::string number_or_dash(double value, const char* format) {
  return std::isfinite(value) ? fmt::format(fmt::runtime(format), value + 0.0) : "–";  // no −0
}

std::string number_or_dash(const std::optional<double>& value, const char* format) {
  return value ? number_or_dash(*value, format) : "–";
}

std::string with_error(double value, double error) {
  if (!std::isfinite(value)) return "–";
  if (!std::isfinite(error)) return number_or_dash(value, "{:.4g}");
  return fmt::format("{:.4g}", value + 0.0) +  // no −0
         (error == 0.0 ? ", exact" : fmt::format(" ± {:.2g}", error));
}

std::string interval_or_dash(const std::optional<double>& low, const std::optional<double>& high,
                             const char* format) {
  return low && high && std::isfinite(*low) && std::isfinite(*high)
             ? number_or_dash(low, format) + " to " + number_or_dash(high, format)
             : "–";
}

void add_claims(HtmlPage& page, const std::vector<compare::Claim>& claims,
                const ClaimsSection& section) {
  if (claims.empty()) return;
  page.section("What was claimed, and what was found");
  page.paragraph(section.introduction);
  const std::string interval = compare::as_percent(section.level) + " interval";
  HtmlTable table{.caption = section.caption,
                  .columns = {{"claim", "", false}, {"outcome", "", false}},
                  .rows = {},
                  .stacks = true};
  const bool are_differences =
      std::all_of(claims.begin(), claims.end(), [](const compare::Claim& claim) {
        return claim.number == compare::ClaimNumber::relative_difference;
      });
  if (are_differences) {
    table.columns.push_back({"relative difference", "%"});
    table.columns.push_back({interval, "%"});
  } else {
    table.columns.push_back({"predicted"});
    table.columns.push_back({"measured"});
    table.columns.push_back({interval});
  }
  table.columns.push_back({"p", "family-wise"});
  table.columns.push_back({"where", "", false});
  table.columns.push_back({"what it says", "", false});
  for (const compare::Claim& claim : claims) {
    table.rows.push_back({claim.name, std::string(name_of(claim.outcome))});
    auto& row = table.rows.back();
    if (are_differences) {
      row.push_back(number_or_dash(in_percent(claim.measurement), "{:+.3g}"));
      row.push_back(interval_or_dash(in_percent(claim.low), in_percent(claim.high), "{:+.3g}"));
    } else {
      row.push_back(number_or_dash(claim.prediction));
      row.push_back(number_or_dash(claim.measurement));
      row.push_back(claim.exactness.empty() ? interval_or_dash(claim.low, claim.high) : "exact");
    }
    row.push_back(claim.p_adjusted && *claim.p_adjusted < compare::least_p
                      ? "< 1e−300"
                      : number_or_dash(claim.p_adjusted, "{:.2g}"));
    row.push_back(claim.where);
    row.push_back(claim.statement);
  }
  page.table(table);
  for (const std::string& sentence : exact_claims(claims)) page.paragraph(sentence + ".");
}

}  // namespace wideproof::report
