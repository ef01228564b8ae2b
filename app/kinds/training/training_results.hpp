// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/training/prepared_training.hpp>
#include <wideproof/app/kinds/training/training_rows.hpp>
#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::app {

/// What is kept beside the networks, so that a finished run can be judged without its inputs.
struct TrainingReference {
  TrainingShape shape;
  model::TrainingPrediction prediction;
  model::TrainingData data;   ///< without its inputs
  std::string not_predicted;  ///< why there is no law; empty where there is one
  model::SparsityPrediction predicted_sparsity = {};  ///< of untrained networks
  model::PersistenceByWidth persistence = {};         ///< likewise; empty unless asked for
};
TrainingReference reference_of(const PreparedTraining& study);
void write_reference(Hdf5Writer& file, const TrainingReference& reference);

/// A finished study's results.h5.
struct TrainingResults {
  TrainingReference reference;
  model::TrainingMeasurement measurement;
};
TrainingResults read_training_results(const std::string& file, const model::Experiment& experiment);

}  // namespace wideproof::app
