// SPDX-License-Identifier: MIT
#include <sstream>

#include <toml++/toml.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/experiment/setting.hpp>
#include <wideproof/app/experiment/toml_leaves.hpp>
#include <wideproof/app/experiment/toml_values.hpp>
#include <wideproof/model/nonlinearity/activation_choice.hpp>

namespace wideproof::app {
namespace {

using model::LateralFilter;

toml::table filter_table(const LateralFilter& filter) {
  using Kind = LateralFilter::Kind;
  const auto& o = filter.options();
  toml::table table;
  table.insert("filter", name_of(o.kind));
  if (filter.is_local()) {
    table.insert("sheet", name_of(o.sheet));
    table.insert("taps", o.taps);
    if (o.kind != Kind::box) table.insert("scale", o.scale);
  }
  if (o.kind == Kind::mexican_hat) {
    table.insert("surround_scale", o.surround_scale);
    table.insert("surround_strength", o.surround_strength);
  }
  if (o.kind == Kind::uniform) table.insert("degree", o.degree);
  return table;
}

/// The parameters that the function reads.
void add_function(toml::table& table, const model::PointwiseOptions& options) {
  const auto is_read = [&](std::string_view key) { return reads(options.function, key); };
  if (is_read("frequency")) table.insert("frequency", options.frequency);
  if (is_read("slope")) table.insert("slope", options.slope);
  if (is_read("rate")) table.insert("rate", options.rate);
  if (is_read("order")) table.insert("order", options.order);
  if (!is_read("expression")) return;
  table.insert("expression", options.expression);
  if (options.kinks) table.insert("kinks", array_of(*options.kinks));
}

void add_weight_variance(toml::table& table, const std::optional<double>& variance) {
  if (variance) {
    table.insert("weight_variance", *variance);
  } else {
    table.insert("weight_variance", "critical");
  }
}

toml::table layer_table(const model::Network::Layer& layer) {
  toml::table table{{"width_factor", layer.width_factor}};
  if (layer.activation) {
    const auto function = layer.function ? layer.function->function : model::Function::gelu;
    table.insert("activation", name_of(model::ActivationChoice{*layer.activation, function}));
  }
  if (layer.function && layer.activation && model::is_pointwise(*layer.activation))
    add_function(table, *layer.function);
  if (layer.active_fraction) table.insert("active_fraction", *layer.active_fraction);
  if (layer.threshold) table.insert("threshold", name_of(*layer.threshold));
  if (layer.sparseness) table.insert("sparseness", *layer.sparseness);
  if (layer.is_signed) table.insert("signed", *layer.is_signed);
  if (layer.weight_variance) add_weight_variance(table, *layer.weight_variance);
  if (layer.bias_variance) table.insert("bias_variance", *layer.bias_variance);
  return table;
}

/// Of layers that are all alike.
void add_law(toml::table& table, const model::Network& network) {
  table.insert("activation", network.activation_name());
  table.insert("bias_variance", network.bias_variance());
  if (model::is_thresholded(network.activation())) {
    table.insert("active_fraction", network.active_fraction());
    table.insert("threshold", name_of(network.threshold()));
  }
  if (network.activation() == model::Activation::sparse_projection) {
    table.insert("sparseness", network.sparseness());
    table.insert("signed", network.is_signed());
  }
  if (model::is_pointwise(network.activation())) add_function(table, network.function());
  add_weight_variance(table, network.weight_variance());
}

toml::table network_table(const model::Network& network) {
  toml::table table{{"depth", network.depth()},
                    {"presynaptic", filter_table(network.presynaptic())},
                    {"postsynaptic", filter_table(network.postsynaptic())}};
  if (network.is_uniform()) add_law(table, network);
  if (network.input_weight_variance() != 1)
    table.insert("input_weight_variance", network.input_weight_variance());
  if (network.input_bias_variance() != 0)
    table.insert("input_bias_variance", network.input_bias_variance());
  if (network.options().layers.empty()) return table;
  toml::array layers;
  for (const auto& layer : network.options().layers) layers.push_back(layer_table(layer));
  table.insert("layers", std::move(layers));
  return table;
}

toml::table simulation_table(const model::Experiment::Simulation& simulation) {
  toml::table table{{"widths", array_of(simulation.widths)},
                    {"variance_reduction", simulation.variance_reduction},
                    {"dtype", name_of(simulation.dtype)},
                    {"engine", name_of(simulation.engine)},
                    {"checkpoint_seconds", simulation.checkpoint_seconds}};
  if (simulation.precision) {
    table.insert("precision", *simulation.precision);
    table.insert("most_replicates", simulation.replicates);
  } else {
    table.insert("replicates", simulation.replicates);
  }
  if (simulation.memory_gib) {
    table.insert("memory_gib", *simulation.memory_gib);
  } else {
    table.insert("memory_gib", "auto");
  }
  return table;
}

toml::table compare_table(const model::Experiment::Compare& compare) {
  toml::table table{{"family_error", compare.family_error},
                    {"equivalence_margin", compare.equivalence_margin},
                    {"prediction", compare.prediction}};
  if (!compare.predicts_theory()) table.insert("prediction_kind", name_of(compare.prediction_kind));
  if (compare.sparsity) table.insert("sparsity", true);
  if (compare.selectivity) table.insert("selectivity", true);
  if (compare.persistence) table.insert("persistence", true);
  if (compare.agreement_error) table.insert("agreement_error", *compare.agreement_error);
  return table;
}

}  // namespace

std::string to_toml(const model::Experiment& experiment, const std::filesystem::path& folder) {
  const auto& study = experiment.study();
  toml::table root{{"study", toml::table{{"name", study.name},
                                         {"kind", experiment.kind().name()},
                                         {"seed", static_cast<std::int64_t>(study.seed)}}},
                   {"network", network_table(experiment.network())},
                   {"inputs", inputs_table(experiment.inputs())},
                   {"simulation", simulation_table(experiment.simulation())},
                   {"compare", compare_table(experiment.compare())}};
  const auto& kind = kind_format("study.kind", experiment.kind().name());
  for (const auto name : kind.left_out()) erase(root, path_of(name));
  const auto own = kind.write(experiment.kind());
  for (const auto& leaf : leaves_of(own)) put_over(root, table_with(leaf.path, *leaf.value));
  take_paths_from(folder, root, "");
  std::ostringstream text;
  text << root << '\n';
  return std::move(text).str();
}

std::string inputs_part(const model::Experiment& experiment) {
  return text_of(inputs_table(experiment.inputs()));
}

std::string sampled_part(const std::string& resolved) {
  std::istringstream lines(resolved);
  std::string part;
  for (std::string line; std::getline(lines, line);) {
    const bool is_operation =
        line.starts_with("checkpoint_seconds =") || line.starts_with("memory_gib =");
    if (!is_operation) part += line + '\n';
  }
  return part;
}

}  // namespace wideproof::app
