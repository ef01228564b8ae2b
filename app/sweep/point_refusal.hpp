// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

/// What is said where `message` refuses point number `point` of a sweep of these `keys`:
///
///   sweep, points/02 (network.depth = 0): network.depth = 0: must lie in [1, 1000]
///
/// and the message alone where the sweep has no part in it: it names no swept key, and the first
/// and the last point, which differ in every key that has two values, are refused in the same
/// words. `of_last_point` is asked for the last one's only where that decides; empty where that
/// point is not refused. `name` of the point: "points/02 (network.depth = 0)".
std::string point_refusal(std::size_t point, const std::vector<std::string>& keys,
                          const std::string& name, const std::string& message,
                          const std::function<std::string()>& of_last_point);

/// What model::InputError `use()` throws says; empty where it throws none.
template <class Use>
std::string refusal_of(Use use) {
  try {
    use();
  } catch (const model::InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace wideproof::app
