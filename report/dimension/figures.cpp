// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/figures.hpp>

#include <wideproof/report/dimension/layer_figure.hpp>
#include <wideproof/report/dimension/spectrum_figure.hpp>
#include <wideproof/report/dimension/width_series_figure.hpp>

namespace wideproof::report {

std::vector<Figure> dimension_figures(const compare::DimensionAssessment& assessment,
                                      const std::vector<model::LayerSpectrum>& spectra) {
  std::vector<Figure> figures;
  for (auto&& figure : {layer_figure(assessment, compare::DimensionQuantity::dimensionality),
                        layer_figure(assessment, compare::DimensionQuantity::correlation_strength),
                        width_series_figure(assessment),
                        spectrum_figure(spectra, assessment.is_of_fixed_dimension)})
    if (figure) figures.push_back(*figure);
  return figures;
}

}  // namespace wideproof::report
