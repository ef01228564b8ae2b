// SPDX-License-Identifier: MIT
#include <wideproof/model/tangent/tangent_options.hpp>

#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

constexpr auto trained_names =
    name_table<Trained>({{Trained::weights, "weights"}, {Trained::field, "field"}});
constexpr auto layer_names =
    name_table<TangentLayers>({{TangentLayers::all, "all"}, {TangentLayers::output, "output"}});
constexpr auto gradient_names = name_table<ThresholdGradient>(
    {{ThresholdGradient::detached, "detached"}, {ThresholdGradient::through, "through"}});

}  // namespace

std::string_view name_of(Trained trained) {
  return trained_names[trained];
}
Trained trained_from_name(std::string_view key, std::string_view name) {
  return trained_names.value(key, name);
}

std::string_view name_of(TangentLayers layers) {
  return layer_names[layers];
}
TangentLayers tangent_layers_from_name(std::string_view key, std::string_view name) {
  return layer_names.value(key, name);
}

std::string_view name_of(ThresholdGradient gradient) {
  return gradient_names[gradient];
}
ThresholdGradient threshold_gradient_from_name(std::string_view key, std::string_view name) {
  return gradient_names.value(key, name);
}

}  // namespace wideproof::model
