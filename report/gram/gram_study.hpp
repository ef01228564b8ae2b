// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::report {

/// A line of the theory's, as numbers.
struct TheoryCurve {
  std::int64_t layer = 0;  ///< hidden layer; 0: all of them
  std::vector<double> x;
  std::vector<double> y;
};

/// Lines that are drawn beside what was measured. Computed by the theory, between the inputs of the
/// experiment too; empty where there is nothing of the kind.
struct TheoryCurves {
  /// Gram of two inputs against the angle between them in degrees, by layer; for a circle.
  std::vector<TheoryCurve> kernel;
  /// Correlation c' of the kernel of layer l + 1 against c of layer l: one line for all layers, or
  /// one a layer, named by l.
  std::vector<TheoryCurve> map;
  /// c of one pair of inputs from the first layer on.
  std::vector<double> iterates;
};

/// All that figures and report of a run of kind `gram` are made of. It refers to what it was made
/// from.
struct GramStudy {
  const model::Experiment& experiment;
  const model::Prediction& theory;
  const std::vector<compare::PredictedLayer>& prediction;  ///< what was compared
  const model::Measurement& measurement;
  const model::ClassSeries& series;
  const compare::Assessment& assessment;
  const TheoryCurves& curves;
  std::string input_source;  ///< model::Inputs::source
  std::int64_t input_dimension = 0;
  std::vector<HtmlDefinition> provenance;  ///< version, commit, …

  bool predicts_theory() const { return experiment.compare().prediction == "theory"; }
  std::size_t depth() const { return prediction.size(); }
  Eigen::Index inputs() const { return prediction.front().gram.rows(); }
  /// The limits n → ∞ by layer where they were extrapolated, else the means at the largest width.
  std::vector<compare::LayerComparison> best_estimates() const;
  /// "n → ∞" or "n = 4096"
  std::string best_estimates_at() const;
};

}  // namespace wideproof::report
