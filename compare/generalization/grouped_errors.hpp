// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::compare {

/// Errors of one draw of data; NaN where there is none, or none that is finite and positive or
/// zero.
struct DrawErrors {
  std::int64_t draw = 0;
  model::RegressionError kernel;
  double predicted = 0.0;
  std::map<std::int64_t, std::vector<model::RegressionError>> networks;  ///< by width
};

/// All draws with P training points.
struct GroupedErrors {
  std::int64_t training_points = 0;
  std::int64_t pool = 0;
  std::vector<DrawErrors> draws;  ///< by draw
  std::vector<std::int64_t> widths;
  std::int64_t unusable = 0;  ///< pool errors, of whatever kind, that were no error
};

/// By rising P. Networks on a draw that was not listed belong to none and are left out.
std::vector<GroupedErrors> group_errors(const model::GeneralizationMeasurement& measurement);

enum class ErrorKind { pool, training, unseen };

double error_of(const model::RegressionError& error, ErrorKind kind);

/// Of kernel regression by draw.
std::vector<double> kernel_errors(const GroupedErrors& group, ErrorKind kind);

std::vector<double> predicted_errors(const GroupedErrors& group);

/// By draw, the mean over the networks of that width; NaN where the draw has none.
std::vector<double> network_errors(const GroupedErrors& group, std::int64_t width, ErrorKind kind);

}  // namespace wideproof::compare
