// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/measured_map.hpp>

#include <cmath>
#include <limits>

namespace wideproof::report {
namespace {

bool is_finite(const KernelCorrelation& correlation) {
  return std::isfinite(correlation.value) && std::isfinite(correlation.error);
}

}  // namespace

KernelCorrelation kernel_correlation(const GramStudy& study, std::int64_t layer, Eigen::Index a,
                                     Eigen::Index b) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (layer == 1) {
    const Eigen::MatrixXd& inputs = study.theory.layers.front().preactivation;
    return {inputs(a, b) / std::sqrt(inputs(a, a) * inputs(b, b)), 0.0};
  }
  const std::size_t widest = study.measurement.size() - study.depth();
  const auto& measured = study.measurement[widest + static_cast<std::size_t>(layer) - 2];
  const model::SampleMoments& moments = measured.next_correlation;
  if (moments.mean.size() == 0) return {nan, nan};
  return {moments.mean(a, b), moments.standard_error(measured.next_correlation_replicates())(a, b)};
}

std::vector<compare::Entry> one_pair_a_class(const model::EntryClasses& classes) {
  std::vector<compare::Entry> pairs;
  std::vector<bool> seen(static_cast<std::size_t>(classes.count()), false);
  for (Eigen::Index a = 0; a < classes.inputs(); ++a) {
    for (Eigen::Index b = a + 1; b < classes.inputs(); ++b) {
      const auto label = static_cast<std::size_t>(classes.labels()(a, b));
      if (seen[label]) continue;
      seen[label] = true;
      pairs.push_back({compare::Quantity::correlation, a, b});
    }
  }
  return pairs;
}

std::vector<MappedCorrelation> measured_map(const GramStudy& study, std::int64_t from) {
  std::vector<MappedCorrelation> points;
  for (const compare::Entry& pair : one_pair_a_class(study.series.classes)) {
    const MappedCorrelation point{kernel_correlation(study, from, pair.row, pair.column),
                                  kernel_correlation(study, from + 1, pair.row, pair.column)};
    if (is_finite(point.c) && is_finite(point.next)) points.push_back(point);
  }
  return points;
}

}  // namespace wideproof::report
