// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

namespace wideproof::sim {

/// The distinct ones among P inputs, in the order of their first numbers.
///
/// Inputs that coincide are sampled as one: a network that saw both would part them by the rounding
/// of its products, and depth would carry them away from each other.
class DistinctInputs {
 public:
  /// `inputs`: P × dimension.
  explicit DistinctInputs(const Eigen::MatrixXd& inputs);

  /// D
  Eigen::Index count() const { return vectors_.rows(); }
  /// D × dimension
  const Eigen::MatrixXd& vectors() const { return vectors_; }

  /// P × P, of what is known for the distinct ones, D × D; 0 × 0 of 0 × 0.
  Eigen::MatrixXd for_all(Eigen::MatrixXd distinct) const;
  /// L × P, of numbers that each distinct one has, L × D.
  Eigen::MatrixXd columns_for_all(const Eigen::MatrixXd& distinct) const;

  /// Of each of the P inputs among the distinct ones.
  const std::vector<Eigen::Index>& place() const { return place_; }
  /// How many of the P inputs each distinct one stands for, D.
  Eigen::VectorXd multiplicity() const;

 private:
  Eigen::MatrixXd vectors_;
  std::vector<Eigen::Index> place_;
};

}  // namespace wideproof::sim
