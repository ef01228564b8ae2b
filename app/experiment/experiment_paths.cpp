// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_paths.hpp>

#include <algorithm>
#include <string_view>
#include <system_error>

#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/experiment/toml_leaves.hpp>

namespace wideproof::app {
namespace {

namespace fs = std::filesystem;

/// Without links in it; as far as it is there.
fs::path physical(const fs::path& folder) {
  std::error_code ignored;
  return fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder, ignored), ignored);
}

/// Whether a name in it is left again: where that name is a link, ".." leads elsewhere.
bool turns_back(const fs::path& path) {
  const auto is_up = [](const fs::path& part) { return part == ".."; };
  const auto first_name = std::find_if_not(path.begin(), path.end(), is_up);
  return std::find_if(first_name, path.end(), is_up) != path.end();
}

/// From `to`, where neither need be named from the working directory.
std::string between_folders(const fs::path& to, const fs::path& path, const fs::path& from) {
  const auto whole = physical(from) / path;
  const auto target = turns_back(path) ? physical(whole) : whole.lexically_normal();
  return target.lexically_relative(physical(to)).string();
}

/// From the working directory, as short as it names the same file.
std::string joined(const fs::path& from, const fs::path& path) {
  const auto whole = from / path;
  const auto shorter = whole.lexically_normal();
  return (physical(whole) == physical(shorter) ? shorter : whole).string();
}

std::vector<std::string> keys_of_paths() {
  std::vector<std::string> keys = {
      "inputs.file",          "inputs.images",        "inputs.labels",     "inputs.second.file",
      "inputs.second.images", "inputs.second.labels", "compare.prediction"};
  for (const auto* kind : kind_formats())
    for (const auto key : kind->paths()) keys.emplace_back(key);
  return keys;
}

/// Calls visit(text) for each string whose key ends as one of `keys`.
template <class Visit>
void for_each_path(toml::node& node, const std::string& key, const std::vector<std::string>& keys,
                   const Visit& visit) {
  if (auto* table = node.as_table()) {
    for (auto&& [name, below] : *table)
      for_each_path(below, key + "." + key_of({std::string(name.str())}), keys, visit);
  } else if (auto* list = node.as_array()) {
    for (auto& item : *list) for_each_path(item, key, keys, visit);
  } else if (auto* text = node.as_string()) {
    const bool is_path = std::any_of(keys.begin(), keys.end(),
                                     [&](const auto& one) { return key.ends_with("." + one); });
    if (is_path) visit(text->get());
  }
}

}  // namespace

std::string path_from(const fs::path& to, const std::string& path, const fs::path& from) {
  if (path.empty() || fs::path(path).is_absolute() || to == from) return path;
  // What is not absolute stays so: it moves with its folder.
  return to.empty() && from.is_relative() ? joined(from, path) : between_folders(to, path, from);
}

void take_paths_from(const fs::path& to, toml::table& table, const fs::path& from) {
  if (to == from) return;
  for_each_path(table, "", keys_of_paths(), [&](std::string& path) {
    if (path != "theory") path = path_from(to, path, from);
  });
}

std::vector<model::ReadFile> files_from(const fs::path& folder,
                                        std::vector<model::ReadFile> files) {
  for (auto& file : files) file.path = path_from(folder, file.path, "");
  return files;
}

}  // namespace wideproof::app
