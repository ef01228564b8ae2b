// SPDX-License-Identifier: MIT
#include <wideproof/compare/claims_on_page.hpp>

#include <cmath>

#include <fmt/format.h>

namespace wideproof::compare {
std::string number_or_dash(double value, const char* format) {
  return std::isfinite(value) ? fmt::format(fmt::runtime(format), value) : "–";
}

std::string number_or_dash(const std::optional<double>& value, const char* format) {
  return value ? number_or_dash(*value, format) : "–";
}

std::string interval_or_dash(const std::optional<double>& low, const std::optional<double>& high) {
  return low && high && std::isfinite(*low) && std::isfinite(*high)
             ? fmt::format("{:.5g} to {:.5g}", *low, *high)
             : "–";
}

void add_claims(HtmlPage& page, const std::vector<Claim>& claims, double family_error) {
  if (claims.empty()) return;
  page.section("What was claimed, and what was found");
  page.paragraph(fmt::format(
      "Each claim follows from the prediction. A true prediction has one of them rejected with a "
      "chance of at most {:.3g}, all taken together. The "
      "intervals hold for all of a claim's numbers at once.",
      family_error));
  HtmlTable table{"Claims, and the number of each that speaks loudest against it",
                  {{"claim", "", false},
                   {"outcome", "", false},
                   {"predicted"},
                   {"measured"},
                   {"95% interval"},
                   {"p", "family-wise"},
                   {"where", "", false},
                   {"what it says", "", false}},
                  {}};
  for (const Claim& claim : claims)
    table.rows.push_back(
        {claim.name, std::string(name_of(claim.outcome)), number_or_dash(claim.prediction),
         number_or_dash(claim.measurement), interval_or_dash(claim.low, claim.high),
         number_or_dash(claim.p_adjusted, "{:.2g}"), claim.where, claim.statement});
  page.table(table);
}

}  // namespace wideproof::compare
