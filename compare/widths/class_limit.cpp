// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/class_limit.hpp>

#include <cassert>
#include <cmath>
#include <utility>

#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {
namespace {

ClassLimit fit(const WidthVectors& vectors, const Eigen::VectorXd& predicted, int order) {
  const WidthDesign design =
      fit_over_widths(inverse_width_columns(vectors.widths, order, vectors.power), vectors.weights);
  ClassLimit result;
  result.order = order;
  result.influence = design.influence.row(0);
  const Combination limit = combine(design.influence.topRows(1), vectors.at);
  result.limit = limit.value;
  result.parts = limit.parts;
  result.test = test_jointly(limit.value - predicted, limit.parts);

  const Eigen::Index count = predicted.size();
  result.standard_error.resize(count);
  result.degrees_of_freedom.resize(count);
  const auto widths = static_cast<Eigen::Index>(vectors.at.size());
  Eigen::VectorXd variances(widths), freedom(widths);
  for (Eigen::Index k = 0; k < count; ++k) {
    for (Eigen::Index w = 0; w < widths; ++w) {
      const VectorEstimate& at = vectors.at[static_cast<std::size_t>(w)];
      variances[w] = at.covariance(k, k);
      freedom[w] = at.degrees_of_freedom;
    }
    const LinearError error = linear_error(result.influence, variances, freedom);
    result.standard_error[k] = std::sqrt(error.variance);
    result.degrees_of_freedom[k] = error.degrees_of_freedom;
  }
  if (design.contrasts.rows() > 0 && count > 0) {
    const Combination residual = combine(design.contrasts, vectors.at);
    result.lack_of_fit = test_jointly(residual.value, residual.parts);
  }
  return result;
}

}  // namespace

ClassLimit fit_class_limit(const WidthVectors& vectors, const Eigen::VectorXd& predicted,
                           std::optional<int> order, double lack_of_fit_error, int least_order) {
  assert(vectors.widths.size() >= 2);
  const std::size_t spare = static_cast<std::size_t>(least_order) - 1;
  const int least = vectors.widths.size() < widths_for_curvature + spare ? 1 : least_order;
  ClassLimit chosen = fit(vectors, predicted, order.value_or(least));
  if (order || vectors.widths.size() < widths_for_curvature) return chosen;
  ClassLimit next = fit(vectors, predicted, least + 1);
  if (chosen.lack_of_fit && chosen.lack_of_fit->p_value < lack_of_fit_error) {
    chosen = std::move(next);
    next = fit(vectors, predicted, least + 2);
  }
  chosen.guard = next.test;
  chosen.guard_influence = next.influence;
  return chosen;
}

}  // namespace wideproof::compare
