// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/width_figures.hpp>
#include <wideproof/report/gram/figures/width_lines.hpp>
#include <wideproof/report/gram/figures/width_points.hpp>

namespace wideproof::report {
namespace {

/// The class of correlations that varies most in the last layer of the widest networks.
Eigen::Index most_variable_pairs(const model::ClassSeries& series) {
  Eigen::Index label = 0;
  const Eigen::VectorXd variance =
      series.widths.back().correlation_variances.colwise().mean().tail(series.classes.count());
  double most = 0.0;
  for (Eigen::Index k = 1; k < variance.size(); ++k)
    if (variance[k] > most) most = variance[label = k];
  return label;
}

/// "inputs 1 and 4", of that class
std::string example_of(const model::EntryClasses& classes, Eigen::Index label) {
  for (Eigen::Index a = 0; a < classes.inputs(); ++a)
    for (Eigen::Index b = a + 1; b < classes.inputs(); ++b)
      if (classes.labels()(a, b) == label) return fmt::format("inputs {} and {}", a + 1, b + 1);
  return {};
}

}  // namespace

std::optional<Figure> spread_figure(const GramStudy& study) {
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_width_lines)) {
    std::vector<WidthPoint> points = spread_points(study, l);
    if (points.empty()) continue;
    lines.push_back(width_line(study, l, std::move(points)));
  }
  if (!any_measured(lines)) return std::nullopt;
  const FigureKey key = key_of(lines);
  std::vector<double> numbers = numbers_of(lines);
  for (const WidthLine& line : lines)
    for (const WidthPoint& at : line.points) numbers.push_back(at.low);
  const bool has_norms = study.assessment.options.norms_are_predicted;
  Figure figure{
      .name = "spread",
      .title = "Spread of one network",
      .caption = fmt::format(
          "Root mean square deviation of one network's {} from the mean, over all {} of "
          "a layer, with 95% intervals.",
          study.further ? study.assessment.options.compared
          : has_norms   ? "Gram matrix"
                        : "correlations",
          has_norms ? "entries" : "pairs"),
      .csv = table_of(lines, "spread"),
      .plot = key.commands + width_axis(study) + decades_axis('y', decades_of(numbers)) +
              fmt::format("set ylabel 'spread of {} in one network'\n", symbols_of(study)) +
              plot(items_of(lines, "spread", Placing::exact)),
      .height_over_width = height_without_key + key.height};
  if (any_predicted(lines)) figure.caption += " Dashed: the predicted limit of √(n·Var), over √n.";
  figure.caption += exponents_text(study, &compare::LayerConvergence::fluctuation, lines, "−1/2");
  return figure;
}

std::optional<Figure> fluctuation_figure(const GramStudy& study, compare::Quantity quantity) {
  const model::EntryClasses& classes = study.series.classes;
  const bool of_norms = quantity == compare::Quantity::gram;
  const model::WidthSeries& widest = study.series.widths.back();
  if ((of_norms ? widest.gram_variances : widest.correlation_variances).rows() == 0)
    return std::nullopt;
  const Eigen::Index label = of_norms ? 0 : most_variable_pairs(study.series);
  if (!of_norms && label == 0) return std::nullopt;
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_width_lines)) {
    if (!compare::has_limit(study.prediction[l].without_limit, {quantity, 0, 0})) continue;
    lines.push_back(width_line(study, l, fluctuation_points(study, quantity, label, l)));
  }
  if (!any_measured(lines)) return std::nullopt;
  const FigureKey key = key_of(lines);
  Figure figure{.name = of_norms ? "fluctuation_norm" : "fluctuation_correlation",
                .title = of_norms ? "Fluctuation of the norms" : "Fluctuation of correlations",
                .caption = {},
                .csv = table_of(lines, "variance_times_width"),
                .plot = {},
                .height_over_width = height_without_key + key.height};
  figure.caption = fmt::format(
      "n times the variance of one network's {}, with 95% intervals. {}",
      of_norms ? study.further ? "diagonals, mean over inputs" : "norms (the diagonal of G)"
               : fmt::format("correlations, for the class of pairs that varies most (such as {})",
                             example_of(classes, label)),
      any_predicted(lines) ? "Dashed: the predicted limit." : "No limit is predicted.");
  figure.caption += beside_text(lines);
  figure.plot = key.commands + width_axis(study) + y_axis(lines) +
                fmt::format("set ylabel '{{/:Italic n}} Var({})'\n",
                            of_norms ? symbols_of(study, "aa") : "{/:Italic c_{ab}}") +
                plot(items_of(lines, figure.name));
  return figure;
}

}  // namespace wideproof::report
