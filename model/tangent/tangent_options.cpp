// SPDX-License-Identifier: MIT
#include <wideproof/model/tangent/tangent_options.hpp>

#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

constexpr auto layer_names =
    name_table<TangentLayers>({{TangentLayers::all, "all"}, {TangentLayers::output, "output"}});

}  // namespace

std::string_view name_of(TangentLayers layers) {
  return layer_names[layers];
}
TangentLayers tangent_layers_from_name(std::string_view key, std::string_view name) {
  return layer_names.value(key, name);
}

}  // namespace wideproof::model
