// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/judged_gram.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/kinds/gram/judged_networks.hpp>
#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/compare/gram/without_norms.hpp>
#include <wideproof/report/gram/traces.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/sim/measure/stopping_rule.hpp>
#include <wideproof/theory/recursion/theory_curves.hpp>

namespace wideproof::app {
namespace {

/// "600 networks", or "104 to 640 networks" where a precision decided.
std::string networks_text(const model::Measurement& measurement) {
  const auto [least, most] =
      std::minmax_element(measurement.begin(), measurement.end(),
                          [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  if (least->replicates == most->replicates) return fmt::format("{} networks", most->replicates);
  return fmt::format("{} to {} networks", least->replicates, most->replicates);
}

/// Which widths ended before they were as precise as asked for.
std::vector<std::string> capped_widths(const model::Experiment& experiment,
                                       const model::Measurement& measurement) {
  std::vector<std::string> notes;
  const auto& simulation = experiment.simulation();
  if (!simulation.precision) return notes;
  for (const auto& layer : measurement) {
    if (layer.layer > 1 || layer.replicates < simulation.replicates) continue;
    notes.push_back(
        fmt::format("width {} ended at simulation.most_replicates = {}, not at "
                    "simulation.precision = {}",
                    layer.width, simulation.replicates, *simulation.precision));
  }
  return notes;
}

/// What the user's matrices were taken for, where that is not the Gram that is compared.
std::string reading_of_prediction(const model::Experiment& experiment) {
  switch (experiment.compare().prediction_kind) {
    case model::PredictionKind::kernel:
      return "your matrices are read as kernels of the next layers; compared are the Gram matrices "
             "that they are made of";
    case model::PredictionKind::correlation:
      return "your matrices are read as correlations; nothing is claimed of norms";
    case model::PredictionKind::gram:
    case model::PredictionKind::tangent:
      break;
  }
  return {};
}

/// What was put to the proof, in two lines or three.
std::string headline(const model::Experiment& experiment, const report::InputSummary& inputs,
                     const compare::GramResults& results) {
  const auto& network = experiment.network();
  const auto& widths = experiment.simulation().widths;
  const auto widths_text = widths.size() == 1
                               ? fmt::format("width {}", widths.front())
                               : fmt::format("each of {} widths, {} to {}", widths.size(),
                                             widths.front(), widths.back());
  const auto reading = reading_of_prediction(experiment);
  return fmt::format(
      "{}: {}, depth {}, degree of correlation {:.4g}\n{} input{} ({}), {} at {}\n{}\n",
      experiment.study().name, network_text(network), network.depth(),
      results.theory.degree_of_correlation, inputs.count, inputs.count == 1 ? "" : "s",
      inputs.source, networks_text(results.measurement), widths_text,
      reading.empty() ? "" : report::wrapped_item(reading));
}

}  // namespace

compare::Options judging_options(const model::Experiment& experiment) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  options.norms_are_predicted = predicts_norms(experiment);
  const auto& simulation = experiment.simulation();
  options.could_reduce_variance =
      !simulation.variance_reduction && experiment.inputs().normalize &&
      model::has_control_variates(experiment.network(), simulation.engine);
  compare::set_digits(options, simulation.dtype, simulation.engine);
  const sim::StoppingRule stopping{.replicates = simulation.replicates,
                                   .precision = simulation.precision.value_or(0.0)};
  if (simulation.precision) {
    options.looks = static_cast<int>(stopping.looks()) * static_cast<int>(simulation.widths.size());
  }
  return options;
}

namespace {

/// What of them limits of single numbers take; each look at the standard errors has its share.
compare::LimitOptions limit_options(const compare::Options& options) {
  return {.family_error = options.family_error / options.looks,
          .equivalence_margin = options.equivalence_margin,
          .lack_of_fit_error = options.lack_of_fit_error,
          .rounding = options.rounding};
}

}  // namespace

compare::Assessment assess_gram(const model::Experiment& experiment,
                                const compare::GramResults& results, const OnStage& on_stage) {
  const auto options = judging_options(experiment);
  const auto tell = [&on_stage](std::string_view stage) {
    if (on_stage) on_stage(fmt::format("judging: {}", stage));
  };
  const auto assess = [&](const model::Measurement& measurement, const model::ClassSeries& series) {
    return compare::assess(
        results.prediction, measurement, series, options, tell,
        compare::assess_sparsity(results.predicted_sparsity, results.sparsity,
                                 limit_options(options), experiment.compare().sparsity),
        compare::assess_selectivity(results.predicted_sparsity, results.selectivity,
                                    limit_options(options), experiment.compare().selectivity));
  };
  auto assessment = options.norms_are_predicted
                        ? assess(results.measurement, results.series)
                        : assess(compare::without_norms(results.measurement),
                                 compare::without_norms(results.series));
  if (!experiment.compare().predicts_theory() &&
      assessment.verdict.outcome != compare::Outcome::agree)
    assessment.likeness = likeness_of(experiment, results.theory, results.prediction);
  if (on_stage) on_stage({});
  return assessment;
}

JudgedGram judge_gram(const model::Experiment& experiment, const report::InputSummary& inputs,
                      std::shared_ptr<const compare::GramResults> results,
                      const OnStage& on_stage) {
  auto assessment = assess_gram(experiment, *results, on_stage);
  auto curves = theory::theory_curves(experiment, results->theory);
  std::shared_ptr<const JudgedNetworks> run;
  auto judged =
      judged_study({experiment, inputs, results, std::move(assessment), std::move(curves)}, &run);
  auto& study = judged.study;
  study.outcome.traces = report::gram_traces(run->study({}, {}));
  compare::tell_of_inputs(study.outcome.numbers, run->compared->theory.layers.front().preactivation,
                          experiment.network().input_bias_variance());
  study.headline = headline(experiment, inputs, *run->compared);
  study.notes = capped_widths(experiment, run->compared->measurement);
  return judged;
}

}  // namespace wideproof::app
