// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include <fmt/format.h>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/width_figures.hpp>
#include <wideproof/report/gram/figures/width_lines.hpp>

namespace wideproof::report {
namespace {

/// The column of a layer that stands out most at the narrowest width; the number of columns if the
/// layer has none.
std::size_t loudest(const std::vector<compare::ClassColumn>& columns,
                    const compare::WidthVectors& means, std::size_t layer) {
  const compare::VectorEstimate& narrowest = means.at.front();
  const auto ratio = [&](std::size_t k) {
    const auto index = static_cast<Eigen::Index>(k);
    return std::abs(narrowest.value[index] - columns[k].predicted) /
           std::sqrt(narrowest.covariance(index, index));
  };
  std::size_t chosen = columns.size();
  for (std::size_t k = 0; k < columns.size(); ++k)
    if (columns[k].layer == layer && (chosen == columns.size() || ratio(k) > ratio(chosen)))
      chosen = k;
  return chosen;
}

WidthLine bias_line(const GramStudy& study, const std::vector<compare::ClassColumn>& columns,
                    const compare::WidthVectors& means, std::size_t layer) {
  WidthLine line = width_line(study, layer);
  const std::size_t chosen = loudest(columns, means, layer);
  if (chosen == columns.size()) return line;
  const compare::ClassColumn& column = columns[chosen];
  const Eigen::MatrixXd& limit = study.prediction[layer].gram_bias;
  const double predicted = limit.size() > 0
                               ? std::abs(study.series.classes.means(limit)[column.label])
                               : WidthPoint::none;
  const auto index = static_cast<Eigen::Index>(chosen);
  for (std::size_t w = 0; w < means.at.size(); ++w) {
    const double bias = std::abs(means.at[w].value[index] - column.predicted);
    const double half = normal_95 * std::sqrt(means.at[w].covariance(index, index));
    if (!std::isfinite(bias) || !std::isfinite(half) || bias == 0.0) continue;
    line.points.push_back({means.widths[w], bias, bias - half, bias + half,
                           predicted / static_cast<double>(means.widths[w])});
  }
  return line;
}

constexpr const char* guide_name = "∝ 1/n";
constexpr const char* guide_title = "∝ 1/{/:Italic n}";

/// A line ∝ 1/n from above the points of the narrowest width, or from the top of the axis.
std::string guide(const std::vector<WidthLine>& lines, const Decades& decades, double narrowest) {
  double highest = 0.0;
  for (const WidthLine& line : lines)
    for (const WidthPoint& at : line.points)
      if (static_cast<double>(at.width) == narrowest) highest = std::max(highest, at.value);
  const double start = std::min(2.0 * highest, decades.high);
  if (start <= decades.low) return {};
  return fmt::format("{:.6g} / x with lines lc rgb '#999999' lw 1 title '{}'", start * narrowest,
                     guide_title);
}

}  // namespace

std::optional<Figure> bias_figure(const GramStudy& study) {
  const compare::Options& options = study.assessment.options;
  if (!compare::is_finite(study.series)) return std::nullopt;
  const std::vector<compare::ClassColumn> columns =
      gram_columns(study.series, study.prediction, options);
  const compare::WidthVectors means = class_means(study.series, columns, options);
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_width_lines))
    lines.push_back(bias_line(study, columns, means, l));
  if (!any_measured(lines)) return std::nullopt;
  const Decades decades = decades_of(numbers_of(lines));
  for (WidthLine& line : lines)  // a bar that reaches below zero goes to the lower edge
    for (WidthPoint& at : line.points) at.low = std::max(at.low, decades.low);
  std::vector<std::string> items = items_of(lines, "bias");
  const std::string one_over_n =
      guide(lines, decades, static_cast<double>(study.series.widths.front().width));
  const bool is_guided = study.series.widths.size() > 1 && !one_over_n.empty();
  if (is_guided) items.push_back(one_over_n);
  const FigureKey key =
      key_of(lines, is_guided ? std::vector<std::string>{guide_name} : std::vector<std::string>{});

  Figure figure{.name = "bias",
                .title = "Convergence with width",
                .caption =
                    "Distance of the mean over networks from the prediction for infinite width, in "
                    "each layer for the class of entries where it stands out most, with 95% "
                    "intervals; bars that reach the lower edge include zero.",
                .csv = table_of(lines, "bias"),
                .plot = key.commands + width_axis(study) + decades_axis('y', decades) +
                        fmt::format("set ylabel '|mean − prediction| of {}'\n", symbols_of(study)) +
                        plot(items),
                .height_over_width = height_without_key + key.height};
  figure.caption += beside_text(lines);
  if (any_predicted(lines)) figure.caption += " Dashed: the predicted bias.";
  const std::string exponents =
      exponents_text(study, &compare::LayerConvergence::bias, lines, "−1");
  if (study.series.widths.size() > 1)
    figure.caption += exponents.empty() ? " No bias stands so far above the noise that an exponent "
                                          "could be fitted."
                                        : exponents;
  return figure;
}

}  // namespace wideproof::report
