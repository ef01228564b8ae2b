// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <utility>

#include <Eigen/Core>

#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// The matrices of a summary, as lists of rows: all of them, of up to 32 inputs and not too many
/// layers and widths, or none, so that a summary stays a file that is read whole.
class MatricesInJson {
 public:
  static constexpr Eigen::Index most_inputs = 32;
  static constexpr double most_numbers = 50'000;  ///< of one matrix, at every layer and width

  /// `places`: how often there is a matrix of one kind.
  MatricesInJson(Eigen::Index inputs, std::size_t places)
      : are_shown_(inputs <= most_inputs &&
                   static_cast<double>(inputs * inputs) * static_cast<double>(places) <=
                       most_numbers) {}

  /// Matrices of so many numbers each, of inputs by outputs.
  static MatricesInJson of_outputs(Eigen::Index numbers, std::size_t places) {
    MatricesInJson matrices(0, 0);
    matrices.are_shown_ =
        static_cast<double>(numbers) * static_cast<double>(places) <= most_numbers;
    return matrices;
  }

  bool are_shown() const { return are_shown_; }

  /// null where none are shown, and for an empty one.
  Json operator()(const Eigen::MatrixXd& matrix) const {
    if (matrix.size() == 0 || !are_shown_) return nullptr;
    Json rows = Json::array();
    for (Eigen::Index a = 0; a < matrix.rows(); ++a) {
      Json row = Json::array();
      for (Eigen::Index b = 0; b < matrix.cols(); ++b) row.push_back(matrix(a, b) + 0.0);  // not −0
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  bool are_shown_;
};

}  // namespace wideproof::report
