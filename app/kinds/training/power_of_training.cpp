// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/power_of_training.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/kinds/training/judged_training.hpp>
#include <wideproof/app/kinds/training/training_run.hpp>
#include <wideproof/app/study/power_run.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/theory/tangent/wrong_tangents.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

/// What a formula predicts of trained networks.
struct JudgedFormula {
  PowerFormula formula;
  model::TrainingPrediction prediction;
};

JudgedFormula judged_formula(const PreparedTraining& study,
                             const theory::CandidateTangent& candidate) {
  const auto& training = model::training_of(study.experiment).training;
  // σ_r² is the networks' own: of kernels whose σ_r² is 1 over their own k(1).
  const double factor = study.prediction.readout_variance * study.network.gram_scale;
  const Eigen::MatrixXd kernel = factor * candidate.grams.back();
  const Eigen::MatrixXd tangent = factor * candidate.output_tangent;
  const bool all_layers = training.layers == model::TrainedLayers::all;
  model::TrainingPrediction prediction;
  prediction.descent = trained_laws(study, all_layers ? tangent : kernel, kernel);
  return {{candidate.name, candidate.is_wrong}, std::move(prediction)};
}

/// Formulas of a tangent kernel alone leave a trained readout as it is.
bool predicts_the_same(const JudgedFormula& formula, const model::TrainingPrediction& theory) {
  constexpr double same = 1e-9;
  for (std::size_t i = 0; i < theory.descent.size(); ++i) {
    const auto& one = formula.prediction.descent[i];
    const auto& other = theory.descent[i];
    if ((one.mean - other.mean).norm() > same * other.mean.norm()) return false;
    if ((one.covariance - other.covariance).norm() > same * other.covariance.norm()) return false;
  }
  return true;
}

std::vector<JudgedFormula> formulas_of(const PreparedTraining& study,
                                       std::vector<theory::LeftOutFormula>& left_out) {
  const auto& training = model::training_of(study.experiment).training;
  auto candidates = theory::candidate_tangents(
      study.experiment.network(), *study.loaded->all,
      {training.trained, model::TangentLayers::output, model::ThresholdGradient::detached});
  left_out = std::move(candidates.left_out);
  std::vector<JudgedFormula> formulas;
  for (const auto& candidate : candidates.judged) {
    auto formula = judged_formula(study, candidate);
    if (candidate.is_wrong && predicts_the_same(formula, study.prediction)) {
      left_out.push_back({candidate.name, "predicts the same trained outputs"});
      continue;
    }
    formulas.push_back(std::move(formula));
  }
  return formulas;
}

model::Experiment with_other_networks(const model::Experiment& experiment, std::uint64_t seed) {
  auto options = experiment.options();
  options.study.seed = seed;
  return model::Experiment(std::move(options));
}

}  // namespace

int power_of_training(const model::Experiment& experiment, const RunOptions& options) {
  const auto loaded = std::make_shared<const LoadedTraining>(experiment);
  const TrainingRun first(experiment, loaded);
  const auto& study = first.study();
  if (!study.not_predicted.empty())
    throw model::InputError(
        "study.kind", model::in_quotes(study.experiment.kind().name()),
        "there is nothing to judge: a law of trained outputs is derived " + study.not_predicted);
  require_memory(first.memory_for_blocks() * options.threads, experiment.simulation().memory_gib,
                 available_memory(options.threads));
  PowerStudy power{
      .experiment = experiment,
      .formulas = {},
      .true_ones = fmt::format("Those that are true may be rejected in at most {:.2g}% "
                               "of all runs.",
                               100 * experiment.compare().family_error),
      .run = {}};
  const auto formulas = formulas_of(study, power.left_out);
  for (const auto& formula : formulas) power.formulas.push_back(formula.formula);
  power.run = [&](std::uint64_t seed, const GoOn& go_on,
                  const OnStage&) -> std::optional<std::vector<Outcome>> {
    TrainingRun run(with_other_networks(experiment, seed), loaded);
    run.use_threads(options.threads);
    const auto measurement = run.measure(go_on);
    if (!measurement) return std::nullopt;
    auto reference = reference_of(run.study());
    std::vector<Outcome> outcomes;
    for (const auto& formula : formulas) {
      reference.prediction.descent = formula.prediction.descent;
      outcomes.push_back(assess_training(experiment, reference, *measurement).verdict.outcome);
    }
    return outcomes;
  };
  return run_power(power, options);
}

}  // namespace wideproof::app
