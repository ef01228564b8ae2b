// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/generalization_tables.hpp>

#include <utility>

#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/experiment/toml_values.hpp>

namespace wideproof::app {
namespace {

model::RegressionSpec read_regression(TableReader table) {
  model::RegressionSpec spec;
  take(table.integers("training_points"), spec.training_points);
  take(table.integer("pool_ratio"), spec.pool_ratio);
  if (const auto name = table.string("split")) {
    spec.split = model::split_from_name(table.full_key("split"), *name);
  }
  if (spec.split == model::RegressionSpec::Split::alternate) spec.draws = 1;
  take(table.integer("draws"), spec.draws);
  spec.predicted_draws = table.integer("predicted_draws");
  take(table.number("ridge"), spec.ridge);
  table.finish();
  return spec;
}

toml::table table_of(const model::RegressionSpec& spec) {
  toml::table table{{"training_points", array_of(spec.training_points)},
                    {"pool_ratio", spec.pool_ratio},
                    {"split", name_of(spec.split)},
                    {"draws", spec.draws},
                    {"ridge", spec.ridge}};
  if (spec.predicted_draws) table.insert("predicted_draws", *spec.predicted_draws);
  return table;
}

}  // namespace

std::shared_ptr<const model::GeneralizationSpec> read_generalization(TableReader& file) {
  auto regression = read_regression(file.table("generalization"));
  return std::make_shared<model::GeneralizationSpec>(std::move(regression),
                                                     read_targets(file.table("targets")));
}

toml::table write_generalization(const model::GeneralizationSpec& spec) {
  return toml::table{{"generalization", table_of(spec.regression)},
                     {"targets", targets_table(spec.targets)}};
}

}  // namespace wideproof::app
