// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/tangent_table.hpp>

namespace wideproof::app {

model::TangentOptions read_tangent(TableReader& file) {
  TableReader table = file.table("tangent");
  model::TangentOptions options;
  if (const auto name = table.string("trained"))
    options.trained = model::trained_from_name(table.full_key("trained"), *name);
  if (const auto name = table.string("layers"))
    options.layers = model::tangent_layers_from_name(table.full_key("layers"), *name);
  if (const auto name = table.string("threshold_gradient"))
    options.threshold_gradient =
        model::threshold_gradient_from_name(table.full_key("threshold_gradient"), *name);
  table.finish();
  return options;
}

toml::table write_tangent(const model::TangentOptions& options) {
  return toml::table{
      {"tangent", toml::table{{"trained", name_of(options.trained)},
                              {"layers", name_of(options.layers)},
                              {"threshold_gradient", name_of(options.threshold_gradient)}}}};
}

}  // namespace wideproof::app
