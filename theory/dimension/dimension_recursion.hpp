// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/theory/dimension/dimension_limit.hpp>

namespace wideproof::theory {

class CommonModes;

/// How a layer of N → ∞ units changes the moments of its inputs' covariance (model: Zhou & Huang,
/// arXiv 2006.11569; equations derived): x' = φ(Wx + b), W of variance g²/N and squared overlap Ω,
/// b of variance σ_b², in all layers alike. With Δ = g²K and the averages of LayerAverage,
///
///   h = g²(Q + mM²) + σ_b²
///   K' = ⟨V⟩,  Q' = ⟨m²⟩,  M' = ⟨m⟩,  K₂' = ⟨V²⟩
///   S' = κ²g⁴ [K₂ + S + (Ω − 1 + Σ_{γ≠0} B(γ)²) K²],   D̃' = K'²/(K₂' + S').
///
/// B is the presynaptic filter's autocorrelation and m its degree; it acts from the second layer
/// on. (Weights of one row correlated by B see C_jj at neighbours j too; M matters for activations
/// that are not odd.) Correlations of one sign meet the filter as a whole (derived):
///
///   receiving   units share a fluctuation, C_ij ∋ N^{−1/2} r g²K p_i p_j, of which tr(BC)² counts
///               r²g⁴K²κ² (1 + m u)² in place of r²g⁴K²κ², u = ⟨p⟩²/⟨p²⟩ of that layer
///   sending     what the weights of a row have in common sees Σ_j x_j of the filtered layer: its
///               r²K² becomes (1 + m)²r²K²
///
/// Mixed signs have no such part. It is computed in 1/D̃, K₂/K² and S/K², which need no more than
/// V/Δ and η = κΔ/K', S'/K'² = η²[1/D̃ + Ω − 1 + ΣB²], and so keep their digits however small K
/// becomes.
///
/// Neurons that are not odd keep common modes of a uniform correlation across receiving units:
/// CommonModes then take the place of r²K². Mixed signs cancel them.
///
/// **To first order in 1/√N**, for odd φ without a filter and ρ = r/√N. A correlated layer hands an
/// eigenvalue of order √N on, so that t = tr C³/(N^{3/2}K³) stays finite, and the next layer's
/// C_ij² and C_ii are correlated:
///
///   t' = η³(t + r³)
///   a' = (⟨m p z⟩/√h)² (g²η²/κ) (a + r³Q),   a = mᵀC²m/(N^{3/2}K²), across receiving units alone
///   (1/D̃)'₁ = η² [(1/D̃)₁ + 4 (∂ ln κ/∂ ln Δ) (t + r³ if across sending units)
///                 + 2 (g²/κh) ⟨p²(z²−1)⟩ a]
///
/// and NΣ likewise, since K and K₂ have no such term. t is given for the inputs and a is 0 there.
/// Where weights are independent or orthogonal and t = 0 there is none and corrections are O(1/N).
class DimensionRecursion {
 public:
  /// Ω at `width` if that is given. Throws InputError naming network.postsynaptic.filter where
  /// there is one, network.synapses.<key> as Synapses::validate() and overlap_excess() do.
  DimensionRecursion(const model::Network& network, const model::Synapses& synapses,
                     std::optional<std::int64_t> width = std::nullopt);

  double weight_variance() const { return weight_variance_; }  ///< g²
  double bias_variance() const { return bias_variance_; }      ///< σ_b²
  double tau() const { return tau_; }
  model::Activation activation() const { return activation_; }
  /// What is added to 1/D̃ of a layer, over K², before η² of the next: Ω − 1 + Σ_{γ≠0} B(γ)², of
  /// correlations of one sign as above. The layer is one of many alike, of that η and u; B acts on
  /// it.
  double excess(double eta, double uniformity) const {
    return excess_of(is_common_ ? eta * eta * overlap_ : 0.0, uniformity, true);
  }

  /// Layers 1 to `depth` for inputs of the given moments. Throws InputError for moments that no
  /// ensemble has (K in [2^−450, 2^450], Q ≥ M², K₂ ≥ K², S ≥ 0), naming
  /// network.weight_variance or network.bias_variance, whichever adds more to the fields, where K
  /// leaves [2^−450, 2^450], and network.synapses.across where
  /// units of nonzero mean send correlated weights, whose fields grow without bound.
  std::vector<DimensionLayer> layers(const LayerMoments& inputs, std::int64_t depth) const;

 private:
  struct State;
  State step(const State& state, bool is_first, CommonModes& modes) const;
  double field_square(const State& state, double degree) const;
  /// `common`: S/K² of a fluctuation that all units of the layer share.
  double excess_of(double common, double uniformity, bool is_filtered) const;
  DimensionLayer layer(const State& state) const;

  model::Activation activation_;
  model::ThresholdRule rule_;
  double tau_ = 0.0;
  double weight_variance_;
  double bias_variance_;
  double overlap_;
  double degree_ = 0.0;
  double filter_squares_ = 0.0;
  bool has_modes_ = false;        ///< whether CommonModes take the part of r²K²
  bool is_common_ = false;        ///< whether odd units share a fluctuation
  bool is_sending_ = false;       ///< correlated across sending units
  bool grows_with_mean_ = false;  ///< fields of units of nonzero mean grow without bound
  double cube_ = 0.0;             ///< r³
  bool has_slope_ = false;        ///< whether the first order in 1/√N is known
};

/// The layers and the fixed point of a network on inputs of the given moments.
///
/// Throws InputError as DimensionRecursion does.
DimensionLimit predict_dimension(const model::Network& network, const model::Synapses& synapses,
                                 const LayerMoments& inputs = {},
                                 std::optional<std::int64_t> width = std::nullopt);

}  // namespace wideproof::theory
