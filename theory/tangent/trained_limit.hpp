// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace wideproof::theory {

/// What infinitely wide networks that are trained on squared loss put out (Jacot, Gabriel & Hongler
/// 2018; Lee et al. 2019). On P points, of which d are for training, an output f starts as a
/// Gaussian of mean 0 and covariance K and moves by gradients of ½ Σ_d (f − y)² + (λ/2) ‖θ − θ_0‖²,
/// θ what is trained and λ the ridge,
///
///   gradient flow of rate η for a time t   E = exp(−ηt (Θ_dd + λ))
///   T steps of size η                      E = (1 − η(Θ_dd + λ))^T
///
///   f(x) → f(x) − B (f_d − y),   B = Θ_xd (Θ_dd + λ)⁻¹ (1 − E),
///
/// and outputs are independent of each other. Θ is the tangent kernel of the parameters that are
/// trained: K itself where that is the readout alone. A loss with a mean over P·C entries has its η
/// divided by P·C. In the end B is that of kernel regression with the ridge λ.
///
/// All is computed in the eigenbasis of Θ_dd: one decomposition, d³, serves any number of times.
class TrainedLimit {
 public:
  /// `tangent` Θ and `kernel` K, P × P; `training` the d rows that train, `targets` their y, d × C.
  /// A network from which its own start is subtracted, f − f_0, is centred: its K is 0, and what
  /// covariances take is not computed.
  ///
  /// Throws InputError naming tangent, kernel (not P × P, not finite), training (none, out of range
  /// or twice the same row), targets (not d rows or no column, not finite) or ridge (below 0).
  TrainedLimit(const Eigen::MatrixXd& tangent, const Eigen::MatrixXd& kernel,
               const std::vector<Eigen::Index>& training, const Eigen::MatrixXd& targets,
               double ridge = 0);

  struct Outputs {
    Eigen::MatrixXd mean;        ///< P × C, over networks
    Eigen::MatrixXd covariance;  ///< P × P, of each output
  };

  /// After gradient flow until ηt = `time`; infinity is the end of training. There eigenvalues of
  /// Θ_dd + λ up to d·2⁻⁵² of the largest count as 0, and what they hold is not learnt. Throws
  /// InputError naming time unless it is at least 0.
  Outputs after_flow(double time) const;

  /// After `steps` steps of size `rate`: beyond critical_step_size() outputs grow without bound.
  /// Throws InputError naming rate (not positive and finite) or steps (below 0).
  Outputs after_steps(double rate, std::int64_t steps) const;

  /// 2 over the largest eigenvalue of Θ_dd + λ, above which gradient descent diverges.
  double critical_step_size() const;

  /// Of Θ_dd, ascending.
  const Eigen::VectorXd& eigenvalues() const { return eigenvalues_; }

 private:
  /// Of each mode of value v of Θ_dd: ℓ = (1 − e)/(v + λ), and 1 − vℓ, what is left of it.
  struct Decay {
    Eigen::VectorXd left, learnt;
  };
  Outputs outputs(const Decay& decay) const;
  Eigen::MatrixXd covariance(const Decay& decay) const;

  double ridge_;
  bool is_centred_;
  std::vector<Eigen::Index> training_, others_;
  Eigen::VectorXd eigenvalues_;
  Eigen::MatrixXd modes_;            ///< eigenvectors, d × d
  Eigen::MatrixXd of_training_;      ///< Θ of other points and those that train
  Eigen::MatrixXd targets_;          ///< y of modes
  Eigen::MatrixXd of_modes_;         ///< K between modes
  Eigen::MatrixXd modes_by_others_;  ///< K between modes and other points
  Eigen::MatrixXd of_others_;        ///< K between other points
};

}  // namespace wideproof::theory
