// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/matrix_figures.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

/// Beyond this many, pixels are a bitmap in place of squares: the file would grow too large.
constexpr Eigen::Index most_squares = 40;
constexpr double last_coloured_z = 5.0;
constexpr const char* gram_label = "Gram {/:Italic G_{ab}}";
constexpr const char* correlation_label = "Correlation {/:Italic c_{ab}}";

struct ColourRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(const Eigen::MatrixXd& matrix) {
    for (const double value : matrix.reshaped()) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
};

bool has_a_finite_entry(const Eigen::MatrixXd& matrix) {
  return matrix.array().isFinite().any();
}

std::string table_of(const Eigen::MatrixXd& matrix, const char* name) {
  std::string csv = fmt::format("row,column,{}\n", name);
  for (Eigen::Index a = 0; a < matrix.rows(); ++a)
    for (Eigen::Index b = 0; b < matrix.cols(); ++b)
      fmt::format_to(std::back_inserter(csv), "{},{},{}\n", a, b, matrix(a, b));
  return csv;
}

/// `value`: of column 3, such as "3"; `colours`: what they stand for, set above their bar, beside
/// which there is no room.
std::string commands(const std::string& name, Eigen::Index inputs, const char* palette, double low,
                     double high, const char* value, const char* colours) {
  const double edge = static_cast<double>(inputs) - 0.5;
  const BarTics bar = bar_tics(low, high);
  const std::string heading =
      bar.exponent == 0
          ? fmt::format("'{}' at graph 1.03, graph 1.06 left", colours)
          : fmt::format("'{} / 10^{{{}}}' at screen 0.99, graph 1.06 right", colours, bar.exponent);
  return fmt::format(
      "unset key\nset size ratio -1\nset border 15\nset tics scale 0\n"
      "set xrange [-0.5:{0}]\nset yrange [{0}:-0.5]\nset xtics {1}\nset ytics {1}\n"
      "set xlabel 'input {{/:Italic b}}'\nset ylabel 'input {{/:Italic a}}'\n"
      "set label 1 {9}\n@{2}\nset cbrange [{3}:{4}]\nset cbtics ({5})\n"
      "plot '{6}.csv' using 2:1:({7}) with image{8}",
      edge, std::max<Eigen::Index>(1, (inputs + 3) / 4), palette, low, high, bar.tics, name, value,
      inputs <= most_squares ? " pixels" : "", heading);
}

}  // namespace

std::vector<MatrixFigures> matrix_figures(const GramStudy& study) {
  std::vector<MatrixFigures> result;
  if (study.inputs() < 2) return result;
  const Eigen::Index inputs = std::min(study.inputs(), most_inputs_drawn);
  const std::string of_how_many =
      inputs < study.inputs() ? fmt::format(" The first {} of {} inputs.", inputs, study.inputs())
                              : "";
  const std::vector<compare::LayerComparison> estimates = study.assessment.best_estimates();
  const bool has_norms = study.assessment.options.norms_are_predicted;
  const char* label = has_norms ? gram_label : correlation_label;
  for (const std::size_t l : spread_out(study.depth(), 3)) {
    const compare::MatrixComparison& gram = estimates[l].gram;
    const Eigen::MatrixXd scale = compare::norm_scale(gram.predicted);
    const auto shown = [&](const Eigen::MatrixXd& matrix) -> Eigen::MatrixXd {
      return matrix.binaryExpr(scale, &compare::without_rounding).topLeftCorner(inputs, inputs);
    };
    const Eigen::MatrixXd predicted = shown(gram.predicted);
    const Eigen::MatrixXd measured = shown(gram.estimate.value);
    const Eigen::MatrixXd z =
        (has_norms ? gram : estimates[l].correlation).z.topLeftCorner(inputs, inputs);
    ColourRange range;
    range.include(predicted);
    if (!(range.high > range.low)) range.high = range.low + 1.0;
    MatrixFigures maps{static_cast<std::int64_t>(l) + 1, {}};
    const std::string stem = fmt::format("gram_layer{}_", maps.layer);
    const auto add = [&](const char* what, const std::string& title, const std::string& caption,
                         const Eigen::MatrixXd& matrix, const std::string& plot_text) {
      if (!has_a_finite_entry(matrix)) return;
      maps.figures.push_back({.name = stem + what,
                              .title = title,
                              .caption = caption + of_how_many,
                              .csv = table_of(matrix, what),
                              .plot = plot_text,
                              .height_over_width = 0.85,
                              .is_map = true});
    };
    add("predicted", "Predicted",
        fmt::format("{} of layer {}, infinitely wide, as {} has it.",
                    has_norms ? "Gram matrix" : "Correlations", maps.layer,
                    study.predicts_theory() ? "the theory" : "your prediction"),
        predicted,
        commands(stem + "predicted", inputs, "sequential", range.low, range.high, "$3", label));
    add("measured", fmt::format("Measured, {}", best_estimates_at(study.assessment)),
        "The same from the sampled networks, with the same colours.", measured,
        commands(stem + "measured", inputs, "sequential", range.low, range.high, "$3", label));
    add("z", "Difference in standard errors",
        fmt::format("z = (measured − predicted)/standard error. Chance alone gives values of "
                    "either sign, hardly any beyond ±4; colours end at ±{}.",
                    last_coloured_z),
        z,
        commands(stem + "z", inputs, "diverging", -last_coloured_z, last_coloured_z,
                 "$3 > 5 ? 5 : $3 < -5 ? -5 : $3", "{/:Italic z}"));
    result.push_back(std::move(maps));
  }
  return result;
}

}  // namespace wideproof::report
