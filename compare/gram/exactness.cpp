// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/exactness.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace wideproof::compare {

std::string exactness(const Assessment& assessment, std::size_t layer, const Entry& entry) {
  const auto& [quantity, a, b] = entry;
  const double rounding = assessment.options.rounding;
  bool varies = false;
  bool is_rounded = false;
  const auto depth = static_cast<std::size_t>(assessment.widths.back().comparison.layer);
  for (std::size_t i = layer; i < assessment.widths.size(); i += depth) {
    const WidthComparison& at = assessment.widths[i];
    const MatrixComparison& matrix = at.comparison.matrix(quantity);
    // Of the smaller scale: a prediction that is far too large makes no number exact.
    const double own =
        std::sqrt(std::abs(matrix.estimate.value(a, a) * matrix.estimate.value(b, b)));
    if (!(matrix.estimate.standard_error(a, b) <= rounding * std::min(own, matrix.scale(a, b))))
      return {};
    is_rounded |= matrix.estimate.standard_error(a, b) > 0.0;
    if (quantity == Quantity::gram)
      varies |= at.relative_variance_times_width(a, b) >
                rounding * rounding * static_cast<double>(at.width * at.replicates);
  }
  // Of one network's correlation no variance is kept here: near 1 it may be below rounding.
  if (quantity == Quantity::correlation && is_rounded) return "known to rounding";
  return varies ? "exact by construction of the control variate" : "the same in every network";
}

std::string exactness_of_norms(const Assessment& assessment, std::size_t layer) {
  const Eigen::Index inputs = assessment.widths.front().comparison.gram.predicted.rows();
  std::string why;
  for (Eigen::Index a = 0; a < inputs; ++a) {
    why = exactness(assessment, layer, {Quantity::gram, a, a});
    if (why.empty()) break;
  }
  return why;
}

}  // namespace wideproof::compare
