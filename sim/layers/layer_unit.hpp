// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/activation.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::sim {

/// The unit that a layer's pre-activations are counted in, a power of two: h = unit · ĥ, where ĥ is
/// what is drawn and stored. φ is homogeneous for rectifiers and linear neurons (degree 1) and for
/// the step (degree 0), with thresholds that scale along,
///
///   φ(unit ĥ − unit t̂) = unit^degree φ(ĥ − t̂),     Gram = unit^{2 degree} Ĝ,
///
/// so that ĥ can be kept where float32 holds it and its square, however the norm grows or shrinks
/// from layer to layer; biases scale along. Multiplying by a power of two rounds nothing: wherever
/// numbers fit without it they are the same bits with it. tanh, erf and pointwise functions have a
/// scale of their own and stay at 1: require_float32_holds() refuses what float32 cannot hold of
/// them.
class LayerUnit {
 public:
  explicit LayerUnit(model::Activation activation);

  /// Goes on to the next layer, of this activation, whose largest variance over the inputs, in the
  /// square of of_activations(), is `variance`. Its unit is of_activations() times what is
  /// returned: 1, but where that variance lies outside 2^±80 or the layer has a scale of its own.
  double renew(double variance, model::Activation activation);

  double of_preactivations() const { return unit_; }
  double of_activations() const { return degree_ == 0 ? 1.0 : unit_; }
  /// What Ĝ has to be multiplied by.
  double of_gram() const { return of_activations() * of_activations(); }

 private:
  bool is_homogeneous_;
  int degree_;
  double unit_ = 1.0;
};

/// Throws InputError naming simulation.dtype where it is float32 and layers of tanh or erf leave
/// its range, by the variances of h that the law was given: below 2^−80 squares of activations
/// vanish, above 2^240 pre-activations overflow.
void require_float32_holds(const SampledLaw& law, model::DType dtype);

}  // namespace wideproof::sim
