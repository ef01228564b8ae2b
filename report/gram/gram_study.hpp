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
#include <wideproof/model/gram/theory_curves.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>
#include <wideproof/report/sparsity/selectivity_study.hpp>
#include <wideproof/report/sparsity/sparsity_study.hpp>

namespace wideproof::report {

/// All that figures and report of a run of kind `gram` are made of. It refers to what it was made
/// from.
struct GramStudy {
  const model::Experiment& experiment;
  const model::Prediction& theory;
  const std::vector<compare::PredictedLayer>& prediction;  ///< what was compared
  const model::Measurement& measurement;
  const model::ClassSeries& series;
  const model::ClassSeries& own_series;  ///< of the same networks with their norms
  const compare::Assessment& assessment;
  const model::TheoryCurves& curves;
  std::string input_source;  ///< model::Inputs::source
  std::int64_t input_dimension = 0;
  std::vector<RunTable> tables;            ///< the CSV files of the run's folder
  std::vector<HtmlDefinition> provenance;  ///< version, commit, …
  /// What is said of other matrices than hidden layers' Gram matrices, where there are any.
  struct FurtherMatrices {
    std::string predicted;  ///< a sentence: what the formula predicts
    std::string taken;      ///< a sentence: what was taken of each network
    std::string figure;     ///< name of their figure against the angle
    std::string of_pairs;   ///< what it shows: "Tangent kernel"
    std::string symbol;     ///< of one of them
  };
  std::optional<FurtherMatrices> further = {};
  model::SparsityPrediction predicted_sparsity = {};  ///< of the theory, where it is shown
  /// Paragraphs on networks that were sampled elsewhere, of which `experiment` and `theory` say
  /// nothing but what is compared; empty of those that were sampled here.
  std::vector<std::string> sampled_elsewhere = {};

  bool is_sampled_here() const { return sampled_elsewhere.empty(); }
  bool predicts_theory() const { return experiment.compare().predicts_theory(); }
  /// Matrices that are compared: one a hidden layer, the first ones, and others that a study may
  /// have beside them.
  std::size_t depth() const { return prediction.size(); }
  std::size_t layers() const { return theory.layers.size(); }
  SparsityStudy sparsity() const { return {predicted_sparsity, assessment.sparsity}; }
  SelectivityStudy selectivity() const {
    return {predicted_sparsity, assessment.selectivity,
            why_no_selectivity(experiment, assessment.selectivity)};
  }
  Eigen::Index inputs() const { return prediction.front().gram.rows(); }
};

/// Where an assessment's best estimates are taken: "n → ∞" or "n = 4096".
std::string best_estimates_at(const compare::Assessment& assessment);

}  // namespace wideproof::report
