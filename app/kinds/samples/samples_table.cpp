// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/samples_table.hpp>

#include <wideproof/app/experiment/toml_values.hpp>

namespace wideproof::app {

std::shared_ptr<const model::SamplesSpec> read_samples(TableReader& file) {
  TableReader table = file.table("samples");
  auto spec = std::make_shared<model::SamplesSpec>();
  take(table.string("path"), spec->path);
  take(table.boolean("activations"), spec->activations);
  take(table.string("against"), spec->against);
  take(table.string("experiment"), spec->experiment_file);
  table.finish();
  return spec;
}

toml::table write_samples(const model::SamplesSpec& spec) {
  toml::table table{{"path", spec.path}, {"activations", spec.activations}};
  if (!spec.against.empty()) table.insert("against", spec.against);
  if (!spec.experiment_file.empty()) table.insert("experiment", spec.experiment_file);
  return toml::table{{"samples", std::move(table)}};
}

}  // namespace wideproof::app
