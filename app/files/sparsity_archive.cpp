// SPDX-License-Identifier: MIT
#include <wideproof/app/files/sparsity_archive.hpp>

#include <optional>

#include <fmt/format.h>

#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::app {
namespace {

constexpr const char* why_not = "sparsity_not_derived";
constexpr const char* numbers_of_layer = "sparsity_numbers";

std::string sparsity_group(const std::string& group, std::size_t layer) {
  return fmt::format("{}/layer_{}/sparsity", group, layer);
}

void write_wide_number(Hdf5Writer& file, const std::string& group, const std::string& name,
                       const model::WideNumber& number) {
  file.attribute(group, name, number.value);
  if (number.variance) file.attribute(group, name + "_variance_times_width", *number.variance);
  if (number.bias) file.attribute(group, name + "_bias_times_width", *number.bias);
}

std::optional<double> optional_number(const Hdf5Reader& file, const std::string& group,
                                      const std::string& name) {
  return file.holds_attribute(group, name) ? std::optional(file.number(group, name)) : std::nullopt;
}

struct DrawnPart {
  const char* name;
  std::optional<model::DrawnNumber> model::LayerSparsity::*number;
};

constexpr DrawnPart drawn_parts[] = {
    {"ccmas", &model::LayerSparsity::ccmas},
    {"class_selectivity", &model::LayerSparsity::class_selectivity},
    {"null_ccmas", &model::LayerSparsity::null_ccmas},
    {"null_class_selectivity", &model::LayerSparsity::null_class_selectivity}};

std::string error_name(const DrawnPart& part) {
  return fmt::format("{}_standard_error", part.name);
}

void write_selectivity(Hdf5Writer& file, const std::string& at, const model::LayerSparsity& layer) {
  if (layer.eta_squared) write_wide_number(file, at, "eta_squared", *layer.eta_squared);
  if (layer.null_eta_squared) file.attribute(at, "null_eta_squared", *layer.null_eta_squared);
  for (const auto& part : drawn_parts) {
    const auto& number = layer.*part.number;
    if (!number) continue;
    file.attribute(at, part.name, number->value);
    file.attribute(at, error_name(part), number->standard_error);
  }
}

std::optional<model::WideNumber> read_wide_number(const Hdf5Reader& file, const std::string& group,
                                                  const std::string& name) {
  const auto value = optional_number(file, group, name);
  if (!value) return std::nullopt;
  return model::WideNumber{*value, optional_number(file, group, name + "_variance_times_width"),
                           optional_number(file, group, name + "_bias_times_width")};
}

void read_selectivity(const Hdf5Reader& file, const std::string& at, model::LayerSparsity& layer) {
  layer.eta_squared = read_wide_number(file, at, "eta_squared");
  layer.null_eta_squared = optional_number(file, at, "null_eta_squared");
  for (const auto& part : drawn_parts) {
    if (const auto value = optional_number(file, at, part.name))
      layer.*part.number = model::DrawnNumber{*value, file.number(at, error_name(part))};
  }
}

}  // namespace

void write_predicted_sparsity(Hdf5Writer& file, const std::string& group,
                              const model::SparsityPrediction& prediction) {
  if (prediction.layers.empty()) return;
  file.attribute(group, why_not, prediction.not_derived);
  for (std::size_t l = 1; l <= prediction.layers.size(); ++l) {
    const auto& layer = prediction.layers[l - 1];
    const auto at = sparsity_group(group, l);
    write_wide_number(file, at, "hoyer", layer.hoyer);
    write_wide_number(file, at, "treves_rolls", layer.treves_rolls);
    if (layer.lifetime) write_wide_number(file, at, "lifetime", *layer.lifetime);
    write_selectivity(file, at, layer);
    if (layer.hoyer_variance_of_one)
      file.attribute(at, "hoyer_variance_of_one", *layer.hoyer_variance_of_one);
    file.attribute(at, "active_fraction", layer.active_fraction);
  }
}

model::SparsityPrediction read_predicted_sparsity(const Hdf5Reader& file,
                                                  const std::string& group) {
  model::SparsityPrediction prediction;
  if (!file.holds_attribute(group, why_not)) return prediction;
  prediction.not_derived = file.text(group, why_not);
  const auto has_layer = [&](std::size_t layer) {
    return file.holds(fmt::format("{}/layer_{}", group, layer)) &&
           file.holds(sparsity_group(group, layer));
  };
  for (std::size_t l = 1; has_layer(l); ++l) {
    const auto at = sparsity_group(group, l);
    model::LayerSparsity layer;
    layer.hoyer = read_wide_number(file, at, "hoyer").value();
    layer.treves_rolls = read_wide_number(file, at, "treves_rolls").value();
    layer.lifetime = read_wide_number(file, at, "lifetime");
    read_selectivity(file, at, layer);
    layer.hoyer_variance_of_one = optional_number(file, at, "hoyer_variance_of_one");
    layer.active_fraction = file.number(at, "active_fraction");
    prediction.layers.push_back(layer);
  }
  return prediction;
}

void write_sparsity_numbers(Hdf5Writer& file, const std::string& group) {
  file.attribute(group, numbers_of_layer, static_cast<std::int64_t>(model::sparsity_numbers));
}

Eigen::Index read_sparsity_numbers(const Hdf5Reader& file, const std::string& group) {
  constexpr Eigen::Index before_unit_hoyer = 6;
  return file.holds_attribute(group, numbers_of_layer)
             ? static_cast<Eigen::Index>(file.integer(group, numbers_of_layer))
             : before_unit_hoyer;
}

}  // namespace wideproof::app
