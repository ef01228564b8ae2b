// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/width_figures.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/width_lines.hpp>

namespace wideproof::report {
namespace {

constexpr const char* whole_neurons =
    " The threshold is the layer's quantile, so that every network has the same whole number of "
    "active neurons, which differs from f·n by less than one: the fraction scatters no more, and "
    "is off f by less than 1/n.";

}  // namespace

std::optional<Figure> active_fraction_figure(const GramStudy& study) {
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.layers(), most_width_lines)) {
    WidthLine line = width_line(study, l);
    for (std::size_t i = l; i < study.measurement.size(); i += study.depth()) {
      const model::LayerMeasurement& at = study.measurement[i];
      const double mean = at.active_fraction_mean;
      const double half =
          normal_95 * std::sqrt(at.active_fraction_variance / static_cast<double>(at.replicates));
      if (!std::isfinite(mean) || !std::isfinite(half)) continue;
      line.points.push_back(
          {at.width, mean, mean - half, mean + half, study.theory.layers[l].active_fraction});
    }
    lines.push_back(std::move(line));
  }
  if (!any_measured(lines)) return std::nullopt;
  const FigureKey key = key_of(lines);
  const model::Network& network = study.experiment.network();
  const bool by_quantile = study.is_sampled_here() && network.is_uniform() &&
                           model::is_thresholded(network.activation()) &&
                           network.threshold() == model::ThresholdRule::quantile;
  return Figure{
      .name = "active_fraction",
      .title = "Active fraction",
      .caption = std::string("Fraction of a layer's neurons that are active, mean over "
                             "networks with 95% intervals. Dashed: the predicted limit.") +
                 beside_text(lines) + (by_quantile ? whole_neurons : ""),
      .csv = table_of(lines, "active_fraction"),
      .plot = key.commands + width_axis(study) + y_axis(lines) + "set ylabel 'active fraction'\n" +
              plot(items_of(lines, "active_fraction")),
      .height_over_width = height_without_key + key.height};
}

std::vector<Figure> width_figures(const GramStudy& study) {
  std::vector<Figure> figures;
  for (auto& figure :
       {bias_figure(study), spread_figure(study),
        fluctuation_figure(study, compare::Quantity::gram),
        fluctuation_figure(study, compare::Quantity::correlation), active_fraction_figure(study)})
    if (figure) figures.push_back(*figure);
  return figures;
}

}  // namespace wideproof::report
