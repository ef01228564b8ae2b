// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/joint_layers.hpp>

#include <utility>

namespace wideproof::compare {

JointLayers::JointLayers(std::size_t depth) : holds_(depth, depth <= most) {
  if (depth <= most) return;
  for (std::size_t i = 0; i < most; ++i)
    holds_[(i * (depth - 1) + (most - 1) / 2) / (most - 1)] = true;
}

std::vector<ClassColumn> JointLayers::select(std::vector<ClassColumn> columns) const {
  std::erase_if(columns, [this](const ClassColumn& column) { return !holds(column.layer); });
  return columns;
}

std::vector<std::vector<ClassColumn>> in_runs_of_layers(const std::vector<ClassColumn>& columns) {
  std::vector<std::vector<ClassColumn>> runs;
  for (const ClassColumn& column : columns) {
    if (runs.empty() ||
        column.layer / JointLayers::most != runs.back().front().layer / JointLayers::most)
      runs.emplace_back();
    runs.back().push_back(column);
  }
  return runs;
}

}  // namespace wideproof::compare
