// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>
#include <wideproof/model/tangent/tangent_prediction.hpp>

namespace wideproof::theory {

/// The infinite-width tangent kernel of a layer's pre-activations, between neurons δ apart:
///
///   Σ_θ ∂h_i(x_a)/∂θ · ∂h_{i+δ}(x_b)/∂θ = [δ = 0] own_ab + A(δ) shared_ab.
struct LayerTangent {
  Eigen::MatrixXd own, shared;

  /// Θ of one neuron.
  Eigen::MatrixXd of_neuron() const { return own + shared; }
};

/// What one hidden layer gives to the tangent kernel of the next, P × P each, u and v being a
/// pair's pre-activations at neurons γ apart, of covariance A(γ)K.
struct TangentStep {
  Eigen::MatrixXd gram;        ///< E[φ(u)φ(v)] at γ = 0, not divided by anything
  Eigen::MatrixXd next;        ///< K^{l+1}, bias included
  Eigen::MatrixXd derivative;  ///< E[φ'(u)φ'(v)] at γ = 0
  Eigen::MatrixXd lateral;     ///< Σ_{γ≠0} B(γ)A(γ) E[φ'(u)φ'(v)]; empty where that is 0
};

/// One step of the infinite-width tangent kernel. A gradient of the next layer's neuron passes each
/// pair of neurons j, j+γ with weights of covariance (σ²/n) A(δ)B(γ). So
///
///   S = Σ_γ B(γ) E[φ'(u)φ'(v)] Θ_γ = E[φ'φ'] own + (E[φ'φ'] + lateral) shared
///
/// is what the layer below hands on, and the layer's own parameters add their Gram:
///
///   weights   own' = σ² E[φφ] + σ_b²,   shared' = σ² S,         first layer  own = c,  shared = 0
///   field     own' = 0,                 shared' = K' + σ² S,    first layer  own = 0,  shared = c
///
/// Of the field it is Θ' = K' + (∂K'/∂K) Θ, the tangent kernel of the map of kernels. Of the
/// weights a lateral sum enters through σ² and c alone as long as A = δ. c are the inputs' cosines.
class TangentRecursion {
 public:
  TangentRecursion(model::Trained trained, double weight_variance, double bias_variance)
      : trained_(trained), weight_variance_(weight_variance), bias_variance_(bias_variance) {}

  LayerTangent first(const Eigen::MatrixXd& cosines) const;
  LayerTangent next(const LayerTangent& tangent, const TangentStep& step) const;

 private:
  model::Trained trained_;
  double weight_variance_;
  double bias_variance_;
};

/// Tangent kernels of all hidden layers and of an output with white readout,
///
///   y = (σ_r/√n) Σ_j v_j z_j,   Θ_y = σ_r² [E[φφ] + E[φ'φ'] Θ^L],   σ_r² = 1/gram_scale,
///
/// all in the limit of infinite width, from the deficits 1 − c of the P inputs' cosines; `network`
/// is predict(). Thresholds are constants: what their own gradient adds is of the order 1/n between
/// distinct inputs, and on the diagonal what tangent_diagonal() says. `variances` and `biases` are
/// left empty.
///
/// Throws as make_derivative_kernel() and predict() do.
model::TangentPrediction predict_tangent(const model::Network& network,
                                         const model::Deficits& input_deficits,
                                         const model::TangentOptions& options = {});

/// The same from the cosines, which tell 1 − c to the rounding of 1 only.
model::TangentPrediction predict_tangent(const model::Network& network,
                                         const Eigen::MatrixXd& input_cosines,
                                         const model::TangentOptions& options = {});

}  // namespace wideproof::theory
