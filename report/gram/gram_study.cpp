// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/gram_study.hpp>

#include <fmt/format.h>

namespace wideproof::report {

std::vector<compare::LayerComparison> GramStudy::best_estimates() const {
  if (assessment.extrapolation) return assessment.extrapolation->layers;
  std::vector<compare::LayerComparison> layers;
  for (const compare::WidthComparison& at : assessment.widths)
    if (at.width == assessment.widths.back().width) layers.push_back(at.comparison);
  return layers;
}

std::string GramStudy::best_estimates_at() const {
  return assessment.extrapolation ? "n → ∞" : fmt::format("n = {}", assessment.widths.back().width);
}

}  // namespace wideproof::report
