// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/gram_study.hpp>

#include <fmt/format.h>

namespace wideproof::report {

std::string best_estimates_at(const compare::Assessment& assessment) {
  return assessment.extrapolation ? "n → ∞" : fmt::format("n = {}", assessment.widths.back().width);
}

}  // namespace wideproof::report
