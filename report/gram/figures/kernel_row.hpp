// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// The Gram of one layer for two inputs on a circle against the angle between them, in degrees.
struct KernelRow {
  std::vector<double> predicted_angle;
  std::vector<double> predicted;
  std::vector<double> angle;  ///< of those that are finite
  std::vector<double> measured;
  std::vector<double> error;  ///< standard errors
};

/// Whether the inputs lie on a circle, two of them at least.
bool is_on_a_circle(const GramStudy& study);

/// Of a layer, from 0, with the theory's curve between the inputs where there is one. `estimates`
/// are the study's best.
KernelRow kernel_row(const GramStudy& study, const std::vector<compare::LayerComparison>& estimates,
                     std::size_t layer);

}  // namespace wideproof::report
