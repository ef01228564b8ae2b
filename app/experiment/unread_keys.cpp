// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/unread_keys.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/experiment/read_keys.hpp>
#include <wideproof/app/experiment/toml_text.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

bool activation_reads(std::string_view name, std::string_view key) {
  return reads(model::activation_from_name("network.activation", name), key);
}

bool filter_reads(std::string_view name, std::string_view key) {
  return reads(model::filter_kind_from_name("filter", name), key);
}

bool source_reads(std::string_view name, std::string_view key) {
  return reads(model::input_source_from_name("inputs.source", name), key);
}

bool is_threshold_key(std::string_view key) {
  return key == "active_fraction" || key == "threshold";
}

/// Whether a key that is not read is noted alone: thresholds beside a function that the prefix
/// "thresholded-" would make read them.
bool is_forgiven(std::string_view activation, const KeyPath& path) {
  if (path.size() != 2 || path.front() != "network" || !is_threshold_key(path.back())) return false;
  return model::activation_from_name("network.activation", activation).activation ==
         model::Activation::pointwise;
}

bool is_activation(const KeyPath& path) {
  return path.size() == 2 && path.front() == "network" && path.back() == "activation";
}

KeyPath beside(const KeyPath& path, std::string_view key) {
  KeyPath other = path;
  other.back() = key;
  return other;
}

/// The tables of network.layers, as far as they are some.
std::vector<const toml::table*> layer_tables(const toml::table& root) {
  std::vector<const toml::table*> tables;
  const auto* layers = root["network"]["layers"].as_array();
  if (layers == nullptr) return tables;
  for (const auto& layer : *layers)
    if (const auto* table = layer.as_table()) tables.push_back(table);
  return tables;
}

std::string activation_of(const toml::table& network) {
  return network["activation"].value_or(std::string("thresholded-relu"));
}

/// Of a layer, which has the network's activation if it names none.
std::string activation_of(const toml::table& root, const toml::table& layer) {
  if (layer.contains("activation")) return layer["activation"].value_or(std::string());
  const auto* network = root["network"].as_table();
  return activation_of(*network);
}

/// Whether a layer's activation reads a key; true where it has no such name, which who reads it
/// says.
bool layer_reads(const toml::table& root, const toml::table& layer, std::string_view key) {
  try {
    return activation_reads(activation_of(root, layer), key);
  } catch (const model::InputError&) {
    return true;
  }
}

/// Whether some layer has a key of [network] that has none of its own. What leads to the first is
/// told of by other keys.
bool is_for_a_layer(const toml::table& root, std::string_view key) {
  const bool is_of_weights = key == "weight_variance" || key == "gain";
  const bool is_of_leading = is_of_weights || key == "bias_variance";
  const auto layers = layer_tables(root);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto& layer = *layers[i];
    if (layer.contains(key) || !layer_reads(root, layer, key)) continue;
    if (is_of_weights && (layer.contains("weight_variance") || layer.contains("gain"))) continue;
    if (is_of_leading && i == 0 && layers.size() > 1) continue;
    return true;
  }
  return false;
}

/// Keys of [network] that tables of network.layers may hold too, but for what they are given.
bool is_of_layers(std::string_view key) {
  constexpr std::array keys = {"activation", "frequency",    "slope",  "rate",
                               "order",      "expression",   "kinks",  "active_fraction",
                               "threshold",  "sparseness",   "signed", "weight_variance",
                               "gain",       "bias_variance"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// The keys beside a deciding key that its value `name` does not read.
std::vector<KeyPath> unread_keys(const toml::table& root, const DecidingKey& deciding,
                                 std::string_view name) {
  std::vector<KeyPath> unread;
  const KeyPath above(deciding.path.begin(), deciding.path.end() - 1);
  const auto* node = find(root, above);
  const auto* table = node == nullptr ? nullptr : node->as_table();
  if (table == nullptr) return unread;
  try {
    for (const auto& [key, value] : *table)
      if (!deciding.reads(name, key.str()) &&
          !(is_activation(deciding.path) && is_for_a_layer(root, key.str())))
        unread.push_back(beside(deciding.path, key.str()));
  } catch (const model::InputError&) {
    unread.clear();  // who reads the name refuses it
  }
  return unread;
}

/// What a setting or a row of a sweep puts at a key, if it is a word and not part of a whole table.
std::optional<std::string> chosen_word(const toml::table& choice, const KeyPath& path) {
  const toml::table* here = &choice;
  for (auto part = path.begin(); part + 1 != path.end(); ++part) {
    here = here->get_as<toml::table>(*part);
    if (here == nullptr || here->is_inline()) return std::nullopt;
  }
  return (*here)[path.back()].value<std::string>();
}

std::vector<DecidingKey> all_deciding_keys() {
  std::vector<DecidingKey> all = common_deciding_keys();
  for (const auto* kind : kind_formats())
    for (const auto& own : kind->deciding_keys()) all.push_back(own);
  return all;
}

}  // namespace

const std::vector<DecidingKey>& common_deciding_keys() {
  static const std::vector<DecidingKey> keys = {
      {{"network", "activation"}, "activation", "thresholded-relu", activation_reads},
      {{"network", "presynaptic", "filter"}, "filter", "none", filter_reads},
      {{"network", "postsynaptic", "filter"}, "filter", "none", filter_reads},
      {{"inputs", "source"}, "source", "circle", source_reads},
      {{"inputs", "second", "source"}, "source", "circle", source_reads},
  };
  return keys;
}

void refuse_unread_keys(const toml::table& root, const std::vector<DecidingKey>& deciding) {
  for (const auto& key : deciding) {
    const auto* given = find(root, key.path);
    const auto name =
        given == nullptr ? std::string(key.otherwise) : given->value_or(std::string());
    for (const auto& unread : unread_keys(root, key, name)) {
      if (is_forgiven(name, unread)) continue;
      throw model::InputError(
          key_of(unread), toml_text(*find(root, unread)),
          fmt::format("{} {} does not read it; remove it", key.what, model::in_quotes(name)));
    }
  }
}

void refuse_unread_keys_of_layers(const toml::table& root) {
  const auto tables = layer_tables(root);
  if (tables.empty()) return;
  const auto& network = *root["network"].as_table();
  for (const auto& [key, value] : network) {
    const bool is_left = is_of_layers(key.str()) && !is_for_a_layer(root, key.str()) &&
                         !is_forgiven(activation_of(network), {"network", std::string(key)});
    if (is_left)
      throw model::InputError(
          fmt::format("network.{}", key.str()), toml_text(value),
          "no layer takes it: each has its own in network.layers or does not read it; remove it");
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto name = activation_of(root, *tables[i]);
    if (name.empty()) continue;  // no word: who reads it says so
    for (const auto& [key, value] : *tables[i]) {
      const std::string in_layer = fmt::format("network.layers[{}].", i);
      const auto choice = model::activation_from_name(in_layer + "activation", name);
      if (reads(choice, key.str()) || is_forgiven(name, {"network", std::string(key)})) continue;
      throw model::InputError(
          in_layer + std::string(key), toml_text(value),
          fmt::format("activation {} does not read it; remove it", model::in_quotes(name)));
    }
  }
}

std::vector<std::string> notes_of_thresholds(const toml::table& root) {
  const auto* network = root["network"].as_table();
  if (network == nullptr) return {};
  std::vector<std::string> notes;
  const auto add_notes = [&](const std::string& where, const std::string& name,
                             const toml::table& table) {
    for (const auto& [key, value] : table) {
      const KeyPath path = {"network", std::string(key.str())};
      if (!is_threshold_key(key.str()) || !is_forgiven(name, path)) continue;
      if (&table == network && is_for_a_layer(root, key.str())) continue;
      notes.push_back(
          fmt::format("{}.{} is not read: {} has no threshold; \"thresholded-{}\" has one", where,
                      key.str(), model::in_quotes(name), name));
    }
  };
  add_notes("network", activation_of(*network), *network);
  const auto tables = layer_tables(root);
  for (std::size_t i = 0; i < tables.size(); ++i)
    add_notes(fmt::format("network.layers[{}]", i), activation_of(root, *tables[i]), *tables[i]);
  return notes;
}

std::vector<std::string> drop_unread_keys(toml::table& root, const toml::table& choice) {
  std::vector<std::string> notes;
  for (const auto& key : all_deciding_keys()) {
    const auto name = chosen_word(choice, key.path);
    if (!name) continue;
    const auto unread = unread_keys(root, key, *name);
    if (unread.empty()) continue;
    std::vector<std::string> names;
    for (const auto& path : unread) {
      names.push_back(key_of(path));
      erase(root, path);
    }
    const bool is_one = names.size() == 1;
    notes.push_back(fmt::format("{} {} left out: {} {} does not read {}", fmt::join(names, ", "),
                                is_one ? "is" : "are", key.what, model::in_quotes(*name),
                                is_one ? "it" : "them"));
  }
  return notes;
}

}  // namespace wideproof::app
