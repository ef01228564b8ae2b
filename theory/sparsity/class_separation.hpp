// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/theory/sparsity/gram_ratio.hpp>

namespace wideproof::theory {

/// The labels of P inputs as K ≥ 2 classes.
class InputClasses {
 public:
  /// Throws InputError naming "labels" unless there is one for each of `inputs` inputs, and at
  /// least two that differ.
  InputClasses(const std::vector<std::int64_t>& labels, Eigen::Index inputs);

  Eigen::Index count() const { return sizes_.size(); }           ///< K
  Eigen::Index inputs() const { return class_of_.size(); }       ///< P
  const Eigen::VectorXd& sizes() const { return sizes_; }        ///< P_k
  const Eigen::VectorXi& class_of() const { return class_of_; }  ///< of an input, from 0

 private:
  Eigen::VectorXi class_of_;
  Eigen::VectorXd sizes_;
};

/// Share η² of the classes in the variance of activities over a finite set of inputs, pooled over
/// neurons: the sums of squares between classes and in all are averaged over neurons before they
/// are divided. Exact, for the kernel G = E[z_a z_b] (P × P, any scale) and signed activations too:
///
///   between = Σ_k (1/P_k) Σ_{a,b∈k} G_ab − (1/P) Σ_ab G_ab,    total = Σ_a G_aa − (1/P) Σ_ab G_ab.
///
/// Labels that carry nothing have η² ≈ (K−1)/(P−1). nullopt where the inputs do not differ, as far
/// as G's digits tell.
std::optional<double> pooled_eta_squared(const Eigen::MatrixXd& gram, const InputClasses& classes);

/// η² as a ratio of entries, for its n·Var and bias.
GramRatio eta_squared_ratio(const InputClasses& classes);

/// The same of K classes of P_k → ∞ inputs each, of pre-activation correlation c_w within a class
/// and c_b between classes, of thresholded ReLUs: the variance between is (1−1/K)(k(c_w) − k(c_b)),
/// that within k(1) − k(c_w); for K → ∞, `classes` = nullopt,
///
///   η² = (k(c_w) − k(c_b))/(k(1) − k(c_b)).
///
/// Throws InputError naming "correlation_between" or "correlation_within" unless
/// −1 ≤ c_b ≤ c_w ≤ 1, c_b < 1, and "classes" unless K ≥ 2.
double eta_squared_of_classes(double tau, double correlation_within, double correlation_between,
                              std::optional<std::int64_t> classes = std::nullopt);

}  // namespace wideproof::theory
