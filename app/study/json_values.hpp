// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <Eigen/Core>
#include <nlohmann/json.hpp>

namespace wideproof::app {

/// Keys in the order in which they were set.
using Json = nlohmann::ordered_json;

/// Of this many inputs a summary still shows every pair.
inline constexpr Eigen::Index most_inputs_in_json = 32;

/// A list of rows; null for a matrix that is empty or has too many.
inline Json small_matrix(const Eigen::MatrixXd& matrix) {
  if (matrix.size() == 0 || matrix.rows() > most_inputs_in_json) return nullptr;
  Json rows = Json::array();
  for (Eigen::Index a = 0; a < matrix.rows(); ++a) {
    Json row = Json::array();
    for (Eigen::Index b = 0; b < matrix.cols(); ++b) row.push_back(matrix(a, b) + 0.0);  // not −0
    rows.push_back(std::move(row));
  }
  return rows;
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

inline Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace wideproof::app
