// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/input_spec.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/renamed_keys.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

using Source = InputSpec::Source;

constexpr auto sources = name_table<Source>({
    {Source::circle, "circle"},
    {Source::cosines, "cosines"},
    {Source::gaussian, "gaussian"},
    {Source::mixture, "mixture"},
    {Source::csv, "csv"},
    {Source::npy, "npy"},
    {Source::idx, "idx"},
});

template <class Value>
std::string shown(const Value& value) {
  return fmt::format("{}", value);
}
std::string shown(const std::string& text) {
  return in_quotes(text);
}
template <class Value>
std::string shown(const std::vector<Value>& list) {
  const auto end =
      list.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(list.size(), 8));
  return fmt::format("[{}{}]", fmt::join(list.begin(), end, ", "),
                     end == list.end() ? "" : ", ...");
}

template <class Value>
void require_read(Source source, std::string_view key, const Value& value,
                  std::initializer_list<Source> readers) {
  const bool given = value != Value{};
  if (!given || std::find(readers.begin(), readers.end(), source) != readers.end()) return;
  throw InputError(key, shown(value),
                   fmt::format("source \"{}\" does not read it; remove it", name_of(source)));
}

void require_file(Source source, std::string_view key, const std::string& path) {
  if (!path.empty()) return;
  throw InputError(key, in_quotes(path),
                   fmt::format("source \"{}\" needs the name of a file", name_of(source)));
}

void validate_idx(const InputSpec& spec) {
  require_file(spec.source, "inputs.images", spec.images);
  if (spec.count != 0) require_between("inputs.count", spec.count, 1, largest_input_count);
  if (spec.per_class != 0) {
    require_between("inputs.per_class", spec.per_class, 1, largest_input_count);
    if (spec.count != 0) {
      throw InputError("inputs.per_class", spec.per_class,
                       fmt::format("excludes inputs.count, which is {}", spec.count));
    }
  }
  if (spec.labels.empty() && !spec.classes.empty()) {
    throw InputError("inputs.classes", shown(spec.classes), "needs inputs.labels");
  }
  if (spec.labels.empty() && spec.per_class != 0) {
    throw InputError("inputs.per_class", spec.per_class, "needs inputs.labels");
  }
  auto sorted = spec.classes;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) {
    throw InputError("inputs.classes", shown(spec.classes),
                     fmt::format("must not name a class twice, as it does {}", *twice));
  }
}

}  // namespace

void InputSpec::validate() const {
  if (second != nullptr) {
    if (second->second != nullptr)
      throw InputError("inputs.second.second: there are two sets at most");
    read_as("inputs.second", [&] { second->validate(); });
  }
  require_read(source, "inputs.count", count,
               {Source::circle, Source::gaussian, Source::mixture, Source::idx});
  require_read(source, "inputs.endpoint", endpoint, {Source::circle});
  require_read(source, "inputs.dimension", dimension, {Source::gaussian, Source::mixture});
  require_read(source, "inputs.clusters", clusters, {Source::mixture});
  require_read(source, "inputs.separation", separation, {Source::mixture});
  require_read(source, "inputs.cosines", cosines, {Source::cosines});
  require_read(source, "inputs.file", file, {Source::csv, Source::npy});
  require_read(source, "inputs.images", images, {Source::idx});
  require_read(source, "inputs.labels", labels, {Source::idx});
  require_read(source, "inputs.classes", classes, {Source::idx});
  require_read(source, "inputs.per_class", per_class, {Source::idx});
  require_read(source, "inputs.seed", seed, {Source::gaussian, Source::mixture, Source::idx});
  switch (source) {
    case Source::circle:
      check_circle(count, endpoint);
      break;
    case Source::cosines:
      check_cosines(cosines);
      break;
    case Source::gaussian:
      check_gaussian(count, dimension);
      break;
    case Source::mixture:
      check_mixture(count, dimension, clusters, separation);
      break;
    case Source::csv:
    case Source::npy:
      require_file(source, "inputs.file", file);
      break;
    case Source::idx:
      validate_idx(*this);
      break;
  }
}

std::string_view name_of(Source source) {
  return sources[source];
}

Source input_source_from_name(std::string_view key, std::string_view name) {
  return sources.value(key, name);
}

}  // namespace wideproof::model
