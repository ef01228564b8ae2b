// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/predict_training.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/training/prepared_training.hpp>
#include <wideproof/app/kinds/training/training_results.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/training/persistence.hpp>
#include <wideproof/report/training/summary.hpp>

namespace wideproof::app {
namespace {

double root_mean_square(const Eigen::MatrixXd& matrix) {
  return std::sqrt(matrix.squaredNorm() / static_cast<double>(matrix.size()));
}

/// Of the first output; "-" of what there is none of.
struct PointColumns {
  const PreparedTraining& study;

  static std::string at(const Eigen::MatrixXd& outputs, Eigen::Index point) {
    return outputs.size() == 0 ? "-" : fmt::format("{:.6g}", outputs(0, point));
  }
  std::string mean(const std::vector<model::TrainedLaw>& laws, Eigen::Index point) const {
    return laws.empty() ? "-" : at(laws.back().mean, point);
  }
  static std::string deviation(const std::vector<model::TrainedLaw>& laws, Eigen::Index point) {
    if (laws.empty()) return "-";
    return fmt::format("{:.6g}", std::sqrt(std::max(0.0, laws.back().covariance(point, point))));
  }
};

void print_points(const PreparedTraining& study) {
  constexpr Eigen::Index most_rows = 32;
  const auto& data = *study.loaded->data;
  const auto& prediction = study.prediction;
  const PointColumns columns{study};
  const auto trained = static_cast<Eigen::Index>(study.loaded->training_points);
  fmt::print("\nThe first output after {} steps, mean and standard deviation over networks:\n\n",
             study.record.back());
  fmt::print("{:>8} {:>10} {:>12} {:>12} {:>12} {:>12} {:>12}\n", "input", "target", "mean",
             "deviation", "mean, flow", "NNGP", "tangent");
  const auto rows = std::min(data.points(), most_rows);
  for (Eigen::Index point = 0; point < rows; ++point) {
    fmt::print("{:>8} {:>10.4g} {:>12} {:>12} {:>12} {:>12} {:>12}\n",
               fmt::format("{}{}", point < trained ? "" : "test ",
                           (point < trained ? point : point - trained) + 1),
               data.targets(point, 0), columns.mean(prediction.descent, point),
               PointColumns::deviation(prediction.descent, point),
               columns.mean(prediction.flow, point),
               PointColumns::at(prediction.kernel_regression, point),
               PointColumns::at(prediction.tangent_regression, point));
  }
  if (rows < data.points()) fmt::print("{:>8} (of {} inputs)\n", "...", data.points());
}

void print_persistence(const model::PersistenceByWidth& persistence) {
  if (persistence.empty()) return;
  fmt::print("\nCorrelations of all neurons over the first {} inputs, before training:\n\n",
             persistence.front().samples);
  fmt::print("{:>8} {:>8}  {:<16} {:>12} {:>10} {:>12}\n", "width", "neurons", "number",
             "predicted", "error", "independent");
  for (const auto& at : persistence)
    for (const auto& [name, number] : model::persistence_numbers)
      fmt::print("{:>8} {:>8}  {:<16} {:>12.6g} {:>10.2g} {:>12.6g}\n", at.width, at.neurons, name,
                 at.predicted.*number, at.error.*number, at.independent.*number);
}

void print(const PreparedTraining& study) {
  const auto& prediction = study.prediction;
  const auto& data = *study.loaded->data;
  fmt::print("{}: {} inputs that train ({}), {} that do not, {} output{}\n",
             study.experiment.study().name, data.training.size(), study.loaded->source,
             data.points() - static_cast<Eigen::Index>(data.training.size()), data.outputs(),
             data.outputs() == 1 ? "" : "s");
  fmt::print("weight variance             {:.6g}{}\n", study.network.weight_variance,
             study.experiment.network().weight_variance() ? "" : " (critical)");
  fmt::print("variance of output weights  {:.6g}\n", prediction.readout_variance);
  fmt::print("degree of correlation m     {:.6g}\n", study.network.degree_of_correlation);
  print_persistence(study.persistence);
  if (!study.no_kernels.empty()) {
    fmt::print("\n{}", report::wrapped_lines("Nothing is predicted: " + study.no_kernels + "."));
    return;
  }
  const double rate = model::training_of(study.experiment).training.learning_rate;
  if (!std::isnan(prediction.critical_step_size))
    fmt::print("\n{}",
               report::wrapped_lines(fmt::format(
                   "Gradient descent on the squared error of these inputs, 1/2 sum (f - "
                   "y)^2, is stable below a step of 2/lambda_max = {:.5g}; the experiment's "
                   "is {:.5g}.",
                   prediction.critical_step_size, rate)));
  if (!study.not_predicted.empty())
    fmt::print("\n{}", report::wrapped_lines("A law of trained outputs is derived " +
                                             study.not_predicted + "."));
  for (std::size_t i = 0; i < prediction.descent.size(); ++i) {
    if (i == 0) fmt::print("\n{:>8}  {:>14}  {:>20}\n", "step", "rms of mean", "rms deviation");
    fmt::print("{:>8}  {:>14.6g}  {:>20.6g}\n", study.record[i],
               root_mean_square(prediction.descent[i].mean),
               std::sqrt(std::max(0.0, prediction.descent[i].covariance.diagonal().mean())));
  }
  print_points(study);
}

void write(const RunFolder& folder, const PreparedTraining& study) {
  auto made_by = provenance();
  made_by.threads = 1;
  const auto resolved = to_toml(study.experiment, folder.path());
  const FinishedRun run{parse_experiment(resolved, "experiment", {}),
                        {sampled_part(resolved), study.input_summary(),
                         files_from(folder.path(), study.loaded->log.files), made_by}};
  auto summary = report::training_prediction_json(study.prediction, study.record);
  std::vector<compare::PersistenceMeans> nothing_measured;
  for (const auto& at : study.persistence) nothing_measured.push_back({at});
  summary["persistence"] = report::persistence_json(nothing_measured);
  folder.write("summary.json", summary_text(run, summary, nullptr));
}

}  // namespace

int print_training(const model::Experiment& experiment, const RunOptions& options) {
  const PreparedTraining study(experiment, std::make_shared<LoadedTraining>(experiment));
  for (const auto& warning : study.loaded->log.warnings) say(warning);
  if (options.out) {
    const RunFolder folder(*options.out);
    const auto lock = folder.lock();
    folder.claim(to_toml(experiment, folder.path()), options.if_taken, RunFolder::Resumes::no);
    write(folder, study);
  }
  if (!options.quiet) print(study);
  return 0;
}

StudyPrediction predicted_training(const model::Experiment& experiment) {
  const auto study = std::make_shared<const PreparedTraining>(
      experiment, std::make_shared<LoadedTraining>(experiment));
  StudyPrediction predicted;
  predicted.outcome.is_judged = false;
  predicted.warnings = study->loaded->log.warnings;
  predicted.write = [study](const RunFolder& folder) { write(folder, *study); };
  return predicted;
}

}  // namespace wideproof::app
