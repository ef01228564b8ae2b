// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/limit_words.hpp>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>

namespace wideproof::compare {

std::string WidthSeriesTerm::name(int order) const {
  const double exponent = power * order;
  if (exponent == 1.0) return fmt::format("1/{}", width);
  if (exponent == 2.0) return fmt::format("1/{}²", width);
  if (exponent == 3.0) return fmt::format("1/{}³", width);
  if (exponent == 0.5) return fmt::format("1/√{}", width);
  return fmt::format("1/{}^{:.3g}", width, exponent);
}

std::string describe(const JointTest& test) {
  std::string law = fmt::format(
      "regularised T² = {:.4g} of {} numbers, λ = {:.2g}, {:.0f} "
      "degrees of freedom",
      test.statistic, test.rank, test.ridge, test.degrees_of_freedom);
  if (test.ridge == 0.0)
    law = fmt::format("Hotelling's T² = {:.4g} in {} directions, {:.0f} degrees of freedom",
                      test.statistic, test.rank, test.degrees_of_freedom);
  return law + fmt::format(", {}{}", p_text(test.p_value), test.resampled ? " (resampled)" : "");
}

std::string describe(const ClassLimit& limit, const WidthSeriesTerm& term) {
  std::string text =
      fmt::format("order {} in {}: {}", limit.order, term.name(), describe(limit.test));
  if (limit.guard) text += fmt::format("; order {}: {}", limit.order + 1, describe(*limit.guard));
  if (limit.lack_of_fit)
    text += fmt::format("; lack of fit {}", p_text(limit.lack_of_fit->p_value));
  return text;
}

}  // namespace wideproof::compare
