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
constexpr const char* diagonal_grey = "#b8b8b8";  ///< none of the palette's
constexpr const char* gram_label = "Gram {/:Italic G_{ab}}";
constexpr const char* correlation_label = "Correlation {/:Italic c_{ab}}";

struct ColourRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  bool is_empty() const { return high < low; }
};

ColourRange pairs_of(const Eigen::MatrixXd& matrix) {
  ColourRange range;
  for (Eigen::Index a = 0; a < matrix.rows(); ++a)
    for (Eigen::Index b = 0; b < matrix.cols(); ++b)
      if (a != b) range.include(matrix(a, b));
  return range;
}

/// The colours of both maps: they hold the pairs predicted, and those measured as far out as leaves
/// the predicted ones a third of the colours. They span `least_span` or more, so that matrices that
/// count as equal look it.
ColourRange colours_of(const ColourRange& predicted, const ColourRange& measured,
                       double least_span) {
  if (predicted.is_empty()) return {0.0, 1.0};
  const double span = std::max(predicted.high - predicted.low, least_span);
  ColourRange range = predicted;
  if (!measured.is_empty()) {
    for (const double value : {measured.low, measured.high})
      range.include(std::clamp(value, predicted.low - span, predicted.high + span));
  }
  const double missing = std::max(least_span - (range.high - range.low), 0.0);
  range = {range.low - 0.5 * missing, range.high + 0.5 * missing};
  if (!(range.high > range.low)) range.high = range.low + 1.0;
  return range;
}

/// "1", or "0.98 to 1.02"
std::string diagonal_text(const Eigen::MatrixXd& matrix) {
  ColourRange range;
  for (const double value : matrix.diagonal()) range.include(value);
  if (range.is_empty()) return "not finite";
  const std::string low = fmt::format("{:.4g}", range.low);
  const std::string high = fmt::format("{:.4g}", range.high);
  return low == high ? low : low + " to " + high;
}

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

/// How a matrix is coloured.
struct Colouring {
  const char* palette;
  ColourRange range;
  const char* value;    ///< of column 3, such as "$3"
  const char* colours;  ///< what they stand for, set above their bar, beside which is no room
  bool has_diagonal;    ///< else it is grey
};

std::string commands(const std::string& name, Eigen::Index inputs, const Colouring& colouring) {
  const auto& [palette, range, value, colours, has_diagonal] = colouring;
  const double edge = static_cast<double>(inputs) + 0.5;
  const BarTics bar = bar_tics(range.low, range.high);
  const std::string heading =
      bar.exponent == 0
          ? fmt::format("'{}' at graph 1.03, graph 1.09 left", colours)
          : fmt::format("'{} / 10^{{{}}}' at screen 0.99, graph 1.09 right", colours, bar.exponent);
  const std::string shown =
      has_diagonal ? std::string(value) : fmt::format("$1 == $2 ? NaN : {}", value);
  const std::string squares =
      has_diagonal
          ? ""
          : fmt::format(
                ", \\\n  '{}.csv' using ($1 == $2 ? $2 + 1 : NaN):($1 + 1):(0.5):(0.5) with "
                "boxxyerror lc rgb '{}'",
                name, diagonal_grey);
  return fmt::format(
      "unset key\nset tmargin 2.4\nset size ratio -1\nset border 15\nset tics scale 0\n"
      "set xrange [0.5:{0}]\nset yrange [{0}:0.5]\nset xtics 1,{1}\nset ytics 1,{1}\n"
      "set xlabel 'input {{/:Italic b}}'\nset ylabel 'input {{/:Italic a}}'\n"
      "set label 1 {9}\n@{2}\nset cbrange [{3}:{4}]\nset cbtics ({5})\n"
      "plot '{6}.csv' using ($2 + 1):($1 + 1):({7}) with image{8}{10}",
      edge, std::max<Eigen::Index>(1, (inputs + 3) / 4), palette, range.low, range.high, bar.tics,
      name, shown, inputs <= most_squares ? " pixels" : "", heading, squares);
}

bool is_gram(const compare::MatrixName& matrix) {
  return matrix.quantity == compare::MatrixName().quantity;
}

/// What is drawn of a layer.
struct DrawnMatrices {
  Eigen::MatrixXd predicted;
  Eigen::MatrixXd measured;
  Eigen::MatrixXd z;
  double least_span = 0.0;  ///< of the colours
  bool has_norm = true;     ///< else some entries have no limit, and no z
};

DrawnMatrices drawn_of(const compare::LayerComparison& layer, Eigen::Index inputs,
                       const compare::Options& options) {
  const compare::MatrixComparison& gram = layer.gram;
  const compare::MatrixComparison& judged = options.norms_are_predicted ? gram : layer.correlation;
  const Eigen::MatrixXd scale = compare::norm_scale(gram.predicted);
  const auto shown = [&](const Eigen::MatrixXd& matrix) -> Eigen::MatrixXd {
    return matrix.binaryExpr(scale, &compare::without_rounding).topLeftCorner(inputs, inputs);
  };
  DrawnMatrices drawn{shown(gram.predicted), shown(gram.estimate.value),
                      judged.z.topLeftCorner(inputs, inputs),
                      options.equivalence_margin * scale.diagonal().mean(), layer.has_norm()};
  for (Eigen::Index a = 0; a < inputs; ++a)
    for (Eigen::Index b = 0; b < inputs; ++b)
      if (!layer.has_limit({compare::Quantity::gram, a, b}))
        drawn.z(a, b) = std::numeric_limits<double>::quiet_NaN();
  return drawn;
}

struct TitleAndCaption {
  std::string title;
  std::string caption;
};

TitleAndCaption words_of_predicted(const GramStudy& study, const DrawnMatrices& drawn,
                                   const compare::MatrixName& matrix) {
  return {.title = "Predicted",
          .caption = fmt::format(
              "{}, infinitely wide, as {} has it. Colours are of pairs of inputs; the diagonal, "
              "grey, {}.",
              is_gram(matrix)
                  ? fmt::format("{} of {}",
                                study.assessment.options.norms_are_predicted ? "Gram matrix"
                                                                             : "Correlations",
                                matrix.name)
                  : "The " + matrix.name,
              study.predicts_theory() ? "the theory" : "your prediction",
              drawn.has_norm ? "is " + diagonal_text(drawn.predicted) : "has no limit")};
}

TitleAndCaption words_of_measured(const GramStudy& study, const DrawnMatrices& drawn,
                                  const ColourRange& colours) {
  const ColourRange pairs = pairs_of(drawn.measured);
  const bool is_cut = pairs.low < colours.low || pairs.high > colours.high;
  return {.title = fmt::format("Measured, {}", best_estimates_at(study.assessment)),
          .caption = fmt::format(
              "The same from the sampled networks, with the same colours{}{}.",
              is_cut ? ", beyond which some of its numbers lie" : "",
              drawn.has_norm ? "; the diagonal is " + diagonal_text(drawn.measured) : "")};
}

TitleAndCaption words_of_z(bool has_norm) {
  return {.title = "Difference in standard errors",
          .caption = fmt::format(
              "z = (measured − predicted)/standard error. Chance alone gives values of "
              "either sign, hardly any beyond ±4; colours end at ±{}.{}",
              last_coloured_z, has_norm ? "" : " Entries that have no limit are left blank.")};
}

MatrixFigures maps_of_matrix(const GramStudy& study, const DrawnMatrices& drawn,
                             const compare::MatrixName& of, const std::string& of_how_many) {
  const Colouring colouring = {
      "sequential",
      colours_of(pairs_of(drawn.predicted), pairs_of(drawn.measured), drawn.least_span), "$3",
      !is_gram(of)                                   ? study.further->symbol.c_str()
      : study.assessment.options.norms_are_predicted ? gram_label
                                                     : correlation_label,
      false};
  const Colouring of_z = {"diverging",
                          {-last_coloured_z, last_coloured_z},
                          "$3 > 5 ? 5 : $3 < -5 ? -5 : $3",
                          "{/:Italic z}",
                          true};
  MatrixFigures maps{of, {}};
  const auto add = [&](const char* what, const Eigen::MatrixXd& matrix, const Colouring& with,
                       const TitleAndCaption& words) {
    if (!has_a_finite_entry(matrix)) return;
    const std::string name = fmt::format("{}{}_{}", is_gram(of) ? "gram_layer" : "", of.key, what);
    maps.figures.push_back({.name = name,
                            .title = words.title,
                            .caption = words.caption + of_how_many,
                            .csv = table_of(matrix, what),
                            .plot = commands(name, matrix.rows(), with),
                            .height_over_width = 0.88,
                            .is_map = true});
  };
  add("predicted", drawn.predicted, colouring, words_of_predicted(study, drawn, of));
  add("measured", drawn.measured, colouring, words_of_measured(study, drawn, colouring.range));
  add("z", drawn.z, of_z, words_of_z(drawn.has_norm));
  return maps;
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
  for (const std::size_t l : spread_out(study.depth(), 3))
    result.push_back(maps_of_matrix(study, drawn_of(estimates[l], inputs, study.assessment.options),
                                    study.assessment.options.name(l), of_how_many));
  return result;
}

}  // namespace wideproof::report
