// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/of_inputs.hpp>

#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace wideproof::report {

std::string of_inputs_in_words(const compare::SweepResult& sweep) {
  std::string text;
  for (const compare::SharedQuantity& quantity : compare::quantities_of(sweep)) {
    double least = std::numeric_limits<double>::quiet_NaN();
    double most = least;
    for (const compare::SweepPoint& point : sweep.points) {
      for (const compare::SweepNumber& number : point.numbers) {
        if (number.quantity->name != quantity->name) continue;
        least = std::fmin(least, number.of_inputs);
        most = std::fmax(most, number.of_inputs);
      }
    }
    if (std::isnan(least)) continue;
    const std::string low = fmt::format("{:.4g}", least);
    const std::string high = fmt::format("{:.4g}", most);
    text += fmt::format("{}Of the inputs themselves the mean {} is {}.", text.empty() ? "" : " ",
                        quantity->name, low == high ? low : low + " to " + high);
  }
  return text;
}

}  // namespace wideproof::report
