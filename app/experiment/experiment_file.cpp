// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_file.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>
#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/experiment/setting.hpp>
#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/app/experiment/toml_leaves.hpp>
#include <wideproof/app/experiment/toml_values.hpp>
#include <wideproof/app/experiment/unread_keys.hpp>
#include <wideproof/app/files/read_text.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/activation_choice.hpp>

namespace wideproof::app {
namespace {

using model::InputError;
using model::LateralFilter;

const KindFormat& read_kind(TableReader& study) {
  const auto name = study.string("kind");
  return name ? kind_format(study.full_key("kind"), *name) : *kind_formats().front();
}

model::Experiment::Study read_study(TableReader& table) {
  model::Experiment::Study study;
  take(table.string("name"), study.name);
  take(table.seed("seed"), study.seed);
  table.finish();
  return study;
}

LateralFilter read_filter(TableReader table) {
  using Kind = LateralFilter::Kind;
  LateralFilter::Options options;
  if (const auto name = table.string("filter")) {
    options.kind = model::filter_kind_from_name(table.full_key("filter"), *name);
  }
  const auto sheet = table.string("sheet");
  if (sheet) options.sheet = model::sheet_from_name(table.full_key("sheet"), *sheet);
  const auto taps = table.integer("taps");
  const auto scale = table.number("scale");
  const auto surround_scale = table.number("surround_scale");
  const auto surround_strength = table.number("surround_strength");
  const auto degree = table.number("degree");
  table.finish();

  if (options.kind == Kind::box && !taps) {
    throw InputError(table.full_key("taps") + ": is missing: filter \"box\" reads it");
  }
  if (taps && *taps < 1) {
    throw InputError(table.full_key("taps"), *taps, "must be at least 1");
  }
  options.taps = taps.value_or(0);
  options.scale = scale.value_or(0.0);
  options.surround_scale = surround_scale.value_or(0.0);
  take(surround_strength, options.surround_strength);
  options.degree = degree.value_or(0.0);
  std::string key = table.full_key("");
  key.pop_back();
  return {key, options};
}

/// A number, or a nullopt within where it is to be critical.
using WeightVariance = std::optional<double>;

/// weight_variance, or gain, its root; nullopt where neither is given.
std::optional<WeightVariance> read_weight_variance(TableReader& table) {
  const bool is_critical = table.holds_string("weight_variance");
  if (is_critical) {
    const auto word = *table.string("weight_variance");
    if (word != "critical") {
      throw InputError(table.full_key("weight_variance"), model::in_quotes(word),
                       "must be a positive number or \"critical\"");
    }
  }
  const auto variance = is_critical ? std::nullopt : table.number("weight_variance");
  const auto gain = table.number("gain");
  if (!gain) {
    if (is_critical) return WeightVariance();
    return variance ? std::optional<WeightVariance>(variance) : std::nullopt;
  }
  if (is_critical || variance) {
    throw InputError(fmt::format("{}: give it or {}, its square, not both", table.full_key("gain"),
                                 table.full_key("weight_variance")));
  }
  if (!(*gain > 0 && std::isfinite(*gain * *gain) && *gain * *gain > 0)) {
    throw InputError(table.full_key("gain"), *gain,
                     "must be positive and finite, and so its square, the weight variance");
  }
  return WeightVariance(*gain * *gain);
}

/// Parameters of a function of one neuron. Returns whether one is given.
bool read_function(TableReader& table, model::PointwiseOptions& function) {
  const auto before = function;
  take(table.number("frequency"), function.frequency);
  take(table.number("slope"), function.slope);
  take(table.number("rate"), function.rate);
  take(table.integer("order"), function.order);
  take(table.string("expression"), function.expression);
  if (auto kinks = table.numbers("kinks")) function.kinks = std::move(kinks);
  return !(function == before);
}

/// One of network.layers; what it leaves out is the network's.
model::Network::Layer read_layer(TableReader table, const model::Network::Options& network) {
  model::Network::Layer layer;
  take(table.number("width_factor"), layer.width_factor);
  auto function = network.function;
  if (const auto name = table.string("activation")) {
    const auto choice = model::activation_from_name(table.full_key("activation"), *name);
    layer.activation = choice.activation;
    function.function = choice.function;
  }
  if (read_function(table, function) || layer.activation) layer.function = function;
  layer.active_fraction = table.number("active_fraction");
  if (const auto name = table.string("threshold"))
    layer.threshold = model::threshold_rule_from_name(table.full_key("threshold"), *name);
  layer.sparseness = table.number("sparseness");
  layer.is_signed = table.boolean("signed");
  layer.weight_variance = read_weight_variance(table);
  layer.bias_variance = table.number("bias_variance");
  table.finish();
  return layer;
}

/// Over the defaults of the kind of study, which reads some tables of it itself.
model::Network read_network(TableReader table, model::Network::Options options,
                            const KindFormat& kind) {
  take(table.integer("depth"), options.depth);
  if (const auto name = table.string("activation")) {
    const auto choice = model::activation_from_name(table.full_key("activation"), *name);
    options.activation = choice.activation;
    options.function.function = choice.function;
  }
  read_function(table, options.function);
  take(table.number("active_fraction"), options.active_fraction);
  if (const auto name = table.string("threshold")) {
    options.threshold = model::threshold_rule_from_name(table.full_key("threshold"), *name);
  }
  take(table.number("sparseness"), options.sparseness);
  take(table.boolean("signed"), options.is_signed);
  if (const auto variance = read_weight_variance(table)) options.weight_variance = *variance;
  take(table.number("bias_variance"), options.bias_variance);
  take(table.number("input_weight_variance"), options.input_weight_variance);
  take(table.number("input_bias_variance"), options.input_bias_variance);
  for (const auto& layer : table.tables("layers"))
    options.layers.push_back(read_layer(layer, options));
  options.presynaptic = read_filter(table.table("presynaptic"));
  options.postsynaptic = read_filter(table.table("postsynaptic"));
  for (const auto& own : kind.tables()) {
    const auto path = path_of(own);
    if (path.size() == 2 && path.front() == "network") table.table(path.back());
  }
  table.finish();
  return model::Network(options);
}

/// Over the defaults of the kind of study.
model::Experiment::Simulation read_simulation(TableReader table,
                                              model::Experiment::Simulation simulation) {
  take(table.integers("widths"), simulation.widths);
  simulation.precision = table.number("precision");
  const auto replicates = table.integer("replicates");
  const auto most_replicates = table.integer("most_replicates");
  if (replicates && simulation.precision) {
    throw InputError(
        fmt::format("{}: give it or {}, not both; {} bounds a run that stops at a "
                    "precision",
                    table.full_key("replicates"), table.full_key("precision"),
                    table.full_key("most_replicates")));
  }
  if (most_replicates && !simulation.precision) {
    throw InputError(fmt::format("{}: read only beside {}; remove it",
                                 table.full_key("most_replicates"), table.full_key("precision")));
  }
  if (simulation.precision) simulation.replicates = most_replicates.value_or(100'000);
  take(replicates, simulation.replicates);
  if (const auto name = table.string("dtype")) {
    simulation.dtype = model::dtype_from_name(table.full_key("dtype"), *name);
  }
  if (const auto name = table.string("engine")) {
    simulation.engine = model::engine_from_name(table.full_key("engine"), *name);
  }
  take(table.boolean("variance_reduction"), simulation.variance_reduction);
  take(table.number("checkpoint_seconds"), simulation.checkpoint_seconds);
  if (table.holds_string("memory_gib")) {
    const auto word = *table.string("memory_gib");
    if (word != "auto") {
      throw InputError(table.full_key("memory_gib"), model::in_quotes(word),
                       "must be a positive number or \"auto\"");
    }
  } else {
    simulation.memory_gib = table.number("memory_gib");
  }
  table.finish();
  return simulation;
}

model::Experiment::Compare read_compare(TableReader table, model::Experiment::Compare compare) {
  take(table.number("family_error"), compare.family_error);
  take(table.number("equivalence_margin"), compare.equivalence_margin);
  compare.agreement_error = table.number("agreement_error");
  take(table.string("prediction"), compare.prediction);
  take(table.boolean("sparsity"), compare.sparsity);
  take(table.boolean("selectivity"), compare.selectivity);
  take(table.boolean("persistence"), compare.persistence);
  if (const auto name = table.string("prediction_kind"))
    compare.prediction_kind =
        model::prediction_kind_from_name(table.full_key("prediction_kind"), *name);
  table.finish();
  return compare;
}

/// A table that only another kind of study reads would be ignored silently.
void refuse_tables_of_others(const toml::table& root, const KindFormat& kind) {
  const auto own = kind.tables();
  for (const auto* other : kind_formats()) {
    for (const auto name : other->tables()) {
      const bool is_given = find(root, path_of(name)) != nullptr;
      if (!is_given || std::find(own.begin(), own.end(), name) != own.end()) continue;
      throw InputError(fmt::format("{}: read only by studies of study.kind = {}; remove it", name,
                                   model::in_quotes(other->name())));
    }
  }
  for (const auto name : kind.left_out()) {
    if (find(root, path_of(name)) == nullptr) continue;
    throw InputError(fmt::format("{}: not read by studies of study.kind = {}; remove it", name,
                                 model::in_quotes(kind.name())));
  }
}

}  // namespace

toml::table parse_toml(const std::string& text, const std::string& source) {
  try {
    auto table = toml::parse(text, source);
    if (!table.empty()) return table;
    throw InputError(
        fmt::format("{}: holds no table, such as [network]; the built-in experiment "
                    "runs where no file is named",
                    model::in_quotes(source)));
  } catch (const toml::parse_error& error) {
    throw InputError(fmt::format("{}: line {}, column {}: {}", model::in_quotes(source),
                                 error.source().begin.line, error.source().begin.column,
                                 error.description()));
  }
}

model::Experiment experiment_of(const toml::table& root) {
  TableReader file(root, "");
  auto study = file.table("study");
  const auto& kind = read_kind(study);
  refuse_unread_keys_of_layers(root);
  refuse_unread_keys(root, common_deciding_keys());
  refuse_unread_keys(root, kind.deciding_keys());
  auto options = kind.defaults();
  options.study = read_study(study);
  refuse_tables_of_others(root, kind);
  options.network = read_network(file.table("network"), options.network.options(), kind);
  options.inputs = read_inputs(file.table("inputs"));
  options.simulation = read_simulation(file.table("simulation"), options.simulation);
  options.compare = read_compare(file.table("compare"), options.compare);
  options.kind = kind.read(file);
  file.finish();
  return model::Experiment(std::move(options));
}

model::Experiment parse_experiment(const std::string& text, const std::string& source,
                                   const std::vector<std::string>& settings,
                                   const std::filesystem::path& folder,
                                   std::vector<std::string>& notes) {
  toml::table root = parse_toml(text, source);
  take_paths_from("", root, folder);
  for (const auto& setting : settings) put_setting_over(root, setting_table(setting), notes);
  if (root.contains("sweep")) throw InputError("sweep: only \"wideproof validate\" runs sweeps");
  if (root.contains("claims")) throw InputError("claims: need a [sweep], whose points they name");
  auto experiment = experiment_of(root);
  for (auto& note : notes_of_thresholds(root)) notes.push_back(std::move(note));
  return experiment;
}

model::Experiment parse_experiment(const std::string& text, const std::string& source,
                                   const std::vector<std::string>& settings,
                                   const std::filesystem::path& folder) {
  std::vector<std::string> unsaid;
  return parse_experiment(text, source, settings, folder, unsaid);
}

model::Experiment read_experiment(const std::string& path,
                                  const std::vector<std::string>& settings) {
  return parse_experiment(read_text(path), path, settings, folder_of_source(path));
}

}  // namespace wideproof::app
