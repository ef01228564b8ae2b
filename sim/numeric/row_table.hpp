// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <Eigen/Core>

namespace wideproof::sim {

/// A matrix that grows row by row, each at a cost that does not depend on those before it.
class RowTable {
 public:
  RowTable() = default;
  explicit RowTable(Eigen::Index columns) : columns_(columns) {}
  /// As it stood: what numbers() gave.
  RowTable(Eigen::Index columns, std::vector<double> numbers)
      : columns_(columns), numbers_(std::move(numbers)) {}

  void add(const Eigen::VectorXd& row) {
    assert(row.size() == columns_);
    numbers_.insert(numbers_.end(), row.begin(), row.end());
  }

  void append(const RowTable& other) {
    assert(other.columns_ == columns_);
    numbers_.insert(numbers_.end(), other.numbers_.begin(), other.numbers_.end());
  }

  Eigen::Index columns() const { return columns_; }
  /// Row by row.
  const std::vector<double>& numbers() const { return numbers_; }

  /// Whether it is `rows` × columns().
  bool has_rows(std::int64_t rows) const {
    return static_cast<std::int64_t>(numbers_.size()) == rows * columns_;
  }

  /// Without columns 0 × 0.
  Eigen::MatrixXd matrix() const {
    if (columns_ == 0) return {};
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto rows = static_cast<Eigen::Index>(numbers_.size()) / columns_;
    return Eigen::Map<const RowMajor>(numbers_.data(), rows, columns_);
  }

  bool operator==(const RowTable&) const = default;

 private:
  Eigen::Index columns_ = 0;
  std::vector<double> numbers_;
};

}  // namespace wideproof::sim
