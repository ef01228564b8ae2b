// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/study/network_tasks.hpp>
#include <wideproof/app/study/task_table.hpp>
#include <wideproof/model/dimension/dimension_measurement.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>
#include <wideproof/model/dimension/layer_spectrum.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The table `/networks` of results.h5 and checkpoint.h5: a row for each network, with 1/D̃ of each
/// layer and then, unless the inputs have a dimension of their own, NΣ of each; see
/// model::WidthDimensions. Attributes hold the prediction, if there is one.
TaskTable network_table(const model::Experiment& experiment,
                        const std::optional<model::DimensionPrediction>& prediction);

/// What a study measured whose tasks have all run.
model::DimensionMeasurement measurement_of(const model::Experiment& experiment,
                                           const TaskState& state);

/// Writes spectra, all of one width and number of inputs, as `/spectra/layers`, a row for each, and
/// `/spectra/eigenvalues`, as many rows; nothing where there are none.
void write_spectra(Hdf5Writer& file, const std::vector<model::LayerSpectrum>& spectra);

/// What a finished study predicted and measured, of its results.h5.
struct DimensionResults {
  std::optional<model::DimensionPrediction> prediction;
  model::DimensionMeasurement measurement;
  std::vector<model::LayerSpectrum> spectra;  ///< none where the file holds none
};
DimensionResults read_dimensions(const std::string& file, const model::Experiment& experiment);

}  // namespace wideproof::app
