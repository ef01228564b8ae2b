// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_in_words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/kinds/training/network_engine.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>

namespace wideproof::app {
namespace {

std::string optimizer_text(const model::TrainingOptions& training) {
  auto text = fmt::format("{}, rate {:g}", name_of(training.optimizer), training.learning_rate);
  if (training.momentum > 0)
    text +=
        fmt::format(", {}momentum {:g}", training.nesterov ? "Nesterov " : "", training.momentum);
  if (training.schedule != model::RateSchedule::constant)
    text += fmt::format(", {} schedule", name_of(training.schedule));
  if (training.ridge > 0) text += fmt::format(", ridge {:g}", training.ridge);
  if (training.weight_decay > 0) text += fmt::format(", weight decay {:g}", training.weight_decay);
  if (training.dropout > 0) text += fmt::format(", dropout {:g}", training.dropout);
  const auto& regularizer = training.regularizer;
  if (regularizer.exists())
    text += fmt::format(", {:g} times {}", regularizer.strength, name_of(regularizer.kind));
  if (training.clip_norm) text += fmt::format(", gradients clipped at {:g}", *training.clip_norm);
  return text;
}

/// Of layers that differ.
std::string factors_text(const model::Network& network) {
  if (network.has_one_width()) return "";
  std::vector<double> factors;
  for (const auto& layer : network.options().layers) factors.push_back(layer.width_factor);
  return fmt::format(" times {:.4g}", fmt::join(factors, ", "));
}

std::string auto_encoder_text(const model::TrainingOptions& training) {
  const auto& options = training.auto_encoder;
  auto text = fmt::format("a supervised online auto-encoder, rate {:g}, times {:g} an epoch",
                          training.learning_rate, options.rate_decay);
  text += options.blend_epochs > 0
              ? fmt::format(", alpha = 1 - exp(-epoch/{:g})", options.blend_epochs)
              : std::string(", classification alone");
  if (options.connectivity)
    text += fmt::format(", columns projected to sparseness {:g}", *options.connectivity);
  if (options.kept) text += fmt::format(", the {} largest kept", *options.kept);
  if (options.jitter) text += ", images moved by a pixel";
  return text + (training.epochs > 0
                     ? fmt::format("; {} epochs of {} updates", training.epochs, options.samples)
                     : fmt::format("; {} updates", training.steps));
}

std::string length_text(const model::TrainingOptions& training) {
  auto text = training.batch_size ? fmt::format("batches of {}", *training.batch_size)
                                  : std::string("full batches");
  text += training.epochs > 0 ? fmt::format(", {} epochs", training.epochs)
                              : fmt::format(", {} steps", training.steps);
  if (training.patience) text += fmt::format(", patience {}", *training.patience);
  return text;
}

}  // namespace

std::vector<std::string> training_in_words(const model::Experiment& experiment,
                                           const report::InputSummary& inputs,
                                           const TrainingReference& reference) {
  const auto& training = model::training_of(experiment).training;
  const auto& data = reference.data;
  const bool all = training.layers == model::TrainedLayers::all;
  const auto validation =
      data.validation.empty() ? "" : fmt::format(", {} for validation", data.validation.size());
  return {fmt::format("{}, depth {}, degree of correlation {:.4g}",
                      network_text(experiment.network()), experiment.network().depth(),
                      theory::network_limit(experiment.network()).degree_of_correlation),
          training.architecture == model::Architecture::soae
              ? auto_encoder_text(training)
              : fmt::format(
                    "{}{}; {} loss; {}; {}",
                    all ? fmt::format("all layers trained, {} parameterisation of the {}",
                                      name_of(training.parameterisation), name_of(training.trained))
                        : std::string("the readout alone trained"),
                    training.centred ? ", f - f_0" : "", name_of(training.loss),
                    optimizer_text(training), length_text(training)),
          fmt::format("inputs {}: {} train{}, {} for tests; widths {}{}", inputs.source,
                      data.training.size(), validation, data.test.size(),
                      fmt::join(experiment.simulation().widths, ", "),
                      factors_text(experiment.network()))};
}

std::vector<std::string> notes_on(const TrainingReference& reference) {
  std::vector<std::string> notes;
  if (!reference.not_predicted.empty())
    notes.push_back("measured only: a law of trained outputs is derived " +
                    reference.not_predicted);
  if (!reference.shape.keeps_outputs())
    notes.push_back(
        fmt::format("outputs of {} inputs are more than the {} numbers a step that are "
                    "kept: losses and accuracies tell of them",
                    reference.shape.points, TrainingShape::most_outputs));
  return notes;
}

compare::TrainedSweepParts sweep_parts(const model::Experiment& experiment,
                                       const model::TrainingData& data) {
  const auto& training = model::training_of(experiment).training;
  const bool moves = training.layers == model::TrainedLayers::all;
  constexpr std::size_t most_drifting = 128;
  const bool draws_weights =
      !may_do_without_weights(experiment, static_cast<std::int64_t>(data.training.size()));
  return {.has_test = !data.test.empty(),
          .has_accuracy = data.are_classes,
          .has_drift = moves && data.training.size() <= most_drifting,
          .has_dimension = true,
          .has_activity = moves || draws_weights,
          .has_correlation = draws_weights && experiment.network().depth() > 1,
          .layers_with_neurons = draws_weights ? experiment.network().depth() : 0,
          .is_signed = model::has_negative_activities(experiment.network()),
          .has_regularizer = training.regularizer.exists(),
          .has_validation = !data.validation.empty()};
}

}  // namespace wideproof::app
