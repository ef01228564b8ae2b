// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/compare/widths/class_columns.hpp>

namespace wideproof::compare {

/// The layers that joint tests look at: all, or in deeper networks `most` of them, spread evenly
/// with the first and the last among them.
///
/// The cost of a joint test grows with the third power of its numbers, and the means of
/// neighbouring layers all but repeat each other, so that more layers would tell little more. Which
/// ones is fixed by the depth alone. Claims of single entries and of slopes look at every layer.
class JointLayers {
 public:
  static constexpr std::size_t most = 20;

  /// `depth` layers, numbered from 0.
  explicit JointLayers(std::size_t depth);

  std::size_t depth() const { return holds_.size(); }
  std::size_t count() const { return depth() < most ? depth() : most; }
  bool holds(std::size_t layer) const { return holds_[layer]; }
  /// The columns of these layers.
  std::vector<ClassColumn> select(std::vector<ClassColumn> columns) const;

 private:
  std::vector<bool> holds_;
};

/// The columns in runs of whole layers, as many layers as are looked at jointly, so that what is
/// computed run by run costs in proportion to the depth. `columns` by layer.
std::vector<std::vector<ClassColumn>> in_runs_of_layers(const std::vector<ClassColumn>& columns);

}  // namespace wideproof::compare
