// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_difference.hpp>

#include <map>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/toml_leaves.hpp>
#include <wideproof/app/experiment/toml_text.hpp>

namespace wideproof::app {
namespace {

using Values = std::map<std::string, std::string>;

Values values_of(const std::string& resolved) {
  Values values;
  const auto table = parse_toml(sampled_part(resolved), "experiment");
  for (const auto& [path, value] : leaves_of(table)) values[key_of(path)] = toml_text(*value);
  return values;
}

std::string value_in(const Values& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? std::string("nothing") : found->second;
}

}  // namespace

std::vector<KeyDifference> differences_between(const std::string& before, const std::string& now) {
  const Values then_values = values_of(before);
  const Values now_values = values_of(now);
  Values keys = then_values;
  keys.insert(now_values.begin(), now_values.end());
  std::vector<KeyDifference> differences;
  for (const auto& [key, any] : keys) {
    KeyDifference difference{key, value_in(then_values, key), value_in(now_values, key)};
    if (difference.before != difference.now) differences.push_back(std::move(difference));
  }
  return differences;
}

}  // namespace wideproof::app
