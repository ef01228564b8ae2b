// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/judged_training.hpp>

#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/kinds/training/training_in_words.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/training/sweep_numbers.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/sparsity/selectivity_study.hpp>
#include <wideproof/report/training/activity_json.hpp>
#include <wideproof/report/training/activity_page.hpp>
#include <wideproof/report/training/figures.hpp>
#include <wideproof/report/training/page.hpp>
#include <wideproof/report/training/persistence.hpp>
#include <wideproof/report/training/summary.hpp>
#include <wideproof/report/training/tables.hpp>
#include <wideproof/report/training/traces.hpp>
#include <wideproof/report/training/words.hpp>
#include <wideproof/train/training_outcome.hpp>

namespace wideproof::app {
namespace {

double root_mean_square_of(const Eigen::MatrixXd& targets, const std::vector<Eigen::Index>& rows) {
  const double count = static_cast<double>(rows.size()) * static_cast<double>(targets.cols());
  return std::sqrt(targets(rows, Eigen::all).squaredNorm() / count);
}

/// All that tables and page are made of.
struct JudgedNetworks {
  model::Experiment experiment;
  std::vector<std::string> in_words;
  model::TrainingData data;
  compare::TrainingAssessment assessment;
  report::ActivityStudy activity;
};

std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedNetworks>& judged) {
  std::vector<report::RunTable> tables = {
      {"training.csv", "losses, accuracies and more at every recorded step",
       [judged] {
         return report::training_table(judged->assessment,
                                       report::theory_losses(judged->assessment, judged->data));
       }},
      {"trained.csv", "outputs at every recorded step beside their prediction",
       [judged] { return report::trained_table(judged->assessment); }},
      {"limits.csv", "limits of outputs with intervals",
       [judged] { return report::trained_limits_table(judged->assessment); }},
      {"activity.csv", "sparsity and selectivity of hidden layers at every recorded step",
       [judged] { return report::activity_table(judged->activity); }},
      {"claims.csv", "the claims",
       [judged] { return report::claims_table(judged->assessment.claims); }}};
  if (!judged->assessment.untrained.persistence.means.empty())
    tables.push_back(
        {"persistence.csv", "T1, T2 and the mean |correlation| of untrained networks' neurons",
         [judged] { return report::persistence_table(judged->assessment.untrained.persistence); }});
  return tables;
}

report::TrainingStudy study_of(const std::shared_ptr<const JudgedNetworks>& judged) {
  return {.name = judged->experiment.study().name,
          .experiment = judged->in_words,
          .assessment = judged->assessment,
          .data = judged->data,
          .tables = tables_of(judged),
          .provenance = {},
          .activity = judged->activity};
}

StudyPage page_of(const std::shared_ptr<const JudgedNetworks>& judged,
                  const report::Provenance& made_by) {
  const auto figures = report::training_figures(study_of(judged));
  return {figures, [judged, figures,
                    words = in_words(made_by)](const std::map<std::string, std::string>& svg) {
            auto study = study_of(judged);
            study.provenance = words;
            return report::training_report(study, figures, svg);
          }};
}

/// Outputs of a regression, C × N, as losses and accuracies.
model::TrainedState score_of(const Eigen::MatrixXd& outputs, const model::TrainingData& data) {
  model::TrainedState score;
  if (outputs.size() > 0)
    train::judge_outputs(outputs.transpose(), data, model::Loss::squared, score);
  return score;
}

report::Json score_json(const Eigen::MatrixXd& outputs, const model::TrainingData& data) {
  const auto score = score_of(outputs, data);
  return {{"test_loss", score.test_loss}, {"test_accuracy", score.test_accuracy}};
}

report::Json summary_of(const JudgedNetworks& judged) {
  auto summary = report::training_summary(judged.assessment);
  summary.update(report::activity_json(judged.activity));
  summary["persistence"] = report::persistence_json(judged.assessment.untrained.persistence.means);
  const auto& prediction = *judged.assessment.prediction;
  summary["regressions"] = {{"kernel", score_json(prediction.kernel_regression, judged.data)},
                            {"tangent", score_json(prediction.tangent_regression, judged.data)}};
  return summary;
}

/// "regression to the end, on test inputs: NNGP 93.1% right, tangent kernel 94.0%"
std::string regressions_in_words(const JudgedNetworks& judged) {
  const auto& prediction = *judged.assessment.prediction;
  if (prediction.kernel_regression.size() == 0 || judged.data.test.empty()) return "";
  const auto words = [&](const char* kernel, const Eigen::MatrixXd& outputs) -> std::string {
    if (outputs.size() == 0) return "";
    const auto score = score_of(outputs, judged.data);
    return fmt::format(
        "{} loss {:.4g}{}", kernel, score.test_loss,
        judged.data.are_classes ? fmt::format(", {:.1f}% right", 100 * score.test_accuracy) : "");
  };
  const auto tangent = words("; tangent kernel:", prediction.tangent_regression);
  return report::wrapped_lines("Kernel regression to its end, squared loss on the test inputs: " +
                               words("NNGP:", prediction.kernel_regression) + tangent + ".") +
         "\n";
}

}  // namespace

namespace {

/// At the rounding of the networks' numbers.
compare::LimitOptions untrained_options(const model::Experiment& experiment) {
  return {.family_error = experiment.compare().family_error,
          .equivalence_margin = experiment.compare().equivalence_margin,
          .rounding = experiment.simulation().dtype == model::DType::float32 ? 1e-6 : 1e-7};
}

/// Of claims and limits.
compare::SparsityAssessment untrained_sparsity(const model::Experiment& experiment,
                                               const TrainingReference& reference,
                                               const model::TrainingMeasurement& measurement) {
  return compare::assess_sparsity(reference.predicted_sparsity,
                                  compare::untrained_sparsity(measurement),
                                  untrained_options(experiment), experiment.compare().sparsity);
}

/// `seen`: on the inputs that train.
std::string why_no_selectivity(const model::Experiment& experiment, const model::TrainingData& data,
                               const std::vector<compare::ActivityMeans>& seen) {
  if (!data.are_classes)
    return "The targets are no classes, so that no selectivity for classes was measured.";
  return report::why_no_indices(experiment.network(),
                                seen.empty() || compare::has_selectivity(seen));
}

report::ActivityStudy activity_of(const model::Experiment& experiment,
                                  const TrainingReference& reference,
                                  const model::TrainingMeasurement& measurement) {
  auto training = compare::activity_means(measurement, compare::ActivityInputs::training);
  auto no_selectivity = why_no_selectivity(experiment, reference.data, training);
  return {.training = std::move(training),
          .test = compare::activity_means(measurement, compare::ActivityInputs::test),
          .prediction = reference.predicted_sparsity,
          .untrained = untrained_sparsity(experiment, reference, measurement),
          .no_selectivity = std::move(no_selectivity)};
}

}  // namespace

compare::TrainingAssessment assess_training(const model::Experiment& experiment,
                                            const TrainingReference& reference,
                                            const model::TrainingMeasurement& measurement) {
  return compare::assess_training(
      reference.prediction, measurement,
      {.family_error = experiment.compare().family_error,
       .equivalence_margin = experiment.compare().equivalence_margin,
       .power = 1.0,
       .target_scale = root_mean_square_of(reference.data.targets, reference.data.training),
       .is_centred = model::training_of(experiment).training.centred},
      {experiment.compare().sparsity ? untrained_sparsity(experiment, reference, measurement)
                                     : compare::SparsityAssessment(),
       compare::assess_persistence(reference.persistence, measurement,
                                   untrained_options(experiment))});
}

JudgedStudy judge_training(const model::Experiment& experiment, const report::InputSummary& inputs,
                           const TrainingReference& reference,
                           const model::TrainingMeasurement& measurement) {
  const auto networks = std::make_shared<const JudgedNetworks>(
      JudgedNetworks{experiment, training_in_words(experiment, inputs, reference), reference.data,
                     assess_training(experiment, reference, measurement),
                     activity_of(experiment, reference, measurement)});
  const auto& assessment = networks->assessment;
  JudgedStudy judged;
  judged.outcome = {.verdict = assessment.verdict,
                    .is_judged = assessment.is_judged(),
                    .numbers = compare::trained_sweep_numbers(
                        measurement, sweep_parts(experiment, reference.data)),
                    .traces = report::training_traces(
                        assessment, report::theory_losses(assessment, networks->data))};
  judged.claims = assessment.claims;
  judged.headline = fmt::format("{}: trained networks\n{}\n\n", experiment.study().name,
                                fmt::join(networks->in_words, "\n"));
  judged.table = report::wrapped_lines(report::verdict_sentence(assessment)) + "\n" +
                 regressions_in_words(*networks) +
                 report::terminal_table(assessment, stdout_takes_colour());
  judged.notes = notes_on(reference);
  judged.tables = tables_of(networks);
  judged.summary = [networks] { return summary_of(*networks); };
  judged.page = [networks](const report::Provenance& made_by) {
    return page_of(networks, made_by);
  };
  return judged;
}

}  // namespace wideproof::app
