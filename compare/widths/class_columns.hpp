// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/judged_pairs.hpp>
#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

/// One class of entries of one layer: a column of a ClassSeries.
struct ClassColumn {
  Quantity quantity = Quantity::gram;
  std::size_t layer = 0;    ///< index, from 0
  Eigen::Index label = 0;   ///< the class; 0 is the diagonal
  Entry example;            ///< one of its entries
  Eigen::Index column = 0;  ///< of the matrices of WidthSeries
  double predicted = 0.0;   ///< class mean of the predicted Gram or correlation
  double scale = 1.0;       ///< class mean of √(predicted_aa predicted_bb); 1 for the correlation
  MatrixName matrix = {};   ///< of the layer
};

/// `layer 2, the norm`, `layer 2, entries like gram(1,4)`, by the class's example
std::string name_of(const ClassColumn& column);

/// Throws model::InputError unless the series hold every width of the measurement, each with its
/// number of networks, a column for each layer and class, and classes of as many inputs.
void check_series(const model::ClassSeries& series, const model::Measurement& measurement,
                  const std::vector<PredictedLayer>& predicted);

/// Whether every number of the series is finite.
bool is_finite(const model::ClassSeries& series);

/// The columns of the Gram that can be tested: less the rare ones, whose prediction and whose mean
/// at every width lie below rare_below(all neurons sampled) of the scale; see LayerComparison.
std::vector<ClassColumn> gram_columns(const model::ClassSeries& series,
                                      const std::vector<PredictedLayer>& predicted,
                                      const Options& options);

/// The same for the correlation, whose diagonal does not vary.
std::vector<ClassColumn> correlation_columns(const model::ClassSeries& series,
                                             const std::vector<PredictedLayer>& predicted,
                                             const Options& options);

/// `columns` less the classes whose correlation bears no claim.
std::vector<ClassColumn> judged_only(std::vector<ClassColumn> columns, const JudgedPairs& judged);

/// Networks × columns of one width.
Eigen::MatrixXd rows_of(const model::WidthSeries& width, const std::vector<ClassColumn>& columns);

/// Means over networks, with rounding·scale beside the standard errors in quadrature, weights
/// width·replicates.
WidthVectors class_means(const model::ClassSeries& series, const std::vector<ClassColumn>& columns,
                         const Options& options);

}  // namespace wideproof::compare
