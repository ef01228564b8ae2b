// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/prepared_study.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>
#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/app/study/provenance.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::app {
namespace {

/// Some 10 µs for each pair of inputs and layer: a second or two at the most.
constexpr Eigen::Index most_inputs_with_fluctuation = 256;

model::Fluctuation fluctuation_of(const model::Network& network, const model::Prediction& theory) {
  if (theory.layers.front().gram.rows() <= most_inputs_with_fluctuation) {
    return theory::predict_fluctuation(network, theory);
  }
  model::Fluctuation none;
  none.not_derived = fmt::format("Fluctuations are predicted for at most {} inputs.",
                                 most_inputs_with_fluctuation);
  none.bias_not_derived = none.not_derived;
  return none;
}

}  // namespace

model::Experiment experiment_of(const Command& command) {
  return parse_experiment(read_source(command.file), name_of_source(command.file),
                          command.settings);
}

PreparedStudy prepare(model::Experiment experiment) {
  if (const auto kind = experiment.study().kind; kind != model::StudyKind::gram) {
    throw model::InputError("study.kind", model::in_quotes(name_of(kind)),
                            "must be \"gram\" here; \"wideproof validate\" runs the others");
  }
  model::ReadLog log;
  auto inputs = model::load_inputs(experiment.inputs(), log);
  auto theory = theory::predict(experiment.network(), inputs.deficits());
  theory.fluctuation = fluctuation_of(experiment.network(), theory);
  const auto& source = experiment.compare().prediction;
  auto prediction = source == "theory" ? compare::predicted_layers(theory)
                                       : read_user_prediction(source, experiment.network().depth(),
                                                              inputs.count(), log);
  compare::describe_pairs(theory, prediction);
  return {std::move(experiment), std::move(inputs), std::move(theory), std::move(prediction),
          std::move(log)};
}

RunRecord PreparedStudy::record(const Provenance& made_by) const {
  return {sampled_part(to_toml(experiment)), input_summary(), log.files, made_by};
}

Prepared checksums(const PreparedStudy& study) {
  Checksum program;
  const auto made_by = provenance();
  for (const auto& part : {made_by.version, made_by.commit, made_by.libtorch, made_by.compiler}) {
    program.add(part);
  }
  Checksum experiment;
  experiment.add(to_toml(study.experiment));
  Checksum inputs;
  inputs.add(study.inputs.vectors());
  Checksum prediction;
  prediction.add(study.theory.weight_variance);
  prediction.add(study.theory.gram_scale);
  for (const auto& layer : study.theory.layers) {
    prediction.add(layer.preactivation);
    prediction.add(layer.gram);
  }
  for (const auto& layer : study.prediction) prediction.add(layer.gram);
  return {{"the program", program.value()},
          {"the experiment", experiment.value()},
          {"what the input files hold", inputs.value()},
          {"the prediction", prediction.value()}};
}

}  // namespace wideproof::app
