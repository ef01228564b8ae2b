// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>

#include <Eigen/Core>

namespace wideproof::sim {

/// Running mean and sum of squared deviations of a vector of observables, one sample a network.
///
/// Single samples enter by Welford's update, whole accumulators by Chan, Golub & LeVeque (1983):
///   δ = x̄₂ − x̄₁,  x̄ = x̄₁ + δ n₂/n,  S = S₁ + S₂ + δ² n₁n₂/n.
/// The result depends on the order of the operations in the last bits; callers fix that order.
class MomentAccumulator {
 public:
  MomentAccumulator() = default;
  explicit MomentAccumulator(Eigen::Index size)
      : mean_(Eigen::VectorXd::Zero(size)), squares_(Eigen::VectorXd::Zero(size)) {}

  /// As it stood: what count(), mean() and squares() gave.
  MomentAccumulator(std::int64_t count, Eigen::VectorXd mean, Eigen::VectorXd squares)
      : count_(count), mean_(std::move(mean)), squares_(std::move(squares)) {}

  void add(const Eigen::VectorXd& sample) {
    ++count_;
    const Eigen::VectorXd delta = sample - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_.array() += delta.array() * (sample - mean_).array();
  }

  void merge(const MomentAccumulator& other) {
    if (other.count_ == 0) return;
    if (count_ == 0) {
      *this = other;
      return;
    }
    const auto n1 = static_cast<double>(count_);
    const auto n2 = static_cast<double>(other.count_);
    const Eigen::VectorXd delta = other.mean_ - mean_;
    mean_ += delta * (n2 / (n1 + n2));
    squares_.array() += other.squares_.array() + delta.array().square() * (n1 * n2 / (n1 + n2));
    count_ += other.count_;
  }

  std::int64_t count() const { return count_; }
  const Eigen::VectorXd& mean() const { return mean_; }
  /// Sum of squared deviations from the mean.
  const Eigen::VectorXd& squares() const { return squares_; }
  /// Unbiased; needs two samples.
  Eigen::VectorXd variance() const { return squares_ / static_cast<double>(count_ - 1); }

 private:
  std::int64_t count_ = 0;
  Eigen::VectorXd mean_;
  Eigen::VectorXd squares_;
};

}  // namespace wideproof::sim
