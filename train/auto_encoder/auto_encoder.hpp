// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <Eigen/Core>

#include <wideproof/model/training/auto_encoder_options.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/auto_encoder/hidden_code.hpp>

namespace wideproof::train {

/// A supervised online auto-encoder (Thom & Palm, JMLR 14, 2013),
///
///   u = Wᵀx,  h = π(u),  x̃ = W h,  f = W_outᵀ h + θ,  y = softmax(f),
///   E = (1 − α)(1 − corr(x̃, x)) + α · cross-entropy of y and the target,
///
/// W being tied: it encodes and decodes. float32 parameters; scalars in double.
class AutoEncoder {
 public:
  using Weights = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  AutoEncoder(HiddenCode code, Weights columns, Weights readout, Eigen::VectorXf biases)
      : weights(std::move(columns)),
        readout(std::move(readout)),
        biases(std::move(biases)),
        code_(std::move(code)) {}

  /// f of one input, C, and h in code().
  const Eigen::VectorXf& forward(const Eigen::VectorXf& x);
  /// The same from u.
  const Eigen::VectorXf& read_out(const Eigen::VectorXf& u);
  const HiddenCode& code() const { return code_; }

  /// corr(x̃, x) after forward(x); 0 where either is constant.
  double correlation(const Eigen::VectorXf& x);

  /// E of one input of target y, C.
  double objective(const Eigen::VectorXf& x, const Eigen::VectorXf& y, double blend);

  /// One step of size `rate` down the gradient of objective(); returns its value before. `blend`
  /// is α.
  double learn(const Eigen::VectorXf& x, const Eigen::VectorXf& y, double rate, double blend);

  /// Projects each column of W, as Thom & Palm do after an epoch, to Hoyer's sparseness σ_W, its
  /// norm and signs kept.
  void project_columns(double sparseness);

  /// Whether all weights and biases are finite.
  bool is_finite() const;

  Weights weights;         ///< Wᵀ, n × dimension: a column of W is a row
  Weights readout;         ///< W_outᵀ, C × n
  Eigen::VectorXf biases;  ///< θ, C

 private:
  /// −∂corr/∂x̃ into `gradient`; returns corr.
  double decode(const Eigen::VectorXf& x, Eigen::VectorXf& gradient);
  /// Softmax of outputs_ less y into errors_; returns the cross-entropy.
  double classify(const Eigen::VectorXf& y);

  HiddenCode code_;
  Eigen::VectorXf u_, outputs_, errors_, decoded_, gradient_, of_code_;
};

}  // namespace wideproof::train
