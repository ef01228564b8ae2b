// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_spec.hpp>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>
#include <wideproof/app/experiment/setting.hpp>
#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/app/experiment/toml_leaves.hpp>
#include <wideproof/app/experiment/toml_text.hpp>
#include <wideproof/app/experiment/unread_keys.hpp>
#include <wideproof/app/files/read_text.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/sweep/claims_table.hpp>
#include <wideproof/app/sweep/point_refusal.hpp>
#include <wideproof/app/sweep/sweep_table.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

using model::InputError;
using Row = std::vector<const toml::node*>;
using Folder = std::filesystem::path;

/// The file with its settings, and the sweep's keys in the order in which they were first named.
struct Source {
  toml::table root;
  std::vector<KeyPath> swept;
  std::vector<std::string> notes;
};

/// What a source holds beside the keys that its points share.
struct SweepParts {
  toml::table sweep;                  ///< [sweep]
  std::optional<toml::table> claims;  ///< the file's, as a table with nothing else
};

void note_swept(Source& source) {
  const auto* sweep = source.root.get_as<toml::table>("sweep");
  if (sweep == nullptr) return;
  for (const auto& leaf : leaves_of(*sweep)) {
    const auto known = std::find(source.swept.begin(), source.swept.end(), leaf.path);
    if (known == source.swept.end()) source.swept.push_back(leaf.path);
  }
}

Source read_source(const std::string& text, const std::string& name,
                   const std::vector<std::string>& settings, const Folder& folder) {
  Source source{parse_toml(text, name), {}, {}};
  note_swept(source);
  for (const auto& setting : settings) {
    auto leaves = setting_table(setting);
    take_paths_from(folder, leaves, "");
    put_setting_over(source.root, std::move(leaves), source.notes);
    note_swept(source);
  }
  // What a later setting replaced.
  const auto* sweep = source.root.get_as<toml::table>("sweep");
  std::erase_if(source.swept, [&](const KeyPath& path) {
    return sweep == nullptr || find(*sweep, path) == nullptr;
  });
  return source;
}

/// Takes them out of a root that has a [sweep].
SweepParts take_parts(toml::table& root) {
  SweepParts parts{std::move(*root.get_as<toml::table>("sweep")), std::nullopt};
  root.erase("sweep");
  if (auto* node = root.get("claims")) parts.claims.emplace(toml::table{{"claims", *node}});
  root.erase("claims");
  return parts;
}

/// Refuses settings that every point would put its own value over.
void require_not_swept(const std::vector<std::string>& settings, const SweepTable& sweep) {
  for (const auto& setting : settings) {
    const auto table = setting_table(setting);
    for (const auto& leaf : leaves_of(table)) {
      for (const auto& key : sweep.keys) {
        if (!is_or_holds(key, leaf.path)) continue;
        throw InputError(
            "--set " + key_of(leaf.path), toml_text(*leaf.value),
            fmt::format("the file sweeps {}", key_of(key)) +
                (sweep.lists.empty() ? std::string()
                                     : fmt::format("; set sweep.{} to a list", key_of(key))));
      }
    }
  }
}

/// Refuses a value where the swept key needs a table.
void require_tables(TableReader reader, const KeyPath& path, std::size_t depth = 0) {
  if (depth + 1 < path.size()) require_tables(reader.table(path[depth]), path, depth + 1);
}

SweepValue value_of(const toml::node& node) {
  return {shown_text(node), node.is_number() ? node.value<double>() : std::nullopt};
}

void put_row_over(toml::table& root, const std::vector<KeyPath>& keys, const Row& row) {
  for (std::size_t i = 0; i < keys.size(); ++i) put_over(root, table_with(keys[i], *row[i]));
}

/// Drops what a point's own choices, put over `root` already, do not read. What the file says stays
/// in common_part(), for the points that read it.
void drop_unread_by_point(toml::table& root, const std::vector<KeyPath>& keys, const Row& row,
                          std::vector<std::string>& notes) {
  for (std::size_t i = 0; i < keys.size(); ++i)
    for (auto& note : drop_unread_keys(root, table_with(keys[i], *row[i])))
      if (std::find(notes.begin(), notes.end(), note) == notes.end())
        notes.push_back(std::move(note));
}

/// `root` with the keys that all points turned out to have in common, and without those that the
/// sweep sets: nothing is left to a default, nor fixed that follows from a point's own keys.
toml::table common_part(const toml::table& root, const SweepTable& sweep,
                        const std::vector<SweepExperiment>& points, const Folder& folder) {
  toml::table common = parse_toml(to_toml(points.front().experiment, folder), "");
  for (const auto& point : points) {
    const auto other = parse_toml(to_toml(point.experiment, folder), "");
    for (const auto& leaf : leaves_of(common)) {
      const auto* value = find(other, leaf.path);
      const bool is_common = value != nullptr && toml_text(*value) == toml_text(*leaf.value);
      if (!is_common) erase(common, leaf.path);
    }
  }
  toml::table part = root;
  put_row_over(part, sweep.keys, sweep.rows.front());  // so that they displace what they displace
  for (const auto& leaf : leaves_of(common)) {
    if (find(part, leaf.path) == nullptr) put_over(part, table_with(leaf.path, *leaf.value));
  }
  for (const auto& key : sweep.keys) erase(part, key);
  return part;
}

std::string text_of(const toml::table& common, const SweepTable& sweep,
                    const std::optional<toml::table>& claims) {
  std::ostringstream text;
  text << common << "\n\n";
  const auto write = [&](std::size_t key, const toml::node& value) {
    text << key_of(sweep.keys[key]) << " = " << toml_text(value) << '\n';
  };
  if (!sweep.lists.empty()) {
    text << "[sweep]\n";
    for (std::size_t i = 0; i < sweep.keys.size(); ++i) write(i, *sweep.lists[i]);
  } else {
    for (const auto& row : sweep.rows) {
      text << "[[sweep.points]]\n";
      for (std::size_t i = 0; i < row.size(); ++i) write(i, *row[i]);
    }
  }
  if (claims) text << "\n" << *claims << "\n";
  return std::move(text).str();
}

/// The sweep before it is run: of its points' numbers only what is going to be measured.
compare::SweepResult plan_of(const SweepSpec& sweep) {
  compare::SweepResult plan;
  plan.keys = sweep.keys;
  for (const auto& point : sweep.points) {
    plan.points.emplace_back();
    auto& planned = plan.points.back();
    for (const auto& value : point.values) planned.values.push_back(value.text);
    auto claimable = kind_of(point.experiment).claimable(point.experiment);
    planned.numbers = std::move(claimable.numbers);
    planned.missing = std::move(claimable.missing);
  }
  return plan;
}

/// Refuses claims said to be exact of points whose data is drawn at random.
void require_certain(const SweepSpec& sweep, const compare::SweepResult& plan) {
  for (std::size_t i = 0; i < sweep.claims.size(); ++i) {
    const auto& claim = sweep.claims[i];
    if (!claim.exact) continue;
    auto involved = compare::points_with(plan, claim.at);
    if (claim.kind != compare::SweepClaim::Kind::value) {
      for (const auto point : compare::points_with(plan, claim.over)) involved.push_back(point);
    }
    for (const auto point : involved) {
      const auto& experiment = sweep.points[point].experiment;
      const auto needed = kind_of(experiment).claimable(experiment).needed_for_exact;
      if (needed.empty()) continue;
      throw InputError(fmt::format("claims[{}].exact", i), true,
                       fmt::format("needs {} at the point {}, whose draws of data differ by chance",
                                   needed, compare::name_of(plan, point)));
    }
  }
}

/// Reads `table`'s claims, and refuses those that cannot be tested on the sweep's points.
void take_claims(const toml::table& table, SweepSpec& sweep) {
  const auto& first = sweep.points.front().experiment;
  if (kind_of(first).claimable(first).numbers.empty()) {
    throw InputError(fmt::format("claims: sweeps of study.kind = {} have no draws to test them on",
                                 model::in_quotes(first.kind().name())));
  }
  sweep.claims = read_claims(*table.get("claims"), sweep.keys);
  const auto plan = plan_of(sweep);
  compare::check(sweep.claims, plan);
  require_certain(sweep, plan);
}

}  // namespace

std::optional<SweepSpec> parse_sweep(const std::string& text, const std::string& source,
                                     const std::vector<std::string>& settings,
                                     const Folder& folder) {
  auto [root, swept, notes] = read_source(text, source, settings, folder);
  if (!root.contains("sweep")) {
    if (root.contains("claims")) throw InputError("claims: need a [sweep], whose points they name");
    return std::nullopt;
  }
  TableReader(root, "").table("sweep");  // refuses what is none
  const auto parts = take_parts(root);
  const SweepTable table = read_sweep_table(parts.sweep, swept);
  require_not_swept(settings, table);
  for (const auto& key : table.keys) require_tables(TableReader(root, ""), key);

  SweepSpec sweep;
  sweep.notes = std::move(notes);
  for (const auto& key : table.keys) sweep.keys.push_back(key_of(key));
  const std::size_t digits = std::max<std::size_t>(2, fmt::formatted_size("{}", table.rows.size()));
  const auto experiment_at = [&](const Row& row) {
    toml::table own = root;
    put_row_over(own, table.keys, row);
    drop_unread_by_point(own, table.keys, row, sweep.notes);
    take_paths_from("", own, folder);
    return experiment_of(own);
  };
  for (const auto& row : table.rows) {
    const std::size_t number = sweep.points.size() + 1;
    std::vector<SweepValue> values;
    for (const auto* value : row) values.push_back(value_of(*value));
    try {
      sweep.points.push_back(
          {fmt::format("points/{:0{}}", number, digits), values, experiment_at(row)});
    } catch (const InputError& error) {
      throw InputError(point_refusal(
          number - 1, sweep.keys,
          fmt::format("point {} ({})", number, point_text(sweep.keys, values)), error.what(),
          [&] { return refusal_of([&] { experiment_at(table.rows.back()); }); }));
    }
  }
  sweep.folder = folder;
  sweep.resolved = text_of(common_part(root, table, sweep.points, folder), table, parts.claims);
  if (parts.claims) take_claims(*parts.claims, sweep);
  return sweep;
}

std::string resolved_in(const SweepSpec& sweep, const Folder& folder) {
  auto [root, swept, unsaid] = read_source(sweep.resolved, "sweep", {}, {});
  take_paths_from(folder, root, sweep.folder);
  const auto parts = take_parts(root);
  return text_of(root, read_sweep_table(parts.sweep, swept), parts.claims);
}

std::optional<SweepSpec> read_sweep(const std::string& path,
                                    const std::vector<std::string>& settings) {
  return parse_sweep(read_text(path), path, settings, folder_of_source(path));
}

std::string point_text(const std::vector<std::string>& keys,
                       const std::vector<SweepValue>& values) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    parts.push_back(fmt::format("{} = {}", keys[i], values[i].text));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string name_of(const SweepSpec& sweep, const SweepExperiment& point) {
  return fmt::format("{} ({})", point.folder, point_text(sweep.keys, point.values));
}

}  // namespace wideproof::app
