// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/equal_variance_kernel.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>

namespace wideproof::theory {

/// One step of the infinite-width kernel from a hidden layer to the next (Chun & Lee 2024):
///
///   K^{l+1}_ab = σ² Σ_γ B(γ) E[φ(u_a)φ(v_b)] + σ_b²,
///
/// u, v of variances K^l_aa, K^l_bb and covariance A(γ) K^l_ab. Inputs have unit norm, so that all
/// of a layer's variances are one number q. A pair's deficit becomes, with DualKernel's drop,
///
///   δ' = σ² Σ_γ B(γ) drop(q, A(γ), δ)/q',
///
/// right to a few units in the last place as long as B ≥ 0; where a surround makes the sum cancel,
/// to Σ|B| drop/|Σ B drop| times that, and kept within [0, 2]. The critical weight variance keeps
/// q = 1,
///
///   σ*² = (1 − σ_b²) / Σ_γ B(γ) E[φ(u)φ(v)]     (unit variances, covariance A(γ)).
///
/// A postsynaptic correlation without a presynaptic one leaves this limit as it is.
///
/// It is of uniform networks; of others there is one for each layer, see layer_recursions().
class LayerRecursion {
 public:
  /// Throws InputError naming network.presynaptic.filter when no critical variance exists.
  explicit LayerRecursion(const model::Network& network);

  double weight_variance() const { return weight_variance_; }
  const DualKernel& kernel() const { return *kernel_; }
  const LateralSum& lateral_sum() const { return sum_; }

  struct Step {
    EqualVarianceKernel gram;  ///< E[φφ] of the layer, not divided by anything
    EqualVarianceKernel next;  ///< K^{l+1}
  };

  /// E[φφ] of the layer of kernel K^l.
  EqualVarianceKernel gram(const EqualVarianceKernel& kernel) const;

  /// The same, and K^{l+1}. Throws as next_variance().
  Step step(const EqualVarianceKernel& kernel) const;

  /// K^{l+1} from K^l and E[φφ] of it, P × P, whose diagonals need not be one number. Throws
  /// likewise.
  Eigen::MatrixXd next(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& gram) const;

  /// Both steps for an input with itself: the variance of K^{l+1} from that of K^l. Throws
  /// InputError naming network.weight_variance or network.bias_variance, whichever adds more to it,
  /// unless it lies in [2^−450, 2^450] and below DualKernel::largest_variance().
  double next_variance(double variance) const;

  /// Throws likewise unless `norm`, the Gram of an input with itself on the scale that is reported,
  /// lies in [2^−450, 2^450]: of the last layer, which has no next one to be asked for it.
  void require_norm(double norm) const;

  double bias_variance() const { return bias_variance_; }

 private:
  /// `from`: K^l's variance; `of_weights`: what K^{l+1}'s is without the bias.
  void require_in_range(double from, double of_weights) const;

  LateralSum sum_;
  std::unique_ptr<DualKernel> kernel_;
  double bias_variance_;
  double weight_variance_;
};

/// LayerRecursion of Network::like_layer(1) … like_layer(depth), those of layers that are alike
/// shared. Throws as the constructor does.
std::vector<std::shared_ptr<const LayerRecursion>> layer_recursions(const model::Network& network);

/// Throws InputError naming input_cosines unless `cosines` is a square matrix with unit diagonal
/// (to 1e-12) and entries in [−1, 1] in its upper triangle, the only one that is read.
void require_cosines(const Eigen::MatrixXd& cosines);

/// The infinite-width limit of every hidden layer, K¹_ab = σ_1² x_a·x_b + σ_b1² and so on, from the
/// deficits 1 − c of the P inputs'
/// cosines, P × P.
///
/// Throws InputError naming input_deficits unless they are a square matrix with entries in [0, 2]
/// in its upper triangle, the only one that is read, and 0 on the diagonal; and as LayerRecursion
/// does.
model::Prediction predict(const model::Network& network, const model::Deficits& input_deficits);

/// The same from the cosines, P × P, which tell 1 − c to the rounding of 1 only.
///
/// Throws as require_cosines() and LayerRecursion do.
model::Prediction predict(const model::Network& network, const Eigen::MatrixXd& input_cosines);

/// The same for inputs of any norms, from their products x_a·x_b, P × P: every layer has a variance
/// for each input. Where all of K¹_aa are one number it is predict() to rounding; elsewhere
/// deficits are what products tell of them, to the rounding of 1.
///
/// Throws InputError naming input_products unless they are finite, symmetric and positive on the
/// diagonal (beside σ_b1² > 0 at least 0), and as LayerRecursion does.
model::Prediction predict_of_products(const model::Network& network,
                                      const Eigen::MatrixXd& input_products);

}  // namespace wideproof::theory
