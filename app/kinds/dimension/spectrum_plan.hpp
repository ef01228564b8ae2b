// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// Which covariance spectra a study of dimension shows: of network 0 of one of its widths.
struct SpectrumPlan {
  std::int64_t width = 0;
  /// Inputs that the covariance is taken over. As many as the study's own, if they are all of the
  /// ensemble or if synapses learn from them; else up to 16 a unit, so that chance spreads
  /// eigenvalues little.
  std::int64_t samples = 0;
  /// Rising; all of up to eight layers, of deeper networks the first, the last and six between,
  /// spaced evenly on a logarithmic scale.
  std::vector<std::int64_t> layers;
};

/// Of the largest width at which a spectrum takes seconds, that is with at most 2048 eigenvalues;
/// nullopt where there is none.
std::optional<SpectrumPlan> spectrum_plan(const model::Experiment& experiment);

/// Why there is no plan, in a sentence; empty where there is one.
std::string why_no_spectrum(const model::Experiment& experiment);

}  // namespace wideproof::app
