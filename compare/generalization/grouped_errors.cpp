// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/grouped_errors.hpp>

#include <cmath>
#include <limits>
#include <set>

namespace wideproof::compare {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double or_nan(double error) {
  return std::isfinite(error) && error >= 0.0 ? error : nan;
}

model::RegressionError or_nan(const model::RegressionError& error) {
  return {or_nan(error.pool), or_nan(error.training), or_nan(error.unseen)};
}

}  // namespace

std::vector<GroupedErrors> group_errors(const model::GeneralizationMeasurement& measurement) {
  std::map<std::int64_t, std::map<std::int64_t, DrawErrors>> draws;
  std::map<std::int64_t, GroupedErrors> groups;
  for (const model::DrawnRegression& regression : measurement.draws) {
    GroupedErrors& group = groups[regression.training_points];
    group.training_points = regression.training_points;
    group.pool = regression.pool;
    DrawErrors& at = draws[regression.training_points][regression.draw];
    at.draw = regression.draw;
    at.kernel = or_nan(regression.kernel);
    at.predicted = regression.predicted ? or_nan(regression.predicted->error) : nan;
    group.unusable += std::isnan(at.kernel.pool) ? 1 : 0;
    group.unusable += regression.predicted && std::isnan(at.predicted) ? 1 : 0;
  }
  std::map<std::int64_t, std::set<std::int64_t>> widths;
  for (const model::NetworkRegression& regression : measurement.networks) {
    const auto group = draws.find(regression.training_points);
    if (group == draws.end() || group->second.count(regression.draw) == 0) continue;
    widths[regression.training_points].insert(regression.width);
    const model::RegressionError error = or_nan(regression.error);
    if (std::isnan(error.pool)) {
      ++groups[regression.training_points].unusable;
      continue;
    }
    group->second[regression.draw].networks[regression.width].push_back(error);
  }
  std::vector<GroupedErrors> result;
  for (auto& [points, group] : groups) {
    for (auto& [draw, at] : draws[points]) group.draws.push_back(std::move(at));
    group.widths.assign(widths[points].begin(), widths[points].end());
    result.push_back(std::move(group));
  }
  return result;
}

double error_of(const model::RegressionError& error, ErrorKind kind) {
  if (kind == ErrorKind::pool) return error.pool;
  return kind == ErrorKind::training ? error.training : error.unseen;
}

std::vector<double> kernel_errors(const GroupedErrors& group, ErrorKind kind) {
  std::vector<double> errors;
  for (const DrawErrors& at : group.draws) errors.push_back(error_of(at.kernel, kind));
  return errors;
}

std::vector<double> predicted_errors(const GroupedErrors& group) {
  std::vector<double> errors;
  for (const DrawErrors& at : group.draws) errors.push_back(at.predicted);
  return errors;
}

std::vector<double> network_errors(const GroupedErrors& group, std::int64_t width, ErrorKind kind) {
  std::vector<double> errors;
  for (const DrawErrors& at : group.draws) {
    const auto found = at.networks.find(width);
    double sum = 0.0;
    if (found != at.networks.end())
      for (const model::RegressionError& error : found->second) sum += error_of(error, kind);
    errors.push_back(found == at.networks.end() ? nan
                                                : sum / static_cast<double>(found->second.size()));
  }
  return errors;
}

}  // namespace wideproof::compare
