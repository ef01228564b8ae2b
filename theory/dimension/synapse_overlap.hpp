// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <wideproof/model/dimension/synapses.hpp>

namespace wideproof::theory {

/// Ω − 1, Ω = N⟨cos²(w_i, w_j)⟩ being the squared overlap of the weights to two receiving units
/// (Zhou & Huang, arXiv 2006.11569; Ω for any weights is derived): i.i.d. weights have Ω = 1,
/// orthogonal ones 0, and a correlation ρ = r N^(−exponent) adds
///
///   Ω − 1 = N ρ² = r² N^(1 − 2 exponent)
///
/// on either side and with either signs: across receiving units cos has the mean ρ, across sending
/// ones two rows share the direction in which all weights of a row agree, with a weight √(Nρ) of
/// random sign each.
///
/// At `width` N if that is given, else in the limit: r², 0 or infinity where the exponent is ½,
/// more, or less. Throws InputError naming network.synapses.learning for synapses that learn, which
/// have no theory.
double overlap_excess(const model::Synapses& synapses,
                      std::optional<std::int64_t> width = std::nullopt);

}  // namespace wideproof::theory
