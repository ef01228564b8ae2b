// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wideproof::model {

/// What single weights are:
///
///   gaussian     normal, mean 0, variance g²/N
///   binary       ±g/√N; correlated ones are signs of normals, whose correlation is the one that
///                gives the signs theirs
///   orthogonal   g times a Haar-distributed orthogonal matrix
enum class SynapseLaw { gaussian, binary, orthogonal };

/// Which weights are correlated with each other:
///
///   receiving   ⟨w_ik w_jk⟩ = ρ g²/N, those of one sending unit k to all receiving units
///   sending     ⟨w_ik w_il⟩ = ρ g²/N, those of one receiving unit i from all sending units
enum class SynapseSide { receiving, sending };

/// Signs of the correlation: all positive, or ⟨w_ik w_jk⟩ = s_i s_j ρ g²/N with as many s_i = 1 as
/// s_i = −1.
enum class SynapseSigns { uniform, mixed };

/// How the weights are changed after they were drawn, layer by layer: not at all, by Hebb's rule
/// with rows brought back to their norms, or by Oja's.
enum class SynapseLearning { none, hebb, oja };

/// The synapses between two layers of N units each: the [network.synapses] table
/// (Zhou & Huang, arXiv 2006.11569).
struct Synapses {
  SynapseLaw law = SynapseLaw::gaussian;
  double correlation = 0.0;  ///< r ≥ 0
  double exponent = 0.5;     ///< ρ = r N^(−exponent), in [0, 10]
  SynapseSide across = SynapseSide::receiving;
  SynapseSigns signs = SynapseSigns::uniform;
  SynapseLearning learning = SynapseLearning::none;
  double rate = 0.01;      ///< of learning: a step adds rate · ⟨y x⟩; > 0
  std::int64_t steps = 5;  ///< of learning, passes over the inputs; ≥ 1
  bool shuffled = false;   ///< each learnt row in an order of its own: the control of learning

  bool learns() const { return learning != SynapseLearning::none; }

  /// ρ at a width N.
  double correlation_at(std::int64_t width) const;

  /// Throws InputError naming `network.synapses.<key>` for a value out of range or values that do
  /// not go together, and where ρ exceeds 1 at one of `widths`. Rates and steps are judged where
  /// synapses learn.
  void validate(const std::vector<std::int64_t>& widths = {}) const;
};

std::string_view name_of(SynapseLaw law);
std::string_view name_of(SynapseSide side);
std::string_view name_of(SynapseSigns signs);
std::string_view name_of(SynapseLearning learning);

/// Each throws InputError naming `key` and every known name.
SynapseLaw synapse_law_from_name(std::string_view key, std::string_view name);
SynapseSide synapse_side_from_name(std::string_view key, std::string_view name);
SynapseSigns synapse_signs_from_name(std::string_view key, std::string_view name);
SynapseLearning synapse_learning_from_name(std::string_view key, std::string_view name);

}  // namespace wideproof::model
