// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace wideproof::app {

/// A key whose value is not the same in two experiments.
struct KeyDifference {
  std::string key;     ///< dotted
  std::string before;  ///< its value as TOML has it, or "nothing"
  std::string now;
};

/// Of the resolved texts of two experiments, in the order of the keys; operational keys, those that
/// sampled_part() leaves out, may differ. Throws model::InputError where one is not TOML.
std::vector<KeyDifference> differences_between(const std::string& before, const std::string& now);

}  // namespace wideproof::app
