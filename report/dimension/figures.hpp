// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/model/dimension/layer_spectrum.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// The figures of a study of dimension; one without any number is not made:
///
///   dimensionality           D̃ against the layer, theory's line, every width's means, the limits
///   correlation_strength     NΣ likewise
///   dimensionality_by_width  D̃ of the last layer against 1/N^p with the series and its end; from
///                            two widths on
///   spectrum                 eigenvalues of each spectrum in falling order, and where its
///                            participation ratio N D̃ lies
std::vector<Figure> dimension_figures(const compare::DimensionAssessment& assessment,
                                      const std::vector<model::LayerSpectrum>& spectra);

}  // namespace wideproof::report
