// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/matrix_estimate.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

/// One hidden layer at every width, widths ascending.
struct LayerSeries {
  std::int64_t layer = 0;
  std::vector<model::LayerMeasurement> at;  ///< one a width

  std::size_t widths() const { return at.size(); }
};

/// Mean, standard error and degrees of freedom of `quantity` in one measurement: one less than the
/// networks that have it.
MatrixEstimate mean_estimate(const model::LayerMeasurement& measured, Quantity quantity);

/// The measurement by layer. Throws model::InputError unless each width holds layers 1…depth once,
/// widths ascend, every matrix is inputs × inputs, and replicates ≥ 2.
std::vector<LayerSeries> series_by_layer(const model::Measurement& measurement, std::size_t depth,
                                         Eigen::Index inputs);

}  // namespace wideproof::compare
