// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_tables.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/experiment/read_keys.hpp>
#include <wideproof/app/experiment/toml_values.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

using model::TrainingOptions;

template <class Value>
void take_named(TableReader& table, std::string_view name, Value& to,
                Value (*from_name)(std::string_view key, std::string_view name)) {
  if (const auto text = table.string(name)) to = from_name(table.full_key(name), *text);
}

void read_gradients(TableReader& table, TrainingOptions& options) {
  take_named(table, "layers", options.layers, model::trained_layers_from_name);
  take_named(table, "trained", options.trained, model::trained_from_name);
  take_named(table, "parameterisation", options.parameterisation,
             model::parameterisation_from_name);
  take_named(table, "threshold_gradient", options.threshold_gradient,
             model::threshold_gradient_from_name);
  take_named(table, "loss", options.loss, model::loss_from_name);
}

void read_decay(TableReader& table, TrainingOptions& options) {
  const auto decay = table.number("decay");
  if (decay && options.schedule != model::RateSchedule::step)
    throw model::InputError(table.full_key("decay"), *decay,
                            fmt::format("schedule \"{}\" does not read it; remove it",
                                        model::name_of(options.schedule)));
  take(decay, options.decay);
}

void read_optimizer(TableReader& table, TrainingOptions& options) {
  take_named(table, "optimizer", options.optimizer, model::optimizer_from_name);
  take(table.number("learning_rate"), options.learning_rate);
  take(table.number("momentum"), options.momentum);
  take(table.boolean("nesterov"), options.nesterov);
  take(table.number("weight_decay"), options.weight_decay);
  take(table.number("ridge"), options.ridge);
  take_named(table, "schedule", options.schedule, model::rate_schedule_from_name);
  read_decay(table, options);
  options.every = table.integer("every");
  options.clip_norm = table.number("clip_norm");
}

[[noreturn]] void refuse_unread(const TableReader& table, std::string_view name, double value,
                                model::Regularizer kind) {
  throw model::InputError(
      table.full_key(name), value,
      fmt::format("kind \"{}\" does not read it; remove it", model::name_of(kind)));
}

/// A share of each layer, or a number of its neurons.
void read_neurons(TableReader& table, model::RegularizerOptions& options) {
  const auto given = table.number("neurons");
  if (given && !options.is_of_correlations()) refuse_unread(table, "neurons", *given, options.kind);
  if (table.holds_integer("neurons"))
    options.neurons = table.integer("neurons");
  else
    take(table.number("neurons"), options.share);
}

model::RegularizerOptions read_regularizer(TableReader table) {
  model::RegularizerOptions options;
  take_named(table, "kind", options.kind, model::regularizer_from_name);
  const auto strength = table.number("strength");
  if (options.exists() && !strength)
    throw model::InputError(table.full_key("strength"), "nothing",
                            fmt::format("kind \"{}\" needs what it is multiplied by in the loss",
                                        model::name_of(options.kind)));
  if (strength && !options.exists()) refuse_unread(table, "strength", *strength, options.kind);
  take(strength, options.strength);
  const auto a = table.number("a");
  if (a && options.kind != model::Regularizer::t2) refuse_unread(table, "a", *a, options.kind);
  take(a, options.a);
  read_neurons(table, options);
  table.finish();
  return options;
}

toml::table regularizer_table(const model::RegularizerOptions& options) {
  toml::table table{{"kind", name_of(options.kind)}};
  if (!options.exists()) return table;
  table.insert("strength", options.strength);
  if (options.kind == model::Regularizer::t2) table.insert("a", options.a);
  if (!options.is_of_correlations()) return table;
  if (options.neurons) {
    table.insert("neurons", *options.neurons);
  } else {
    table.insert("neurons", options.share);
  }
  return table;
}

/// "full" or a number.
void read_batch_size(TableReader& table, TrainingOptions& options) {
  if (!table.holds_string("batch_size")) {
    options.batch_size = table.integer("batch_size");
    return;
  }
  const auto text = *table.string("batch_size");
  if (text != "full")
    throw model::InputError(table.full_key("batch_size"), model::in_quotes(text),
                            "must be \"full\" or a number of inputs");
}

void read_length(TableReader& table, TrainingOptions& options) {
  read_batch_size(table, options);
  const auto steps = table.integer("steps");
  const auto epochs = table.integer("epochs");
  // Zero means "not given" to TrainingOptions; given, it is out of range.
  for (const auto& [name, value] : {std::pair("steps", steps), std::pair("epochs", epochs)})
    if (value && *value < 1)
      throw model::InputError(table.full_key(name), *value, "must be at least 1");
  options.steps = steps.value_or(epochs ? 0 : 20);
  options.epochs = epochs.value_or(0);
  take(table.integers("record"), options.record);
  take(table.number("test_fraction"), options.test_fraction);
  take(table.number("validation_fraction"), options.validation_fraction);
  options.patience = table.integer("patience");
}

model::AutoEncoderOptions read_auto_encoder(TableReader table) {
  model::AutoEncoderOptions options;
  take(table.integer("samples"), options.samples);
  take(table.number("blend_epochs"), options.blend_epochs);
  if (table.holds_string("connectivity")) {
    const auto text = *table.string("connectivity");
    if (text != "none")
      throw model::InputError(table.full_key("connectivity"), model::in_quotes(text),
                              "must be \"none\" or a sparseness in (0, 1)");
    options.connectivity.reset();
  } else {
    const auto connectivity = table.number("connectivity");
    if (connectivity) options.connectivity = connectivity;
  }
  options.kept = table.integer("kept");
  take(table.number("rate_decay"), options.rate_decay);
  take(table.boolean("jitter"), options.jitter);
  take_named(table, "start", options.start, model::column_start_from_name);
  take(table.number("start_deviation"), options.start_deviation);
  table.finish();
  return options;
}

toml::table auto_encoder_table(const model::AutoEncoderOptions& options) {
  toml::table table{
      {"samples", options.samples},       {"blend_epochs", options.blend_epochs},
      {"rate_decay", options.rate_decay}, {"jitter", options.jitter},
      {"start", name_of(options.start)},  {"start_deviation", options.start_deviation}};
  if (options.connectivity) {
    table.insert("connectivity", *options.connectivity);
  } else {
    table.insert("connectivity", "none");
  }
  if (options.kept) table.insert("kept", *options.kept);
  return table;
}

TrainingOptions read_options(TableReader table) {
  TrainingOptions options;
  take_named(table, "architecture", options.architecture, model::architecture_from_name);
  if (options.architecture == model::Architecture::soae) {
    options.auto_encoder = read_auto_encoder(table.table("auto_encoder"));
  } else if (table.holds("auto_encoder")) {
    throw model::InputError(table.full_key("auto_encoder"), "a table",
                            "is read where training.architecture = \"soae\"; remove it");
  }
  read_gradients(table, options);
  read_optimizer(table, options);
  read_length(table, options);
  take(table.boolean("centred"), options.centred);
  take(table.number("dropout"), options.dropout);
  options.regularizer = read_regularizer(table.table("regularizer"));
  options.readout_variance = table.number("readout_variance");
  table.finish();
  return options;
}

toml::table options_table(const TrainingOptions& options) {
  toml::table table{{"architecture", name_of(options.architecture)},
                    {"layers", name_of(options.layers)},
                    {"trained", name_of(options.trained)},
                    {"parameterisation", name_of(options.parameterisation)},
                    {"threshold_gradient", name_of(options.threshold_gradient)},
                    {"loss", name_of(options.loss)},
                    {"optimizer", name_of(options.optimizer)},
                    {"learning_rate", options.learning_rate},
                    {"momentum", options.momentum},
                    {"nesterov", options.nesterov},
                    {"weight_decay", options.weight_decay},
                    {"ridge", options.ridge},
                    {"schedule", name_of(options.schedule)},
                    {"test_fraction", options.test_fraction},
                    {"validation_fraction", options.validation_fraction},
                    {"centred", options.centred},
                    {"dropout", options.dropout},
                    {"regularizer", regularizer_table(options.regularizer)}};
  if (options.architecture == model::Architecture::soae)
    table.insert("auto_encoder", auto_encoder_table(options.auto_encoder));
  if (options.schedule == model::RateSchedule::step) table.insert("decay", options.decay);
  if (options.every) table.insert("every", *options.every);
  if (options.clip_norm) table.insert("clip_norm", *options.clip_norm);
  if (options.batch_size) {
    table.insert("batch_size", *options.batch_size);
  } else {
    table.insert("batch_size", "full");
  }
  if (options.epochs > 0) {
    table.insert("epochs", options.epochs);
  } else {
    table.insert("steps", options.steps);
  }
  if (!options.record.empty()) table.insert("record", array_of(options.record));
  if (options.patience) table.insert("patience", *options.patience);
  if (options.readout_variance) table.insert("readout_variance", *options.readout_variance);
  return table;
}

}  // namespace

std::shared_ptr<const model::TrainingSpec> read_training(TableReader& file) {
  model::TrainingSpec::Options options;
  options.training = read_options(file.table("training"));
  options.targets = read_targets(file.table("targets"));
  if (file.holds("test")) options.test = read_input_set(file.table("test"));
  return std::make_shared<model::TrainingSpec>(std::move(options));
}

toml::table write_training(const model::TrainingSpec& spec) {
  toml::table table{{"training", options_table(spec.training)},
                    {"targets", targets_table(spec.targets)}};
  if (spec.test) table.insert("test", inputs_table(*spec.test));
  return table;
}

bool test_reads(std::string_view name, std::string_view key) {
  return reads(model::input_source_from_name("test.source", name), key);
}

}  // namespace wideproof::app
