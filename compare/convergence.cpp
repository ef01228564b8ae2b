// SPDX-License-Identifier: MIT
#include <wideproof/compare/convergence.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <wideproof/compare/bias_exponent.hpp>
#include <wideproof/compare/fluctuation_exponent.hpp>
#include <wideproof/compare/matrix_comparison.hpp>

namespace wideproof::compare {
namespace {

BiasSeries bias_of(const WidthVectors& means, Eigen::Index k, double predicted) {
  const auto widths = static_cast<Eigen::Index>(means.at.size());
  BiasSeries series{Eigen::VectorXd(widths), Eigen::VectorXd(widths), Eigen::VectorXd(widths),
                    std::numeric_limits<double>::infinity()};
  for (Eigen::Index w = 0; w < widths; ++w) {
    const VectorEstimate& at = means.at[static_cast<std::size_t>(w)];
    series.width[w] = static_cast<double>(means.widths[static_cast<std::size_t>(w)]);
    series.bias[w] = at.value[k] - predicted;
    series.standard_error[w] = std::sqrt(at.covariance(k, k));
    series.degrees_of_freedom = std::min(series.degrees_of_freedom, at.degrees_of_freedom);
  }
  return series;
}

}  // namespace

std::vector<LayerConvergence> convergence(const model::ClassSeries& series,
                                          const std::vector<ClassColumn>& columns,
                                          const WidthVectors& means,
                                          const Eigen::MatrixXd& shares) {
  std::vector<LayerConvergence> result;
  for (std::size_t layer = 0; layer < static_cast<std::size_t>(shares.cols()); ++layer) {
    std::vector<BiasSeries> candidates;
    for (std::size_t k = 0; k < columns.size(); ++k)
      if (columns[k].layer == layer)
        candidates.push_back(bias_of(means, static_cast<Eigen::Index>(k), columns[k].predicted));
    result.push_back(
        {static_cast<std::int64_t>(layer) + 1,
         fluctuation_exponent(series, layer, shares.col(static_cast<Eigen::Index>(layer))),
         bias_exponent(candidates)});
  }
  return result;
}

Eigen::MatrixXd relative_variance_times_width(const model::LayerMeasurement& measured) {
  return static_cast<double>(measured.width) *
         measured.own_gram().variance.cwiseQuotient(
             norm_scale(measured.own_gram().mean).cwiseAbs2());
}

}  // namespace wideproof::compare
