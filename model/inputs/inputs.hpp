// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>

namespace wideproof::model {

/// The most inputs that one experiment takes.
constexpr std::int64_t largest_input_count = 100000;

/// Whether rows of norm 0 are inputs; they have no direction, and are one where they keep norms.
enum class ZeroRows { refused, kept };

/// P input vectors of unit norm, one a row (P × dimension).
class Inputs {
 public:
  /// Keeps the rows as they were read. Throws InputError, naming `source` and the row (from 1), for
  /// a row that is zero or has a non-finite entry, and for a matrix with no rows, no columns or
  /// more than `largest_input_count` rows. Rows of a file are named by `key` and `path` instead.
  /// Where zero rows are kept, of vectors(), cosines() and deficits() there are no such inputs.
  Inputs(std::string source, Eigen::MatrixXd rows, std::string_view key = "inputs",
         std::string_view path = "", ZeroRows zero_rows = ZeroRows::refused);

  /// Two sets, the second's rows below the first's. Throws InputError naming `inputs.second.source`
  /// unless they have as many columns and are no more than `largest_input_count`.
  Inputs(const Inputs& first, const Inputs& second);

  /// As they were read.
  const Eigen::MatrixXd& rows() const { return rows_; }
  std::int64_t count() const { return rows_.rows(); }
  std::int64_t dimension() const { return rows_.cols(); }
  /// How many of the last rows are a second set; 0 where there is one set.
  std::int64_t second_count() const { return second_count_; }
  /// Each row scaled to unit norm, without overflow or underflow on the way: computed when asked.
  Eigen::MatrixXd vectors() const;
  /// Of these rows alone, in this order.
  Eigen::MatrixXd vectors(const std::vector<std::int64_t>& rows) const;
  const std::string& source() const { return source_; }

  /// ⟨x_a, x_b⟩, P × P, symmetric, in [−1, 1] and with an exact unit diagonal: the first layer's
  /// kernel.
  Eigen::MatrixXd cosines() const;

  /// 1 − ⟨x_a, x_b⟩, P × P, from the rows as they were read: to a relative 1e-12 where they nearly
  /// coincide, and exactly 0 or 2 where one is a multiple of the other.
  Deficits deficits() const;

 private:
  std::string source_;
  Eigen::MatrixXd rows_;
  std::int64_t second_count_ = 0;
};

/// `count` vectors at equally spaced angles from 0 up to 2π in the plane, k = 0…count−1: at
/// 2πk/count or, where `endpoint` says that 2π itself is among them, 2πk/(count−1). Throws what
/// check_circle does.
Inputs circle_inputs(std::int64_t count, bool endpoint = false);

/// x_a = c_a e_0 + √(1−c_a²) e_a, so ⟨x_a, x_b⟩ = c_a c_b for a ≠ b; dimension P + 1. Throws what
/// check_cosines does.
Inputs cosine_inputs(const std::vector<double>& cosines);

/// `count` vectors uniform on the unit sphere of `dimension` axes, drawn one after the other: the
/// first of them do not depend on `count`. Throws what check_gaussian does.
Inputs gaussian_inputs(std::int64_t count, std::int64_t dimension, std::uint64_t seed);

/// `count` points of a mixture of Gaussians: number a, from 0, belongs to cluster a mod `clusters`,
///
///   x = separation·e_k + g,   g ~ N(0, 1/dimension) on each axis
///
/// for cluster k, e_k an axis, so that g has a length of about 1. The clusters overlap unless
/// separation·√dimension is large. Throws what check_mixture does.
Inputs mixture_inputs(std::int64_t count, std::int64_t dimension, std::int64_t clusters,
                      double separation, std::uint64_t seed);

/// Throws InputError naming `inputs.count` unless it lies in [1, largest_input_count], with an
/// endpoint in [2, largest_input_count].
void check_circle(std::int64_t count, bool endpoint = false);

/// Throws InputError naming `inputs.cosines` unless there are 1 to 10000 of them, each in [−1, 1].
void check_cosines(const std::vector<double>& cosines);

/// Throws InputError naming `inputs.count` or `inputs.dimension` unless count lies in
/// [1, largest_input_count], dimension in [1, 10⁶], and their product does not exceed
/// `largest_array`.
void check_gaussian(std::int64_t count, std::int64_t dimension);

/// Throws InputError as check_gaussian does, and naming `inputs.clusters` unless it lies in
/// [1, dimension], or `inputs.separation` unless it lies in [0, 10⁶].
void check_mixture(std::int64_t count, std::int64_t dimension, std::int64_t clusters,
                   double separation);

}  // namespace wideproof::model
