// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/app/experiment/toml_leaves.hpp>

namespace wideproof::app {

/// Points of a sweep, at most.
inline constexpr std::size_t most_sweep_points = 10'000;

/// What an experiment file's [sweep] says: lists of values whose cartesian product is meant, or the
/// points one by one.
///
///   [sweep]                                       [[sweep.points]]
///   network.active_fraction = [0.05, 0.1]         network.active_fraction = 0.05
///   network.depth = [3, 9]                        network.depth = 3
struct SweepTable {
  std::vector<KeyPath> keys;
  std::vector<const toml::array*> lists;  ///< one a key; empty where points are given one by one
  /// A value a key for each point; the first key changes slowest. They lie in the table read.
  std::vector<std::vector<const toml::node*>> rows;
};

/// Reads [sweep]; `sweep` must outlive what is returned. `keys`: those of the lists, in the order
/// that they are to have; points one by one have that of the first. Throws model::InputError naming
/// the key for what is no list, an empty one, a value or point given twice, more than 10,000
/// points, points with different keys, both forms at once, and keys that no sweep may change.
SweepTable read_sweep_table(const toml::table& sweep, const std::vector<KeyPath>& keys);

}  // namespace wideproof::app
