// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/compare/dimension/options.hpp>
#include <wideproof/model/dimension/dimension_measurement.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>
#include <wideproof/model/dimension/layer_spectrum.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {

/// What the experiment asks of a judgement.
compare::DimensionOptions dimension_options(const model::Experiment& experiment);

/// What a study of dimension says. `spectra`: of network 0 of one width; may be empty.
JudgedStudy judge_dimension(const model::Experiment& experiment, const report::InputSummary& inputs,
                            const std::optional<model::DimensionPrediction>& prediction,
                            const model::DimensionMeasurement& measurement,
                            std::vector<model::LayerSpectrum> spectra = {});

}  // namespace wideproof::app
