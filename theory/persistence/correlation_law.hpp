// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <Eigen/Core>

#include <wideproof/theory/persistence/spanning_tree.hpp>

namespace wideproof::theory {

/// What a neuron of a random layer makes of the samples: h over networks and samples is normal of
/// unit variance, h = √s ζ + √(1−s) x, ζ the neuron's own number, shared by all samples, and x
/// normal over the samples.
struct NeuronField {
  bool linear = false;  ///< z = h, else z = (h − τ)₊
  double tau = 0.0;
  double common_share = 0.0;  ///< s ∈ [0, 1): of K, mean_ab K_ab/mean_a K_aa
};

/// The law, over networks, of the correlation over M samples of two different neurons of random
/// layers. Their x have the latent correlation r: rows of normal weights, seen through a covariance
/// of D equal modes, have E r² = 1/D and the density (1−r²)^{(D−3)/2}. A neuron acts with the
/// threshold h = (τ − √s ζ)/√(1−s), and two have
///
///   c(r) = {E[(u−h)₊(v−h')₊] − e_1(h) e_1(h')}/√(Var(u−h)₊ Var(v−h')₊),
///
/// for s = 0 (k(r) − μ²)/(k(1) − μ²); a linear and a thresholded neuron r Q(h)/√Var(u−h)₊. What is
/// seen is ρ = c(r) + ε, ε normal of deviation (1 − c²)/√M. A neuron is silent, and has no
/// correlation, with the chance (1 − Q(h))^M.
///
/// That is exact for independent normal samples of unit-variance neurons but for the law of ε,
/// whose tails are heavier where neurons are sparse, and for modes that are not equal. D = 300, M =
/// 4000: E|ρ| is .04780 linear, .03609 at f = .5, .01779 at f = .1, and sampled .04785(7),
/// .03610(4), .01776(2). At small D neurons differ in variance over the samples, by √(2/D), and
/// inputs of unit norm are not normal: D = 30, M = 1000 has .1490 linear, .1106, .0493, and sampled
/// .1487(1), .1115(1), .0442(2); normal inputs have .0474(3) at f = .1.
///
/// Throws InputError as the constructor says.
class CorrelationLaw {
 public:
  /// `dimension`: D ≥ 2, `samples`: M ≥ 3; throws InputError naming these, or "common_share" unless
  /// it lies in [0, 1).
  CorrelationLaw(const NeuronField& one, const NeuronField& other, double dimension,
                 std::int64_t samples);

  double alive() const { return alive_; }                  ///< chance that neither neuron is silent
  double mean_absolute() const { return mean_absolute_; }  ///< E|ρ| of such pairs
  double root_mean_square() const { return root_mean_square_; }  ///< of ρ, likewise
  /// P(|ρ| > x) of all pairs, so that it is alive() at 0+. To about 1e-6.
  double tail(double x) const;

 private:
  void add(double weight, double correlation);

  double samples_;
  double alive_ = 0.0;
  double mean_absolute_ = 0.0;
  double root_mean_square_ = 0.0;
  /// Weights of c on an even grid over [−1, 1], shared between the two nearest points, which adds a
  /// sixth of the squared distance to the variance.
  Eigen::ArrayXd grid_, weights_;
};

}  // namespace wideproof::theory
