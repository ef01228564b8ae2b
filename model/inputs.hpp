// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// P input vectors of unit norm, one a row (P × dimension).
class Inputs {
 public:
  /// Scales each row to unit norm. Throws InputError, naming `source` and the row, for a row that
  /// is zero or has a non-finite entry, or a matrix with no rows or columns.
  Inputs(std::string source, Eigen::MatrixXd rows);

  std::int64_t count() const { return vectors_.rows(); }
  std::int64_t dimension() const { return vectors_.cols(); }
  const Eigen::MatrixXd& vectors() const { return vectors_; }
  const std::string& source() const { return source_; }

  /// ⟨x_a, x_b⟩, P × P, with an exact unit diagonal: the first layer's kernel.
  Eigen::MatrixXd cosines() const;

 private:
  std::string source_;
  Eigen::MatrixXd vectors_;
};

/// `count` vectors at angles 2πk/count, k = 0…count−1, in the plane.
Inputs circle_inputs(std::int64_t count);

/// x_a = c_a e_0 + √(1−c_a²) e_a, so ⟨x_a, x_b⟩ = c_a c_b for a ≠ b. Throws InputError naming
/// `inputs.cosines` unless every cosine lies in [−1, 1].
Inputs cosine_inputs(const std::vector<double>& cosines);

/// `count` vectors uniform on the unit sphere of `dimension` axes.
Inputs gaussian_inputs(std::int64_t count, std::int64_t dimension, std::uint64_t seed);

}  // namespace wideproof::model
