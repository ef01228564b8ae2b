// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/training/training_study.hpp>

#include "invented_training.hpp"

namespace wideproof::report::trained {

/// What a study of trained networks is made of.
struct TrainedNetworks {
  compare::TrainingAssessment assessment;
  model::TrainingData data;

  TrainingStudy study() const {
    return {.name = "trained",
            .experiment = {"Networks of three layers."},
            .assessment = assessment,
            .data = data,
            .tables = {{"trained.csv", "outputs", {}}},
            .provenance = {{"wideproof", "0.0"}}};
  }
};

/// Inputs on a circle, and the law's targets.
inline model::TrainingData data_of(const compare::testing::InventedTraining& law) {
  model::TrainingData data;
  data.targets = compare::testing::invented_targets(law).transpose();
  data.inputs.resize(law.points(), 2);
  for (Eigen::Index a = 0; a < law.points(); ++a)
    data.inputs.row(a) << std::cos(0.6 * static_cast<double>(a)),
        std::sin(0.6 * static_cast<double>(a));
  for (Eigen::Index a = 0; a < law.points(); ++a)
    (a < law.training_points ? data.training : data.test).push_back(a);
  data.are_classes = true;
  return data;
}

inline TrainedNetworks trained_as(const compare::testing::InventedTraining& law,
                                  const std::optional<model::TrainingPrediction>& prediction,
                                  const model::TrainingMeasurement& measurement) {
  compare::TrainedOptions options;
  options.equivalence_margin = 0.5;
  options.target_scale = 0.7;
  options.is_centred = law.is_centred;
  return {compare::assess_training(prediction, measurement, options), data_of(law)};
}

/// Networks enough to agree.
inline compare::testing::InventedTraining of_many_networks() {
  compare::testing::InventedTraining law;
  law.networks = 400;
  return law;
}

inline TrainedNetworks judged() {
  const auto law = of_many_networks();
  return trained_as(law, compare::testing::truth_of(law), compare::testing::draw_training(law, 1));
}

inline TrainedNetworks contradicted() {
  const auto law = of_many_networks();
  auto wrong = compare::testing::truth_of(law);
  for (auto& at : wrong.descent) at.mean *= 1.5;
  return trained_as(law, wrong, compare::testing::draw_training(law, 1));
}

inline TrainedNetworks centred() {
  auto law = of_many_networks();
  law.is_centred = true;
  return trained_as(law, compare::testing::truth_of(law), compare::testing::draw_training(law, 1));
}

/// Training of which no limit is derived; regressions are.
inline TrainedNetworks only_measured() {
  const auto law = of_many_networks();
  auto prediction = compare::testing::truth_of(law);
  prediction.descent.clear();
  prediction.flow.clear();
  return trained_as(law, prediction, compare::testing::draw_training(law, 1));
}

inline TrainedNetworks diverged() {
  const auto law = of_many_networks();
  auto measured = compare::testing::draw_training(law, 1);
  auto& state = measured.widths[1].networks[3].back();
  state.outputs.setConstant(std::nan(""));
  state.loss = std::numeric_limits<double>::infinity();
  return trained_as(law, compare::testing::truth_of(law), measured);
}

/// One width, one step, one output at one input, two networks of which nothing else was kept.
inline TrainedNetworks least() {
  compare::testing::InventedTraining law;
  law.widths = {64};
  law.steps = {7};
  law.networks = 2;
  law.outputs = 1;
  law.training_points = 1;
  law.test_points = 0;
  auto measured = compare::testing::draw_training(law, 1);
  for (auto& network : measured.widths[0].networks) {
    const Eigen::MatrixXd outputs = network[0].outputs;
    network[0] = {};
    network[0].outputs = outputs;
  }
  return trained_as(law, compare::testing::truth_of(law), measured);
}

/// Networks whose outputs were too many to keep.
inline TrainedNetworks without_outputs() {
  const auto law = of_many_networks();
  auto measured = compare::testing::draw_training(law, 1);
  for (auto& at : measured.widths)
    for (auto& network : at.networks)
      for (auto& state : network) state.outputs.resize(0, 0);
  return trained_as(law, compare::testing::truth_of(law), measured);
}

inline std::vector<TrainedNetworks> all_trainings() {
  return {judged(),   contradicted(), centred(),        only_measured(),
          diverged(), least(),        without_outputs()};
}

}  // namespace wideproof::report::trained
