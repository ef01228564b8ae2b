// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// The most numbers that are read from a file or generated as inputs: 2 GiB of doubles.
constexpr std::int64_t largest_array = std::int64_t{1} << 28;

/// Whether a reader refuses numbers that are not finite, or leaves that to somebody who knows what
/// the array's axes are.
enum class NonFinite { refused, kept };

/// Numbers with a shape, the last axis running fastest (C order). All values are finite unless
/// NonFinite::kept, every axis is at least 1 long, and the shape's product is the number of values.
struct NumericArray {
  std::vector<std::int64_t> shape;
  std::vector<double> values;

  /// shape[0] × (product of the other axes).
  Eigen::MatrixXd rows() const {
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto count = static_cast<Eigen::Index>(shape.at(0));
    return Eigen::Map<const RowMajor>(values.data(), count,
                                      static_cast<Eigen::Index>(values.size()) / count);
  }
};

}  // namespace wideproof::model
