// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {

/// The inputs of an ensemble from a file; none of one that is drawn.
struct EnsembleData {
  /// Throws model::InputError for what cannot be loaded.
  explicit EnsembleData(const model::Experiment& experiment);

  model::ReadLog log;  ///< what the file was
  std::optional<model::Inputs> inputs;

  /// Inputs × dimension, of unit norm; 0 × 0 without a file.
  Eigen::MatrixXd vectors() const { return inputs ? inputs->vectors() : Eigen::MatrixXd(); }
};

/// Of a file, or of the ensemble that inputs are drawn from.
report::InputSummary input_summary(const model::Experiment& experiment, const EnsembleData& data);

}  // namespace wideproof::app
