// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/without_norms.hpp>

namespace wideproof::compare {
namespace {

/// `rows` of networks, columns layer by layer, the diagonal's class first.
void divide_by_norms(Eigen::MatrixXd& rows, Eigen::Index classes) {
  for (Eigen::Index first = 0; first < rows.cols(); first += classes) {
    const Eigen::ArrayXd norms = rows.col(first);
    const Eigen::ArrayXd factor = (norms > 0.0).select(norms.inverse(), 0.0);
    rows.middleCols(first, classes).array().colwise() *= factor;
    rows.col(first).setOnes();
  }
}

}  // namespace

model::Measurement without_norms(const model::Measurement& measurement) {
  model::Measurement correlations = measurement;
  for (model::LayerMeasurement& at : correlations) {
    at.plain_gram = model::SampleMoments(at.own_gram());
    at.plain_correlation = model::SampleMoments(at.own_correlation());
    at.gram = at.correlation;
  }
  return correlations;
}

model::ClassSeries without_norms(const model::ClassSeries& series) {
  model::ClassSeries correlations = series;
  for (model::WidthSeries& at : correlations.widths) {
    for (Eigen::MatrixXd* rows : {&at.means, &at.reduced})
      divide_by_norms(*rows, series.classes.count());
    at.gram_variances = at.correlation_variances;
  }
  return correlations;
}

}  // namespace wideproof::compare
