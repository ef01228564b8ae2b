// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/theory/neurons/neuron_response.hpp>

namespace wideproof::theory {

/// What one neuron adds to the averages that P inputs depend on: covariances of
///
///   φ_aφ_b for all pairs (packed_index, T of them), then φ_a, then IF(u_a),
///
/// φ the response at the limit's threshold, u standard normals of correlations c (P × P, unit
/// diagonal), IF the influence on a threshold (NeuronResponse). NeuronFeatures are those of two
/// inputs. In terms of TruncatedMoments, triple_moments and quadruple_moment:
///
///   Cov(φ_aφ_b, φ_cφ_d)     E[φ_aφ_bφ_cφ_d] − k k      a quadrature for four different inputs,
///                                                      one over a line for three, else closed
///   Cov(φ_aφ_b, φ_c)        E[φ_aφ_bφ_c] − kμ          a quadrature over a line, or closed
///   Cov(φ_aφ_b, IF_c)       quantile: (E[φ_aφ_b 1_c] − fk)/g    likewise
///                           std: (τ/2) [(c_ac² + c_bc²) g b_1(c_ab) + 2 c_ac c_bc L_τ(c_ab)]
///                           (Stein)
///   Cov(φ_a, φ_c), Cov(φ_a, IF_c), Cov(IF_a, IF_c)     closed
///
/// and for linear neurons Isserlis' theorem. Of pairs, the closed forms are NeuronFeatures' own.
/// Quadruples that differ by a permutation alone are done once.
class JointFeatures {
 public:
  JointFeatures(const NeuronResponse& response, const Eigen::MatrixXd& correlation);

  Eigen::Index inputs() const { return inputs_; }
  Eigen::Index value(Eigen::Index a) const;      ///< row of φ_a
  Eigen::Index threshold(Eigen::Index a) const;  ///< row of IF(u_a)

  const Eigen::MatrixXd& covariance() const { return covariance_; }  ///< T+2P squared

 private:
  void set_linear(const Eigen::MatrixXd& c);
  void set_rectified(const NeuronResponse& response, const Eigen::MatrixXd& c);

  Eigen::Index inputs_;
  Eigen::MatrixXd covariance_;
};

}  // namespace wideproof::theory
