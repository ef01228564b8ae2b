// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/prepared_tangent.hpp>

#include <utility>

#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/tangent/user_tangents.hpp>
#include <wideproof/compare/tangent/predicted_stack.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/tangent/tangent_fluctuation.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>
#include <wideproof/theory/tangent/threshold_nugget.hpp>

namespace wideproof::app {

namespace {

/// As of Gram matrices, whose fluctuations the others rest on.
constexpr Eigen::Index most_inputs_with_fluctuation = 256;

void add_fluctuations(const model::Experiment& experiment, PreparedTangent& tangent) {
  if (tangent.theory.output_tangent.rows() > most_inputs_with_fluctuation) {
    tangent.not_derived = tangent.bias_not_derived = tangent.study.theory.fluctuation.not_derived;
    return;
  }
  const auto& options = model::tangent_of(experiment).tangent;
  auto found = theory::tangent_fluctuation(experiment.network(), tangent.theory, options);
  tangent.not_derived = found.not_derived;
  tangent.bias_not_derived = found.bias_not_derived;
  if (found.not_derived.empty()) {
    tangent.theory.variances = std::move(found.probed);
    tangent.theory.variances.push_back(std::move(found.output));
  }
  if (found.bias_not_derived.empty()) {
    tangent.theory.biases = std::move(found.biases);
    tangent.theory.biases.push_back(std::move(found.output_bias));
  }
}

}  // namespace

model::TangentStack stack_of(const model::Experiment& experiment) {
  return {experiment.network().depth(), model::tangent_of(experiment).tangent.layers};
}

Eigen::MatrixXd tangents_without_limit(const model::Experiment& experiment,
                                       const model::Inputs& inputs) {
  return theory::tangents_without_limit(experiment.network(), model::tangent_of(experiment).tangent,
                                        inputs.deficits(), experiment.simulation().widths.front());
}

PreparedTangent prepare_tangent(const model::Experiment& experiment) {
  auto options = experiment.options();
  options.compare.prediction = "theory";
  options.compare.prediction_kind = model::PredictionKind::gram;
  PreparedTangent tangent{prepare_gram(model::Experiment(std::move(options))), {}};
  tangent.study.experiment = experiment;
  tangent.theory = theory::predict_tangent(experiment.network(), tangent.study.inputs.deficits(),
                                           model::tangent_of(experiment).tangent);
  tangent.theory.network = tangent.study.theory;
  add_fluctuations(experiment, tangent);
  tangent.study.prediction = compare::predicted_stack(tangent.theory, stack_of(experiment));
  const auto without_limit = tangents_without_limit(experiment, tangent.study.inputs);
  if (without_limit.size() > 0 && without_limit.minCoeff() == 1)
    throw model::InputError("tangent.threshold_gradient", "\"through\"",
                            "needs two inputs that differ, of a network with quantile thresholds: "
                            "entries of inputs whose quantiles sit on the same neurons have no "
                            "limit");
  const auto stack = stack_of(experiment);
  // The first layer's is the inputs' own Gram.
  for (std::size_t l = 2; stack.has_hidden() && l <= stack.depth(); ++l)
    tangent.study.prediction[stack.tangent(l)].without_limit = without_limit;
  tangent.study.prediction[stack.output()].without_limit = without_limit;
  tangent.theory_stack = tangent.study.prediction;
  if (!experiment.compare().predicts_theory())
    put_user_tangents(experiment, tangent.study.prediction, tangent.study.log);
  return tangent;
}

sim::MonteCarlo tangent_simulation(const PreparedTangent& tangent, std::uint64_t seed,
                                   int threads) {
  auto options = gram_options(tangent.study, seed, threads);
  options.tangent = tangent.options();
  return {std::move(options), tangent.study.inputs.vectors()};
}

}  // namespace wideproof::app
