// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/entry_classes.hpp>

namespace wideproof::model {

/// What each network of one width showed, short enough to keep: the means over EntryClasses of its
/// layers' Gram matrices. Column (layer − 1)·classes + class; a Gram is divided by
/// Prediction::gram_scale.
struct WidthSeries {
  std::int64_t width = 0;
  /// Replicates × columns, in the order of the replicates: class means of the Gram.
  Eigen::MatrixXd means;
  /// The same less the control variates; 0 × 0 where there is no variance reduction.
  Eigen::MatrixXd reduced;
  /// Blocks × columns: networks are sampled in blocks of four, and each block of at least two gives
  /// an unbiased variance of one network's entry, as a class mean. Blocks are independent, so their
  /// scatter tells how well the variance is known whatever its law.
  Eigen::MatrixXd gram_variances;
  /// The same of the correlation's entries (0 for the diagonal's class).
  Eigen::MatrixXd correlation_variances;

  const Eigen::MatrixXd& estimates() const { return reduced.size() > 0 ? reduced : means; }
};

/// By width ascending, beside a Measurement.
struct ClassSeries {
  EntryClasses classes;
  std::vector<WidthSeries> widths;
};

}  // namespace wideproof::model
