// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/sweep_numbers.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>

#include <wideproof/compare/generalization/grouped_errors.hpp>

namespace wideproof::compare {
namespace {

/// Errors by their place in the group as errors by the number of the draw.
std::vector<double> by_draw(const GroupedErrors& group, const std::vector<double>& errors) {
  std::int64_t draws = 0;
  for (const DrawErrors& at : group.draws) draws = std::max(draws, at.draw + 1);
  std::vector<double> placed(static_cast<std::size_t>(draws),
                             std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < errors.size(); ++i)
    placed[static_cast<std::size_t>(group.draws[i].draw)] = errors[i];
  return placed;
}

std::vector<double> numbers_by_draw(const std::vector<GroupedErrors>& groups,
                                    std::int64_t training_points, std::int64_t width) {
  const auto group = std::find_if(groups.begin(), groups.end(), [&](const GroupedErrors& one) {
    return one.training_points == training_points;
  });
  if (group == groups.end()) return {};
  return by_draw(*group, width == 0 ? kernel_errors(*group, ErrorKind::pool)
                                    : network_errors(*group, width, ErrorKind::pool));
}

}  // namespace

SharedQuantity error_quantity() {
  static const SharedQuantity error = std::make_shared<const SweepQuantity>(SweepQuantity{
      .name = "error",
      .plural = "errors",
      .indefinite = "an error",
      .label = "mean squared error",
      .map_label = "mean squared error",
      .table_note = "Errors are those with the most training points of each point, over the pool.",
      .column_unit = "squared targets",
      .without_width = {.brief = "kernel", .in_words = "the kernel", .column = "kernel regression"},
      .scale = SweepQuantity::Scale::logarithmic,
      .is_least_best = true,
      .has_draws = true});
  return error;
}

std::vector<SweepNumber> error_numbers(const GeneralizationAssessment& assessment,
                                       const model::GeneralizationMeasurement& measurement) {
  const std::vector<GroupedErrors> groups = group_errors(measurement);
  std::vector<SweepNumber> numbers;
  for (const LearningPoint& at : assessment.points) {
    const auto add = [&](std::int64_t width, const MeanError& error) {
      numbers.push_back({error_quantity(), at.training_points, width, error.mean, error.low,
                         error.high, at.predicted.mean,
                         numbers_by_draw(groups, at.training_points, width)});
    };
    add(0, at.kernel.pool);
    for (const NetworkErrors& networks : at.networks) add(networks.width, networks.error.pool);
  }
  return numbers;
}

std::vector<SweepNumber> planned_error_numbers(const std::vector<std::int64_t>& training_points,
                                               const std::vector<std::int64_t>& widths) {
  std::vector<SweepNumber> numbers;
  for (const std::int64_t points : training_points) {
    numbers.push_back({.quantity = error_quantity(), .training_points = points});
    for (const std::int64_t width : widths)
      numbers.push_back({.quantity = error_quantity(), .training_points = points, .width = width});
  }
  return numbers;
}

bool is_judged(const GeneralizationAssessment& assessment) {
  return !assessment.claims.empty();
}

}  // namespace wideproof::compare
