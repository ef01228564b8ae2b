// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/inputs_format.hpp>

#include <memory>
#include <sstream>
#include <utility>

#include <wideproof/app/experiment/toml_values.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

model::InputSpec read_input_set(TableReader table) {
  model::InputSpec spec;
  if (const auto name = table.string("source")) {
    spec.source = model::input_source_from_name(table.full_key("source"), *name);
  }
  const auto positive = [&](std::string_view name, std::int64_t& to) {
    const auto value = table.integer(name);
    // Zero means "not given" to InputSpec; given, it is out of range.
    if (value && *value < 1)
      throw model::InputError(table.full_key(name), *value, "must be at least 1");
    take(value, to);
  };
  positive("count", spec.count);
  if (spec.source == model::InputSpec::Source::circle && spec.count == 0) spec.count = 8;
  take(table.boolean("endpoint"), spec.endpoint);
  positive("dimension", spec.dimension);
  positive("clusters", spec.clusters);
  positive("per_class", spec.per_class);
  take(table.number("separation"), spec.separation);
  take(table.numbers("cosines"), spec.cosines);
  take(table.string("file"), spec.file);
  take(table.string("images"), spec.images);
  take(table.string("labels"), spec.labels);
  take(table.integers("classes"), spec.classes);
  take(table.seed("seed"), spec.seed);
  table.finish();
  return spec;
}

model::InputSpec read_inputs(TableReader table) {
  const auto normalize = table.boolean("normalize");
  std::shared_ptr<const model::InputSpec> second;
  if (table.holds("second") && table.table("second").holds("normalize"))
    throw model::InputError(table.full_key("second.normalize") +
                            ": inputs.normalize is for both sets; remove it");
  if (table.holds("second"))
    second = std::make_shared<const model::InputSpec>(read_input_set(table.table("second")));
  auto spec = read_input_set(std::move(table));
  take(normalize, spec.normalize);
  spec.second = std::move(second);
  return spec;
}

toml::table inputs_table(const model::InputSpec& spec) {
  toml::table table{{"source", name_of(spec.source)}};
  if (spec.count != 0) table.insert("count", spec.count);
  if (spec.endpoint) table.insert("endpoint", true);
  if (spec.dimension != 0) table.insert("dimension", spec.dimension);
  if (spec.clusters != 0) table.insert("clusters", spec.clusters);
  if (spec.separation != 0) table.insert("separation", spec.separation);
  if (spec.per_class != 0) table.insert("per_class", spec.per_class);
  if (!spec.cosines.empty()) table.insert("cosines", array_of(spec.cosines));
  if (!spec.file.empty()) table.insert("file", spec.file);
  if (!spec.images.empty()) table.insert("images", spec.images);
  if (!spec.labels.empty()) table.insert("labels", spec.labels);
  if (!spec.classes.empty()) table.insert("classes", array_of(spec.classes));
  if (spec.seed != 0) table.insert("seed", static_cast<std::int64_t>(spec.seed));
  if (!spec.normalize) table.insert("normalize", false);
  if (spec.second != nullptr) table.insert("second", inputs_table(*spec.second));
  return table;
}

model::TargetSpec read_targets(TableReader table) {
  model::TargetSpec spec;
  if (const auto name = table.string("source")) {
    spec.source = model::target_source_from_name(table.full_key("source"), *name);
  }
  take(table.string("file"), spec.file);
  take(table.string("test_file"), spec.test_file);
  take(table.boolean("center"), spec.center);
  take(table.integer("periods"), spec.periods);
  take(table.integer("hidden"), spec.hidden);
  take(table.seed("seed"), spec.seed);
  table.finish();
  return spec;
}

toml::table targets_table(const model::TargetSpec& spec) {
  using Source = model::TargetSpec::Source;
  toml::table table{{"source", name_of(spec.source)}, {"center", spec.center}};
  if (!spec.file.empty()) table.insert("file", spec.file);
  if (!spec.test_file.empty()) table.insert("test_file", spec.test_file);
  if (spec.source == Source::step) table.insert("periods", spec.periods);
  if (spec.source == Source::teacher) {
    table.insert("hidden", spec.hidden);
    table.insert("seed", static_cast<std::int64_t>(spec.seed));
  }
  return table;
}

bool targets_read(std::string_view source, std::string_view key) {
  using Source = model::TargetSpec::Source;
  const auto which = model::target_source_from_name("targets.source", source);
  if (key == "file" || key == "test_file") return which == Source::csv || which == Source::npy;
  if (key == "periods") return which == Source::step;
  if (key == "hidden" || key == "seed") return which == Source::teacher;
  return true;
}

std::string text_of(const toml::table& table) {
  std::ostringstream text;
  text << table << '\n';
  return std::move(text).str();
}

}  // namespace wideproof::app
