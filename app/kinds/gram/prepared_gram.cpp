// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/prepared_gram.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/gram/first_layer.hpp>
#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/sparsity/predict_sparsity.hpp>

namespace wideproof::app {
namespace {

/// Some 10 µs for each pair of inputs and layer: a second or two at the most.
constexpr Eigen::Index most_inputs_with_fluctuation = 256;

model::Fluctuation fluctuation_of(const model::Network& network, const model::Prediction& theory,
                                  bool is_of_one_norm) {
  if (!is_of_one_norm) {
    const std::string why = "Finite-width fluctuations are derived for inputs of one norm.";
    return {{}, why, why};
  }
  if (theory.layers.front().gram.rows() <= most_inputs_with_fluctuation) {
    return theory::predict_fluctuation(network, theory);
  }
  model::Fluctuation none;
  none.not_derived = fmt::format("Finite-width fluctuations are predicted for at most {} inputs.",
                                 most_inputs_with_fluctuation);
  none.bias_not_derived = none.not_derived;
  return none;
}

}  // namespace

PreparedGram prepare_gram(const model::Experiment& experiment) {
  model::ReadLog log;
  auto inputs = model::load_inputs(experiment.inputs(), log);
  auto theory = predict_gram(experiment, inputs);
  const bool is_of_one_norm = have_one_norm(experiment, inputs);
  theory.fluctuation = fluctuation_of(experiment.network(), theory, is_of_one_norm);
  auto prediction = experiment.compare().predicts_theory()
                        ? compare::predicted_layers(theory)
                        : user_prediction(experiment, theory, inputs.second_count(), log);
  compare::describe_pairs(theory, prediction);
  model::SparsityPrediction sparsity;
  if (is_of_one_norm)
    sparsity = theory::predict_sparsity(experiment.network(), theory);
  else
    sparsity.not_derived = "Sparsity is predicted for inputs of one norm.";
  return {experiment,     std::move(inputs),  std::move(theory), std::move(prediction),
          std::move(log), std::move(sparsity)};
}

Prepared checksums(const PreparedGram& study) {
  Checksum inputs;
  inputs.add(first_layer_vectors(study.experiment, study.inputs));
  Checksum prediction;
  prediction.add(study.theory.weight_variance);
  prediction.add(study.theory.gram_scale);
  for (const auto& layer : study.theory.layers) {
    prediction.add(layer.preactivation);
    prediction.add(layer.gram);
  }
  for (const auto& layer : study.prediction) prediction.add(layer.gram);
  return {{"what the input files hold", inputs.value()}, {"the prediction", prediction.value()}};
}

}  // namespace wideproof::app
