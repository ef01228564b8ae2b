// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/predicted_gram.hpp>

#include <memory>
#include <utility>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/gram/first_layer.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/report/gram/summary.hpp>
#include <wideproof/report/gram/traces.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/fluctuations/needed_width.hpp>
#include <wideproof/theory/recursion/theory_curves.hpp>

namespace wideproof::app {
namespace {

/// Milliseconds for each prediction.
constexpr Eigen::Index most_inputs_between_points = 100;
constexpr Eigen::Index most_inputs_with_widths = 24;

void add_needed_width(std::vector<compare::SweepNumber>& numbers,
                      const model::Fluctuation& fluctuation, const RunOptions& options) {
  const auto needed = theory::needed_width(fluctuation, options.within, options.confidence);
  if (needed)
    numbers.push_back(
        compare::needed_width_number(needed->width, options.within, options.confidence));
}

std::vector<report::SweepTrace> predicted_traces(const PreparedGram& study) {
  const auto curves = theory::theory_curves(study.experiment, study.theory);
  const model::Measurement nothing;
  const model::ClassSeries no_series;
  const compare::Assessment no_assessment;
  return report::gram_traces({.experiment = study.experiment,
                              .theory = study.theory,
                              .prediction = study.prediction,
                              .measurement = nothing,
                              .series = no_series,
                              .own_series = no_series,
                              .assessment = no_assessment,
                              .curves = curves,
                              .input_source = study.inputs.source(),
                              .input_dimension = study.inputs.dimension(),
                              .tables = {},
                              .provenance = {}});
}

}  // namespace

void write_prediction(const RunFolder& folder, const PreparedGram& study) {
  const compare::GramResults results{
      study.theory, study.prediction, {}, {}, study.predicted_sparsity};
  auto made_by = provenance();
  made_by.threads = 1;
  const auto resolved = to_toml(study.experiment, folder.path());
  const FinishedRun run{parse_experiment(resolved, "experiment", {}),
                        {sampled_part(resolved), study.input_summary(),
                         files_from(folder.path(), study.log.files), made_by}};
  folder.write("results.h5", to_hdf5(results, {}, run.record));
  folder.write("summary.json",
               summary_text(run, report::gram_summary(run.experiment, results, nullptr), nullptr));
}

StudyPrediction predicted_gram(const model::Experiment& experiment, const RunOptions& options) {
  const auto study = std::make_shared<const PreparedGram>(prepare_gram(experiment));
  StudyPrediction predicted;
  auto& outcome = predicted.outcome;
  outcome.is_judged = false;
  outcome.numbers = compare::predicted_numbers(compare::predicted_layers(study->theory));
  compare::tell_of_inputs(outcome.numbers, study->theory.layers.front().preactivation,
                          experiment.network().input_bias_variance());
  add_needed_width(outcome.numbers, study->theory.fluctuation, options);
  outcome.traces = predicted_traces(*study);
  predicted.warnings = study->log.warnings;
  predicted.write = [study](const RunFolder& folder) { write_prediction(folder, *study); };
  return predicted;
}

std::vector<compare::SweepNumber> predicted_numbers_of_gram(const model::Experiment& experiment,
                                                            SharedData& shared,
                                                            const RunOptions* options) {
  if (!experiment.compare().predicts_theory()) return {};
  const auto inputs =
      shared.get<model::Inputs>("inputs of " + inputs_part(experiment), [&experiment] {
        return std::make_shared<const model::Inputs>(model::load_inputs(experiment.inputs()));
      });
  if (inputs->count() > most_inputs_between_points) return {};
  auto theory = predict_gram(experiment, *inputs);
  auto numbers = compare::predicted_numbers(compare::predicted_layers(theory));
  const bool has_fluctuation =
      inputs->count() <= most_inputs_with_widths && have_one_norm(experiment, *inputs);
  if (options == nullptr || !has_fluctuation) return numbers;
  theory.fluctuation = theory::predict_fluctuation(experiment.network(), theory);
  add_needed_width(numbers, theory.fluctuation, *options);
  return numbers;
}

}  // namespace wideproof::app
