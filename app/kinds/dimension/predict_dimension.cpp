// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/predict_dimension.hpp>

#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/compare/dimension/sweep_numbers.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/dimension/summary.hpp>
#include <wideproof/report/dimension/traces.hpp>

namespace wideproof::app {
namespace {

/// A study with what is predicted of it.
struct PredictedStudy {
  model::Experiment experiment;
  EnsembleData data;
  model::DimensionPrediction prediction;

  explicit PredictedStudy(const model::Experiment& of)
      : experiment(of), data(of), prediction(require(of, predict_dimension(of, data))) {}

  bool is_data() const { return data.inputs.has_value(); }

 private:
  static model::DimensionPrediction require(const model::Experiment& experiment,
                                            std::optional<model::DimensionPrediction> prediction) {
    const auto& synapses = model::dimension_of(experiment).synapses;
    if (prediction) return *std::move(prediction);
    if (const auto why = why_not_predicted(experiment); !why.empty())
      throw model::InputError("nothing is predicted: " + why);
    if (synapses.learns())
      throw model::InputError("network.synapses.learning",
                              model::in_quotes(name_of(synapses.learning)),
                              "there is no theory of synapses that learn: \"none\" has one");
    throw model::InputError(
        "network.synapses.correlation", synapses.correlation,
        "theory says nothing of correlations that grow with the width (an exponent below 0.5), nor "
        "of correlated synapses on inputs from a file: 0 has a prediction");
  }
};

std::string at_width(double limit, const std::optional<double>& slope, std::int64_t width) {
  if (!slope) return "";
  return fmt::format("  {:>10.5g}", limit + *slope / std::sqrt(static_cast<double>(width)));
}

void print(const PredictedStudy& study) {
  const auto& experiment = study.experiment;
  const auto& synapses = model::dimension_of(experiment).synapses;
  const auto width = experiment.simulation().widths.back();
  const bool has_slope = study.prediction.layers.front().dimensionality_slope.has_value();
  fmt::print("{}: depth {}, {} synapses, correlation r = {:.4g}\n\n", experiment.study().name,
             experiment.network().depth(), name_of(synapses.law), synapses.correlation);
  if (study.is_data()) {
    fmt::print("{:>5}  {:>10}\n", "layer", "N D̃");
    for (std::size_t l = 0; l < study.prediction.layers.size(); ++l)
      fmt::print("{:>5}  {:>10.6g}\n", l + 1, study.prediction.layers[l].dimensionality);
    return;
  }
  fmt::print("{:>5}  {:>10}  {:>10}", "layer", "D̃", "NΣ");
  if (has_slope) fmt::print("  {:>21}", fmt::format("D̃, NΣ near N = {}", width));
  fmt::print("\n");
  for (std::size_t l = 0; l < study.prediction.layers.size(); ++l) {
    const auto& layer = study.prediction.layers[l];
    fmt::print("{:>5}  {:>10.6f}  {:>10.6g}{}{}\n", l + 1, layer.dimensionality,
               layer.correlation_strength,
               at_width(layer.dimensionality, layer.dimensionality_slope, width),
               at_width(layer.correlation_strength, layer.strength_slope, width));
  }
  if (has_slope) fmt::print("\nThe last two are to first order in 1/√N.\n");
  if (const auto& point = study.prediction.fixed_point) {
    fmt::print("\nAn ever deeper network tends to:");
    if (point->variance) fmt::print(" K = {:.5g},", *point->variance);
    fmt::print(" η = {:.5g}", point->eta);
    if (point->dimensionality) fmt::print(", D̃ = {:.5g}", *point->dimensionality);
    fmt::print("\n");
  }
}

void write(const RunFolder& folder, const PredictedStudy& study) {
  auto made_by = provenance();
  made_by.threads = 1;
  const auto resolved = to_toml(study.experiment, folder.path());
  const FinishedRun run{parse_experiment(resolved, "experiment", {}),
                        {sampled_part(resolved), input_summary(study.experiment, study.data),
                         files_from(folder.path(), study.data.log.files), made_by}};
  folder.write("summary.json",
               summary_text(run, report::dimension_prediction_json(study.prediction), nullptr));
}

}  // namespace

int print_dimension(const model::Experiment& experiment, const RunOptions& options) {
  const PredictedStudy study(experiment);
  for (const auto& warning : study.data.log.warnings) say(warning);
  if (options.out) {
    const RunFolder folder(*options.out);
    const auto lock = folder.lock();
    folder.claim(to_toml(experiment, folder.path()), options.if_taken, RunFolder::Resumes::no);
    write(folder, study);
  }
  if (!options.quiet) print(study);
  return 0;
}

StudyPrediction predicted_dimension(const model::Experiment& experiment, const RunOptions&) {
  const auto study = std::make_shared<const PredictedStudy>(experiment);
  StudyPrediction predicted;
  predicted.outcome.is_judged = false;
  predicted.outcome.numbers =
      compare::predicted_dimension_numbers(study->prediction, study->is_data());
  predicted.outcome.traces = report::dimension_traces(study->prediction, study->is_data());
  predicted.warnings = study->data.log.warnings;
  predicted.write = [study](const RunFolder& folder) { write(folder, *study); };
  return predicted;
}

}  // namespace wideproof::app
