// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/spectrum_figure.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_spectra = 8;
constexpr std::size_t most_eigenvalues = 300;  ///< of a spectrum
constexpr double lowest_shown = 1e-6;          ///< beside the largest

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

Eigen::Index shown_count(const Eigen::VectorXd& eigenvalues) {
  return eigenvalues.size() == 0
             ? 0
             : (eigenvalues.array() > lowest_shown * eigenvalues.maxCoeff()).count();
}

/// Where rank `rank`, no whole number, lies on the line that joins the eigenvalues.
double eigenvalue_at(const Eigen::VectorXd& eigenvalues, double rank, Eigen::Index count) {
  const double place = std::clamp(rank, 1.0, static_cast<double>(count));
  const auto below = std::min(static_cast<Eigen::Index>(place), count - 1);
  const double share =
      std::log(place / static_cast<double>(below)) / std::log1p(1.0 / static_cast<double>(below));
  return std::exp(std::lerp(std::log(eigenvalues[below - 1]), std::log(eigenvalues[below]), share));
}

/// D̃ of samples of an ensemble, N D̃ of a whole one, with its layer as an index.
std::string spectrum_name(const model::LayerSpectrum& spectrum, bool is_whole) {
  const double ratio = spectrum.participation_ratio;
  const std::string number =
      std::isfinite(ratio)
          ? fmt::format("{:.3g}", is_whole ? ratio : ratio / static_cast<double>(spectrum.width))
          : "–";
  return fmt::format("{{/:Italic {}}}_{{{}}} = {}", is_whole ? "N D̃" : "D̃", spectrum.layer, number);
}

std::string caption_of(const model::LayerSpectrum& spectrum, bool is_whole) {
  const double share =
      std::sqrt(static_cast<double>(spectrum.width) / static_cast<double>(spectrum.samples));
  const std::string width = compare::with_commas(spectrum.width);
  const std::string samples = compare::with_commas(spectrum.samples);
  if (is_whole)
    return fmt::format(
        "Eigenvalues λ of the covariance of one network's activations over the {} inputs, at width "
        "N = {}, in falling order, a line for each layer. A dot marks the participation ratio N D̃ "
        "= (Σλ)²/Σλ²: as many equal eigenvalues would give it. Its layer stands as an index.",
        samples, width);
  std::string text = fmt::format(
      "Eigenvalues of the covariance of one network's activations over inputs, at width N = {}, in "
      "falling order and over their mean, a line for each layer. A dot marks the participation "
      "ratio N D̃: as many equal eigenvalues would give it. D̃ is estimated without bias; its layer "
      "stands as an index. The covariance is that of M = {} inputs, ",
      width, samples);
  if (share >= 1.0) return text + "too few to show all of its directions.";
  return text + fmt::format(
                    "which spreads equal eigenvalues from {:.2g} to {:.2g} times their "
                    "value.",
                    (1.0 - share) * (1.0 - share), (1.0 + share) * (1.0 + share));
}

/// What is drawn, as it grows line by line.
struct SpectrumLines {
  bool is_whole;
  std::string csv = "layer,kind,rank,eigenvalue\n";
  std::vector<std::string> lines = {};
  std::vector<std::string> dots = {};
  std::vector<double> ranks = {};
  std::vector<double> values = {};
  std::vector<double> middles = {};  ///< half way along the axis of ranks

  void add(const model::LayerSpectrum& spectrum) {
    const Eigen::VectorXd& eigenvalues = spectrum.eigenvalues;
    const double unit = eigenvalues.sum() / (is_whole ? 1.0 : static_cast<double>(spectrum.width));
    const Eigen::Index count = shown_count(eigenvalues);
    const double ratio = spectrum.participation_ratio;
    const auto line_type = lines.size() + 1;
    middles.push_back(eigenvalue_at(eigenvalues, std::sqrt(static_cast<double>(count)), count) /
                      unit);
    for (const Eigen::Index k : drawn_ranks(count))
      add_row(spectrum.layer, "eigenvalue", static_cast<double>(k) + 1.0, eigenvalues[k] / unit);
    lines.push_back(fmt::format("{} with lines lt {} title '{}'",
                                rows(spectrum.layer, "eigenvalue"), line_type,
                                spectrum_name(spectrum, is_whole)));
    if (!std::isfinite(ratio) || ratio < 1.0) return;
    add_row(spectrum.layer, "participation", ratio,
            eigenvalue_at(eigenvalues, ratio, count) / unit);
    dots.push_back(fmt::format("{} with points lt {} pt 7 ps 0.8 notitle",
                               rows(spectrum.layer, "participation"), line_type));
  }

  /// Below the lines, or above them where they fall at once.
  std::string key() const {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double half_way = std::sqrt(*low * *high);
    const bool is_below = *std::min_element(middles.begin(), middles.end()) > half_way;
    return fmt::format("set key inside {} Left reverse samplen 2 spacing 0.95\n",
                       is_below ? "bottom left" : "top right");
  }

 private:
  void add_row(std::int64_t layer, const char* kind, double rank, double value) {
    csv += fmt::format("{},{},{},{}\n", layer, kind, rank, value);
    ranks.push_back(rank);
    values.push_back(value);
  }

  static std::string rows(std::int64_t layer, const char* kind) {
    return fmt::format("'spectrum.csv' using ($1 == {} && strcol(2) eq '{}' ? $3 : NaN):4", layer,
                       kind);
  }
};

}  // namespace

std::optional<Figure> spectrum_figure(const std::vector<model::LayerSpectrum>& spectra,
                                      bool is_whole) {
  std::vector<const model::LayerSpectrum*> usable;
  for (const model::LayerSpectrum& spectrum : spectra)
    if (spectrum.eigenvalues.allFinite() && shown_count(spectrum.eigenvalues) >= 2)
      usable.push_back(&spectrum);
  if (usable.empty()) return std::nullopt;
  SpectrumLines drawn{is_whole};
  for (const std::size_t i : spread_out(usable.size(), most_spectra)) drawn.add(*usable[i]);
  std::vector<std::string> items = drawn.lines;
  items.insert(items.end(), drawn.dots.begin(), drawn.dots.end());
  return Figure{
      .name = "spectrum",
      .title = "Spectrum of the covariance over inputs",
      .caption = caption_of(*usable.front(), is_whole),
      .csv = drawn.csv,
      .plot = drawn.key() + log_axis("x", drawn.ranks) + log_axis("y", drawn.values) +
              fmt::format("set xlabel 'rank of the eigenvalue'\nset ylabel '{}'\n",
                          is_whole ? "share of the variance" : "eigenvalue / mean") +
              plot(items),
      .height_over_width = std::max(0.95, 0.75 + 0.045 * static_cast<double>(drawn.lines.size()))};
}

}  // namespace wideproof::report
