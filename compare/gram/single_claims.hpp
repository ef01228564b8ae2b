// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::compare {

/// The claims one by one: p-values of their own, without looks, Holm's adjustment or obstacles; of
/// equivalence the outcome too. The first two need an extrapolation.
Claim limit_claim(const Assessment& assessment);
Claim entries_claim(const Assessment& assessment);
Claim equivalence_claim(const Assessment& assessment);

/// Of the layers that have this exponent, Holm over them; nullopt if none has.
std::optional<Claim> fluctuation_exponent_claim(const Assessment& assessment);
std::optional<Claim> bias_exponent_claim(const Assessment& assessment);

/// Needs an assessment of the fluctuations.
Claim fluctuation_claim(const Assessment& assessment);

}  // namespace wideproof::compare
