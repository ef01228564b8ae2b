// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/model/dimension/layer_spectrum.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// Eigenvalues of each layer's covariance in falling order, on logarithmic axes, and where its
/// participation ratio N D̃ lies: spectra of one network, eight of them at most. `is_whole`: the
/// inputs are all of the ensemble, not samples of it. nullopt without a spectrum of two positive
/// eigenvalues.
std::optional<Figure> spectrum_figure(const std::vector<model::LayerSpectrum>& spectra,
                                      bool is_whole);

}  // namespace wideproof::report
