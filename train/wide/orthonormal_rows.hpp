// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/train/wide/growing_rows.hpp>
#include <wideproof/train/wide/independent_columns.hpp>

namespace wideproof::train {

/// An orthonormal basis Q (k × n, of rows) of all vectors that it was shown.
///
/// Of vectors z (m × n) it takes off what lies in Q, r = z − C₁ᵀQ, makes those of r that are
/// independent orthonormal, r = Rᵀq̂, and takes off once more what rounding has left of Q in q̂,
/// which is much where r is little: q̂ = C₂ᵀQ + L q, q orthonormal. So
///
///   z = (C₁ + C₂ R)ᵀ Q + (Lᵀ R)ᵀ q
///
/// A vector of which no more than `tolerance` of its norm is new counts as not new; that part is
/// left out of its coefficients.
class OrthonormalRows {
 public:
  /// Some 2000 times what rounding leaves of a vector that is not new.
  static constexpr double tolerance = 0x1p-42;

  explicit OrthonormalRows(const sim::NeuronBlocks& blocks) : rows_(blocks) {}

  const GrowingRows& rows() const { return rows_; }
  std::int64_t count() const { return rows_.rows(); }
  /// The largest share of a vector's norm that was left out; at most `tolerance`.
  double largest_dropped() const { return largest_dropped_; }

  struct Extension {
    Eigen::MatrixXd coefficients;     ///< k × m, of the vectors in the basis as it is now
    std::vector<Eigen::Index> added;  ///< of the m vectors those that gave a new row each, in order
  };

  /// Extends the basis by vectors first…first + count − 1 of a layer, which holds what is left of
  /// them then. The same bits for any number of threads.
  Extension extend(sim::BlockedLayer& vectors, std::int64_t first, std::int64_t count, int threads);

 private:
  /// Adds orthonormal rows from what is left of vectors; returns C₂ and L.
  struct Added {
    Eigen::MatrixXd along;   ///< C₂, k × a
    Eigen::MatrixXd factor;  ///< a × a
  };
  Added add(const sim::BlockedLayer& left, std::int64_t first, const IndependentColumns& columns,
            int threads);

  GrowingRows rows_;
  double largest_dropped_ = 0.0;
};

}  // namespace wideproof::train
