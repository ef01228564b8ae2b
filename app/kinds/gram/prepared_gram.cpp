// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/prepared_gram.hpp>

#include <set>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/gram/first_layer.hpp>
#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/sparsity/predict_selectivity.hpp>
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

/// Labels that tell two classes or more apart; else none.
std::vector<std::int64_t> labels_of(const model::Experiment& experiment, model::ReadLog& log) {
  std::vector<std::int64_t> labels;
  if (model::has_labels(experiment.inputs())) labels = model::load_labels(experiment.inputs(), log);
  const std::set<std::int64_t> classes(labels.begin(), labels.end());
  if (classes.size() >= 2) return labels;
  if (experiment.compare().selectivity) {
    throw model::InputError("compare.selectivity", "true",
                            "needs inputs with labels of two classes or more: a mixture of two "
                            "clusters, or images with inputs.labels");
  }
  return {};
}

model::SparsityPrediction sparsity_of(const model::Network& network,
                                      const model::Prediction& theory,
                                      const std::vector<std::int64_t>& labels,
                                      bool is_of_one_norm) {
  if (!is_of_one_norm) return {{}, "Sparsity is predicted for inputs of one norm."};
  auto sparsity = theory::predict_sparsity(network, theory, labels);
  if (!labels.empty()) theory::predict_selectivity(network, theory, labels, sparsity);
  return sparsity;
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
  auto labels = labels_of(experiment, log);
  auto sparsity = sparsity_of(experiment.network(), theory, labels, is_of_one_norm);
  return {experiment,     std::move(inputs),   std::move(theory), std::move(prediction),
          std::move(log), std::move(sparsity), std::move(labels)};
}

Prepared checksums(const PreparedGram& study) {
  Checksum inputs;
  inputs.add(first_layer_vectors(study.experiment, study.inputs));
  for (const auto label : study.labels) inputs.add(label);
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
