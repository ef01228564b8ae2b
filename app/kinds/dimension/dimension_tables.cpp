// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_tables.hpp>

#include <sstream>
#include <utility>

#include <wideproof/app/experiment/toml_values.hpp>

namespace wideproof::app {
namespace {

using model::InputEnsemble;
using model::Synapses;

Synapses read_synapses(TableReader table) {
  Synapses synapses;
  if (const auto name = table.string("law"))
    synapses.law = model::synapse_law_from_name(table.full_key("law"), *name);
  take(table.number("correlation"), synapses.correlation);
  take(table.number("exponent"), synapses.exponent);
  if (const auto name = table.string("across"))
    synapses.across = model::synapse_side_from_name(table.full_key("across"), *name);
  if (const auto name = table.string("signs"))
    synapses.signs = model::synapse_signs_from_name(table.full_key("signs"), *name);
  if (const auto name = table.string("learning"))
    synapses.learning = model::synapse_learning_from_name(table.full_key("learning"), *name);
  take(table.number("rate"), synapses.rate);
  take(table.integer("steps"), synapses.steps);
  take(table.boolean("shuffled"), synapses.shuffled);
  table.finish();
  return synapses;
}

InputEnsemble read_ensemble(TableReader table) {
  InputEnsemble ensemble;
  if (const auto name = table.string("source"))
    ensemble.source = model::ensemble_source_from_name(table.full_key("source"), *name);
  take(table.integer("samples"), ensemble.samples);
  take(table.number("strength"), ensemble.strength);
  take(table.string("file"), ensemble.file);
  take(table.string("images"), ensemble.images);
  take(table.seed("seed"), ensemble.seed);
  table.finish();
  return ensemble;
}

toml::table synapses_table(const Synapses& synapses) {
  toml::table table{{"law", name_of(synapses.law)},     {"correlation", synapses.correlation},
                    {"exponent", synapses.exponent},    {"across", name_of(synapses.across)},
                    {"signs", name_of(synapses.signs)}, {"learning", name_of(synapses.learning)}};
  if (synapses.learns()) {
    table.insert("rate", synapses.rate);
    table.insert("steps", synapses.steps);
    table.insert("shuffled", synapses.shuffled);
  }
  return table;
}

toml::table ensemble_table(const InputEnsemble& ensemble) {
  toml::table table{{"source", name_of(ensemble.source)}, {"samples", ensemble.samples}};
  if (ensemble.source == InputEnsemble::Source::correlated)
    table.insert("strength", ensemble.strength);
  if (!ensemble.file.empty()) table.insert("file", ensemble.file);
  if (!ensemble.images.empty()) table.insert("images", ensemble.images);
  if (ensemble.is_data()) table.insert("seed", static_cast<std::int64_t>(ensemble.seed));
  return table;
}

}  // namespace

std::shared_ptr<const model::DimensionSpec> read_dimension(TableReader& file) {
  const auto synapses = read_synapses(file.table("network").table("synapses"));
  return std::make_shared<model::DimensionSpec>(synapses, read_ensemble(file.table("ensemble")));
}

toml::table write_dimension(const model::DimensionSpec& spec) {
  return toml::table{{"network", toml::table{{"synapses", synapses_table(spec.synapses)}}},
                     {"ensemble", ensemble_table(spec.ensemble)}};
}

std::string ensemble_part(const model::Experiment& experiment) {
  std::ostringstream text;
  text << ensemble_table(model::dimension_of(experiment).ensemble);
  return std::move(text).str();
}

bool learning_reads(std::string_view name, std::string_view key) {
  const auto learning = model::synapse_learning_from_name("network.synapses.learning", name);
  if (key == "rate" || key == "steps" || key == "shuffled")
    return learning != model::SynapseLearning::none;
  return true;
}

bool ensemble_reads(std::string_view name, std::string_view key) {
  using Source = InputEnsemble::Source;
  const auto source = model::ensemble_source_from_name("ensemble.source", name);
  if (key == "strength") return source == Source::correlated;
  if (key == "file") return source == Source::csv || source == Source::npy;
  if (key == "images") return source == Source::idx;
  if (key == "seed") return source != Source::white && source != Source::correlated;
  return true;
}

}  // namespace wideproof::app
