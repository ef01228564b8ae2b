// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/kernel_row.hpp>

#include <algorithm>
#include <cmath>

namespace wideproof::report {

bool is_on_a_circle(const GramStudy& study) {
  return study.experiment.inputs().source == model::InputSpec::Source::circle &&
         study.experiment.inputs().second == nullptr && study.inputs() >= 2;
}

KernelRow kernel_row(const GramStudy& study, const std::vector<compare::LayerComparison>& estimates,
                     std::size_t layer) {
  const compare::MatrixComparison& gram = estimates[layer].gram;
  const auto curve = std::find_if(study.curves.kernel.begin(), study.curves.kernel.end(),
                                  [layer](const model::TheoryCurve& candidate) {
                                    return candidate.layer == static_cast<std::int64_t>(layer) + 1;
                                  });
  const bool has_curve = curve != study.curves.kernel.end();
  KernelRow row;
  if (has_curve) {
    row.predicted_angle = curve->x;
    row.predicted = curve->y;
  }
  const Eigen::Index steps = study.inputs() - (study.experiment.inputs().endpoint ? 1 : 0);
  for (Eigen::Index b = 0; 2 * b <= steps; ++b) {
    const double angle = 360.0 * static_cast<double>(b) / static_cast<double>(steps);
    if (!has_curve) {
      row.predicted_angle.push_back(angle);
      row.predicted.push_back(gram.predicted(0, b));
    }
    const double value = gram.estimate.value(0, b);
    const double error = gram.estimate.standard_error(0, b);
    if (!std::isfinite(value) || !std::isfinite(error) ||
        !estimates[layer].has_limit({compare::Quantity::gram, 0, b}))
      continue;
    row.angle.push_back(angle);
    row.measured.push_back(value);
    row.error.push_back(error);
  }
  return row;
}

}  // namespace wideproof::report
