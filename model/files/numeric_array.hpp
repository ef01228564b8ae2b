// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// The most numbers that are read from a file or generated as inputs: 2 GiB of doubles.
constexpr std::int64_t largest_array = std::int64_t{1} << 28;

/// Numbers with a shape, the last axis running fastest (C order). All values are finite, every
/// axis is at least 1 long, and the shape's product is the number of values.
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
