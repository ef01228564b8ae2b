// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/theory/neurons/neuron_response.hpp>

namespace wideproof::theory {

/// How one input's activities |z_i| are spread over the neurons of a wide layer, h being normal of
/// variance q over networks. With a = |φ|, r̂ = mean(a)/√(mean(a²)) over n neurons has the limit
///
///   r = E a/√(E a²) = μ/√k(1) for rectifiers.
///
/// Hoyer's sparseness (√n − Σa/√(Σa²))/(√n − 1) (Thom & Palm 2013, 1.1) is (1 − r̂) √n/(√n − 1):
/// times (√n − 1)/√n it is 1 − r̂, which has a series in 1/n. The activity of Treves and Rolls,
/// (Σa/n)²/(Σa²/n) (Vinje & Gallant 2000), is r̂². To first order r̂ is an average of
///
///   ψ = r [(a − m_1)/m_1 − (a² − m_2)/(2m_2) − (t_1/m_1 − t_2/(2m_2)) IF(u)],
///
/// m_p = E a^p, t_p = −dm_p/dt what a shift of the threshold costs (rectifier: f, 2μ; step: g, g),
/// IF the influence of a neuron on the threshold (NeuronResponse). So lim n·Cov(r̂_a, r̂_b) of two
/// inputs of correlation c is C(c), C(ρ) = Cov[ψ(u), ψ(u')] at correlation ρ of u and u', and with
/// correlated receiving neurons
///
///   Σ_δ C(A(δ) c),    of a uniform A    C(c) + m c (E ψ')².
///
/// By the second order, with V the same long-run covariances of a and a² less t_p IF,
///
///   n (E r̂ − r) → r [β_1/m_1 − β_2/(2m_2) + 3V_22/(8m_2²) − V_12/(2m_1m_2)],
///
/// β_p what estimating the threshold adds to the mean of a^p: 0 for fixed thresholds,
/// β_1 = −t_1 d − n Cov(1_a, δt) + gv/2 with the d and v of ThresholdBias, which has β_2. All of it
/// is given the layer's kernel, and exact to that order at the first layer.
///
/// Against quadrature with 30 digits and sampled layers: ActivityLaw.* of the tests.
class ActivityLaw {
 public:
  /// `variance`: q > 0 in the limit. Thresholds are τ√q, so that thresholded activations, relu and
  /// linear do not depend on it.
  ActivityLaw(const model::Network& network, double variance = 1.0);

  double mean() const { return mean_; }                ///< m_1 at unit variance; at q for tanh, erf
  double mean_square() const { return mean_square_; }  ///< m_2 likewise
  double ratio() const { return ratio_; }              ///< r
  double hoyer() const { return 1 - ratio_; }
  double treves_rolls() const { return ratio_ * ratio_; }

  /// lim n·Cov of r̂ of two inputs whose pre-activations have the correlation c, given the kernel;
  /// nullopt for tanh and erf.
  std::optional<double> covariance(double c) const;
  /// Of one input: covariance(1), for tanh and erf too unless receiving neurons are correlated.
  std::optional<double> variance() const { return variance_; }
  /// lim n·(E r̂ − r), given the kernel; nullopt for steps whose threshold is estimated (a
  /// quantile's active neurons are counted by active_neurons()), for quantiles of correlated
  /// receiving neurons, and for tanh and erf of these.
  std::optional<double> bias() const { return bias_; }

  /// q dr/dq and q² d²r/dq² where the threshold stays: what fluctuations of the kernel make of r
  /// under fixed thresholds. 0 where r does not depend on the scale; nullopt for tanh, erf and
  /// fixed steps, of whose kernel the fluctuations are not derived.
  std::optional<double> slope() const { return slope_; }
  std::optional<double> curvature() const { return curvature_; }

 private:
  /// Covariances of a², a and IF (enum Feature) of neurons of correlation rho.
  Eigen::Matrix3d features(double rho) const;
  Eigen::Matrix3d long_run(double c) const;
  void set_rectifier(double tau);
  void set_step(double tau);
  void set_linear();
  void set_pointwise(const model::Network& network, double variance);
  void set_influence();
  void set_bias(const model::Network& network, const Eigen::Matrix3d& covariance);

  model::Activation activation_;
  NeuronResponse response_;  ///< rule and τ of steps too
  double mean_ = 0.0;
  double mean_square_ = 0.0;
  double ratio_ = 0.0;
  double cost_of_mean_ = 0.0;                            ///< t_1
  double cost_of_square_ = 0.0;                          ///< t_2
  Eigen::Vector3d influence_ = Eigen::Vector3d::Zero();  ///< ψ in a², a and IF
  Eigen::Vector3d slopes_ = Eigen::Vector3d::Zero();     ///< E of their derivatives by u
  std::map<double, double> neighbours_;                  ///< how many δ ≠ 0 have each A(δ)
  double uniform_degree_ = 0.0;                          ///< m of a uniform A
  double squared_sum_ = 1.0;                             ///< Σ_δ A(δ)²
  std::optional<double> variance_, bias_;
  std::optional<double> slope_ = 0.0, curvature_ = 0.0;
};

/// Neurons above the interpolated quantile at position (n−1)(1−f) of a layer's n sorted values,
/// exactly n − 1 − ⌊(n−1)(1−f)⌋. Throws InputError naming network.active_fraction or the width
/// unless f lies within model's bounds and n ≥ 1.
std::int64_t active_neurons(std::int64_t width, double active_fraction);

}  // namespace wideproof::theory
