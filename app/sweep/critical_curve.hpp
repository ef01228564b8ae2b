// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/report/sweep/figures.hpp>

namespace wideproof::app {

/// m*(f), the degree of correlation at which the correlation map's slope at 1 is 1, over a sweep of
/// the active fraction against the presynaptic degree, or against the taps of a box on a ring
/// (m + 1); as far as it lies in the range that is swept. nullopt for sweeps of other keys.
std::optional<report::SweepCurve> critical_curve(const SweepSpec& sweep);

}  // namespace wideproof::app
