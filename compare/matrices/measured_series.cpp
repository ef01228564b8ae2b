// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/measured_series.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

using model::InputError;
using model::LayerMeasurement;
using model::SampleMoments;

void check_shape(const LayerMeasurement& measured, const SampleMoments& moments, Quantity quantity,
                 Eigen::Index inputs) {
  for (const Eigen::MatrixXd* matrix : {&moments.mean, &moments.variance})
    if (matrix->rows() != inputs || matrix->cols() != inputs)
      throw InputError(fmt::format(
          "compare.prediction is {0} × {0}, but {1} at width {2}, layer {3} was measured "
          "as {4} × {5}: prediction and measurement need the same inputs",
          inputs, name_of(quantity), measured.width, measured.layer, matrix->rows(),
          matrix->cols()));
}

}  // namespace

MatrixEstimate mean_estimate(const LayerMeasurement& measured, Quantity quantity) {
  const bool of_gram = quantity == Quantity::gram;
  const SampleMoments& moments = of_gram ? measured.gram : measured.correlation;
  const std::int64_t networks = of_gram ? measured.replicates : measured.correlation_replicates();
  // Below two networks all numbers are NaN; one degree of freedom keeps the quantiles defined.
  const auto degrees_of_freedom = static_cast<double>(std::max<std::int64_t>(networks - 1, 1));
  return {moments.mean, moments.standard_error(networks),
          Eigen::MatrixXd::Constant(moments.mean.rows(), moments.mean.cols(), degrees_of_freedom)};
}

std::vector<LayerSeries> series_by_layer(const model::Measurement& measurement, std::size_t depth,
                                         Eigen::Index inputs) {
  if (depth == 0) throw InputError("compare.prediction holds no layer");
  if (measurement.empty() || measurement.size() % depth != 0)
    throw InputError(fmt::format(
        "compare.prediction has {} layers, but {} (width, layer) pairs were measured: each width "
        "needs the same layers as the prediction",
        depth, measurement.size()));

  std::vector<LayerSeries> series(depth);
  for (std::size_t i = 0; i < measurement.size(); ++i) {
    const LayerMeasurement& measured = measurement[i];
    LayerSeries& layer = series[i % depth];
    layer.layer = static_cast<std::int64_t>(i % depth) + 1;
    const bool first_layer = layer.layer == 1;
    if (measured.layer != layer.layer || measured.width <= 0 ||
        (!first_layer && measured.width != measurement[i - 1].width) ||
        (first_layer && i > 0 && measured.width <= measurement[i - 1].width))
      throw InputError(
          fmt::format("measurement {} is of width {}, layer {}: must go by width ascending, then "
                      "layers 1 to {}",
                      i, measured.width, measured.layer, depth));
    if (measured.replicates < 2)
      throw InputError(
          fmt::format("simulation.replicates = {}: must be at least 2 (width {}), for "
                      "a standard error needs a variance",
                      measured.replicates, measured.width));
    check_shape(measured, measured.gram, Quantity::gram, inputs);
    check_shape(measured, measured.correlation, Quantity::correlation, inputs);
    layer.at.push_back(measured);
  }
  return series;
}

}  // namespace wideproof::compare
