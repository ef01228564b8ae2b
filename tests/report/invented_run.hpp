// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/compare/gram/without_norms.hpp>
#include <wideproof/model/gram/gram_spec.hpp>
#include <wideproof/report/gram/gram_study.hpp>

#include "invented.hpp"

namespace wideproof::report::testing {

/// A finished run of invented networks: what a report is made of. Its inputs are as many as
/// `invented.limit` has rows and are said to lie on a circle.
struct InventedRun {
  explicit InventedRun(const compare::testing::Invented& invented, double wrong_by = 0.0,
                       const std::string& prediction_file = "theory")
      : experiment(options_of(invented, prediction_file)),
        prediction(compare::testing::truth(invented)),
        sample(compare::testing::exact(invented)) {
    for (const compare::PredictedLayer& layer : prediction) {
      model::LayerPrediction predicted;
      predicted.preactivation = predicted.gram = layer.gram;
      predicted.correlation = layer.correlation;
      predicted.active_fraction = 0.1;
      theory.layers.push_back(predicted);
    }
    theory.weight_variance = 15.0;
    prediction.back().gram(0, 0) += wrong_by;
    assessment = compare::testing::assess(prediction, sample, {});
  }

  /// Again, after a change of the sample.
  void assess_again() { assessment = compare::testing::assess(prediction, sample, {}); }

  /// As of a prediction that says nothing of norms.
  void compare_correlations_alone() {
    sample.measurement = compare::without_norms(sample.measurement);
    sample.series = compare::without_norms(sample.series);
    compare::Options options;
    options.norms_are_predicted = false;
    assessment = compare::testing::assess(prediction, sample, options);
  }

  GramStudy study() const {
    return {.experiment = experiment,
            .theory = theory,
            .prediction = prediction,
            .measurement = sample.measurement,
            .series = sample.series,
            .own_series = sample.series,
            .assessment = assessment,
            .curves = curves,
            .input_source = "circle",
            .input_dimension = 2,
            .tables = {{"gram.csv", "all entries", {}}},
            .provenance = {{"wideproof", "0.0"}}};
  }

  model::Experiment experiment;
  model::Prediction theory;
  std::vector<compare::PredictedLayer> prediction;
  compare::testing::Sample sample;
  compare::Assessment assessment;
  model::TheoryCurves curves;

 private:
  static model::Experiment::Options options_of(const compare::testing::Invented& invented,
                                               const std::string& prediction_file) {
    auto options = model::GramSpec::defaults();
    options.study.name = "invented";
    model::Network::Options network;
    network.depth = static_cast<std::int64_t>(invented.layers);
    options.network = model::Network(network);
    options.inputs.count = invented.limit.rows();
    options.simulation.widths = invented.widths;
    options.simulation.replicates = invented.replicates;
    options.compare.prediction = prediction_file;
    return options;
  }
};

}  // namespace wideproof::report::testing
