// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <Eigen/Core>
#include <nlohmann/json.hpp>

namespace wideproof::app {

/// Keys in the order in which they were set.
using Json = nlohmann::ordered_json;

/// A list of rows.
inline Json matrix_json(const Eigen::MatrixXd& matrix) {
  Json rows = Json::array();
  for (Eigen::Index a = 0; a < matrix.rows(); ++a) {
    Json row = Json::array();
    for (Eigen::Index b = 0; b < matrix.cols(); ++b) row.push_back(matrix(a, b));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// null for an empty one.
inline Json matrix_or_null(const Eigen::MatrixXd& matrix) {
  return matrix.size() > 0 ? matrix_json(matrix) : Json(nullptr);
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

inline Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace wideproof::app
