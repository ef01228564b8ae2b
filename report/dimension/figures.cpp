// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/figures.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

#include <wideproof/report/dimension/layer_figure.hpp>
#include <wideproof/report/dimension/width_series_figure.hpp>
#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_spectra = 5;
constexpr std::size_t most_eigenvalues = 300;  ///< of a spectrum
constexpr double negligible = 1e-9;            ///< beside the largest: rounding

/// Ranks from 0 that are evenly spaced on a logarithmic axis, all the first ones among them.
std::set<Eigen::Index> drawn_ranks(Eigen::Index count) {
  std::set<Eigen::Index> ranks;
  for (std::size_t i = 0; i < most_eigenvalues; ++i)
    ranks.insert(static_cast<Eigen::Index>(std::lround(std::pow(
                     static_cast<double>(count),
                     static_cast<double>(i) / (static_cast<double>(most_eigenvalues) - 1.0)))) -
                 1);
  return ranks;
}

Eigen::Index positive_count(const Eigen::VectorXd& eigenvalues) {
  return eigenvalues.size() == 0
             ? 0
             : (eigenvalues.array() > negligible * eigenvalues.maxCoeff()).count();
}

std::string spectrum_name(const model::LayerSpectrum& spectrum, std::size_t number,
                          bool is_told_apart) {
  return is_told_apart ? fmt::format("layer {}", spectrum.layer)
                       : fmt::format("layer {}, no. {}", spectrum.layer, number);
}

std::optional<Figure> spectrum_figure(const std::vector<model::LayerSpectrum>& spectra) {
  std::vector<const model::LayerSpectrum*> usable;
  std::set<std::int64_t> layers;
  for (const model::LayerSpectrum& spectrum : spectra) {
    if (!spectrum.eigenvalues.allFinite() || positive_count(spectrum.eigenvalues) < 2) continue;
    usable.push_back(&spectrum);
    layers.insert(spectrum.layer);
  }
  if (usable.empty()) return std::nullopt;
  Figure figure{.name = "spectrum",
                .title = "Spectrum of the covariance over inputs",
                .caption = "",
                .csv = "spectrum,kind,rank,eigenvalue\n",
                .plot = ""};
  std::vector<std::string> items;
  std::vector<CurveName> names;
  std::vector<double> ranks;
  std::vector<double> values;
  std::string ratios;
  for (const std::size_t i : spread_out(usable.size(), most_spectra)) {
    const model::LayerSpectrum& spectrum = *usable[i];
    const std::string name = spectrum_name(spectrum, i + 1, layers.size() == usable.size());
    const double mean = spectrum.eigenvalues.sum() / static_cast<double>(spectrum.width);
    const Eigen::Index count = positive_count(spectrum.eigenvalues);
    const auto add = [&](const char* kind, double rank, double value) {
      figure.csv += fmt::format("{},{},{},{}\n", i + 1, kind, rank, value);
      ranks.push_back(rank);
      values.push_back(value);
    };
    for (const Eigen::Index k : drawn_ranks(count))
      add("eigenvalue", static_cast<double>(k) + 1.0, spectrum.eigenvalues[k] / mean);
    const double ratio = spectrum.participation_ratio();
    const auto at = static_cast<Eigen::Index>(std::lround(ratio));
    add("participation", ratio,
        spectrum.eigenvalues[std::clamp<Eigen::Index>(at - 1, 0, count - 1)] / mean);
    const auto line_type = static_cast<int>(names.size()) + 1;
    names.push_back({name, name});
    const auto rows = [&](const char* kind) {
      return fmt::format("'spectrum.csv' using ($1 == {} && strcol(2) eq '{}' ? $3 : NaN):4", i + 1,
                         kind);
    };
    items.push_back(
        fmt::format("{} with lines lt {} title '{}'", rows("eigenvalue"), line_type, name));
    items.push_back(
        fmt::format("{} with points lt {} pt 7 ps 1.1 notitle", rows("participation"), line_type));
    ratios += fmt::format("{} {}, N = {}: {:.4g}, of N {:.3g}", ratios.empty() ? "" : ";", name,
                          spectrum.width, ratio, ratio / static_cast<double>(spectrum.width));
  }
  const FigureKey key = figure_key(names);
  figure.height_over_width = 0.75 + key.height;
  figure.plot = key.commands + log_axis("x", ranks) + log_axis("y", values) +
                "set xlabel 'rank'\nset ylabel 'eigenvalue / mean'\n" + plot(items);
  figure.caption = fmt::format(
      "Eigenvalues of one network's covariance of activations over inputs, in falling order and "
      "over "
      "their mean. A dot marks the participation ratio, N D̃ = (Σλ)²/Σλ²: as many equal eigenvalues "
      "would give it.{}.",
      ratios);
  return figure;
}

}  // namespace

std::vector<Figure> dimension_figures(const compare::DimensionAssessment& assessment,
                                      const std::vector<model::LayerSpectrum>& spectra) {
  std::vector<Figure> figures;
  for (auto&& figure : {layer_figure(assessment, compare::DimensionQuantity::dimensionality),
                        layer_figure(assessment, compare::DimensionQuantity::correlation_strength),
                        width_series_figure(assessment), spectrum_figure(spectra)})
    if (figure) figures.push_back(*figure);
  return figures;
}

}  // namespace wideproof::report
