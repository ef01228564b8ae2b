// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include <Eigen/Core>

namespace wideproof::sim {

/// An order of P inputs in which each lies as far as may be from those before it, so that inputs
/// that nearly coincide stand late: that of the pivots in kernel_root().
///
/// By `pivots`: the largest pivot that is left of the inputs' Gram in a Cholesky factor, until its
/// rank is spent, then by distances; for layers whose kernel is that Gram, the first and those of
/// linear networks. By `distances`: the input whose 1 − c to the nearest before is largest; for
/// what other layers make of the inputs. Inputs that coincide with one before come last, by number.
///
/// "Largest" is the first number that is within the factor 0.3679 of the largest: inputs on a
/// circle tie, and which of them is largest is rounding. The factor itself is no ratio that inputs
/// on a circle or cosines of few digits have.
///
/// It depends on the inputs alone, which are known to the rounding of doubles: an order that each
/// kernel had of its own would hang on the rounding of the layers before.
class InputOrder {
 public:
  enum class By : std::uint8_t { pivots, distances };

  /// `gram`: the inputs' Gram, P × P, finite.
  InputOrder(Eigen::MatrixXd gram, By by) : gram_(std::move(gram)), by_(by) {}

  /// Numbers of the inputs, in that order. Worked out at the first call, from any thread.
  const std::vector<Eigen::Index>& operator()() const;

 private:
  Eigen::MatrixXd gram_;
  By by_;
  mutable std::once_flag once_;
  mutable std::vector<Eigen::Index> order_;
};

}  // namespace wideproof::sim
