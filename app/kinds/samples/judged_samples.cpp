// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/judged_samples.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/kinds/gram/judged_alike.hpp>
#include <wideproof/app/kinds/gram/judged_networks.hpp>
#include <wideproof/app/kinds/samples/samples_in_words.hpp>
#include <wideproof/compare/gram/without_norms.hpp>
#include <wideproof/model/samples/samples_spec.hpp>
#include <wideproof/report/gram/summary.hpp>

namespace wideproof::app {
namespace {

compare::Options options_of(const model::Experiment& experiment,
                            const compare::GramResults& results) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  options.norms_are_predicted = predicts_norms(experiment);
  options.asks_independence = true;
  // Sums of any program in single precision, and weights that were drawn.
  compare::set_digits(options, model::DType::float32, model::Engine::direct);
  options.rounding = std::max(options.rounding, results.rounding);
  return options;
}

report::Json summary_of(const JudgedNetworks& run) {
  auto json = report::gram_summary(run.experiment, *run.results, &run.assessment);
  const auto& spec = model::samples_of(run.experiment);
  json["samples"] = {{"path", spec.path}, {"activations", spec.activations}};
  json["samples"]["experiment"] = report::text_or_null(spec.experiment_file);
  return json;
}

/// Two sets of samples. That they hold the same numbers says nothing of whether two programs agree.
JudgedStudy judge_against(const model::Experiment& experiment,
                          const compare::GramResults& results) {
  const auto alike = std::make_shared<compare::Alike>(compare::compare_sets(
      {results.measurement, results.series}, {results.against, results.against_series},
      options_of(experiment, results)));
  auto& verdict = alike->verdict;
  if (alike->are_same_bits && verdict.outcome != compare::Outcome::disagree) {
    verdict.outcome = compare::Outcome::inconclusive;
    verdict.reasons = {"both sets hold the same numbers, and are to be independent of each other"};
  }
  return judged_alike(alike, experiment.study().name,
                      samples_headline(experiment, results.measurement), true);
}

}  // namespace

compare::Assessment assess_samples(const model::Experiment& experiment,
                                   const compare::GramResults& results, const OnStage& on_stage) {
  const auto options = options_of(experiment, results);
  const auto tell = [&on_stage](std::string_view stage) {
    if (on_stage) on_stage(fmt::format("judging: {}", stage));
  };
  auto assessment =
      options.norms_are_predicted
          ? compare::assess(results.prediction, results.measurement, results.series, options, tell)
          : compare::assess(results.prediction, compare::without_norms(results.measurement),
                            compare::without_norms(results.series), options, tell);
  if (on_stage) on_stage({});
  return assessment;
}

JudgedGram judge_samples(const model::Experiment& experiment, const report::InputSummary& inputs,
                         std::shared_ptr<const compare::GramResults> results,
                         const OnStage& on_stage) {
  if (!results->against.empty()) return {judge_against(experiment, *results), std::nullopt};
  auto assessment = assess_samples(experiment, *results, on_stage);
  std::shared_ptr<const JudgedNetworks> run;
  auto judged = judged_study({experiment,
                              inputs,
                              results,
                              std::move(assessment),
                              {},
                              samples_in_words(experiment, results->measurement)},
                             &run);
  judged.study.headline = samples_headline(experiment, results->measurement);
  judged.study.summary = [run] { return summary_of(*run); };
  return judged;
}

}  // namespace wideproof::app
