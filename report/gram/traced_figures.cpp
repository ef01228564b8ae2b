// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/traced_figures.hpp>

#include <string>
#include <utility>

namespace wideproof::report {
namespace {

using X = TracedFigure::X;
using Y = TracedFigure::Y;

TracedFigure correlation_map() {
  return {.name = "correlation_map",
          .title = "Correlation maps",
          .caption =
              "How a layer maps the correlation c of two inputs to that of the next layer, c′; "
              "bars are of c′ alone. Dots are a selection of up to 16 a line, one pair of inputs "
              "for each cosine at each layer, spread over c. Rings mark where correlations come to "
              "rest: the line crosses "
              "the diagonal from above, or ends at c = 1 above it.",
          .axes =
              "set xrange [-1:1.05]\nset xtics 0.5\nset ytics 0.5\n"
              "set xlabel 'correlation {/:Italic c} at a layer'\n"
              "set ylabel '{/:Italic c′} at the next'\n",
          .is_return_map = true};
}

TracedFigure correlation_by_layer() {
  return {
      .name = "correlation_by_layer",
      .title = "Correlation of one pair from layer to layer",
      .caption =
          "Correlation of the kernel that each layer sees, for one pair, the two inputs nearest "
          "to a right angle; the table of the points has the mean over all pairs. The networks "
          "are the widest.",
      .axes =
          "set xlabel 'layer {/:Italic l}'\nset ylabel 'correlation {/:Italic c_l}'\n"
          "set autoscale xfix\nset offsets 0.3, 0.3, graph 0.05, graph 0.05\n",
      .x = TracedFigure::X::layers};
}

TracedFigure kernel_angle(bool has_norms) {
  return {.name = "kernel_angle",
          .title = "Kernel of the last layer against angle",
          .caption = has_norms ? "Entry of the last layer's Gram matrix for two inputs against the "
                                 "angle between them."
                               : "Correlation of two inputs at the last layer against the angle "
                                 "between them.",
          .axes = std::string("set xrange [-4:184]\nset xtics 45\n"
                              "set xlabel 'angle between inputs {/:Italic θ} (degrees)'\n") +
                  (has_norms ? "set ylabel 'Gram {/:Italic G}({/:Italic θ})'\n"
                             : "set ylabel 'correlation {/:Italic c}({/:Italic θ})'\n")};
}

TracedFigure norm_by_width() {
  return {.name = "norm_by_width",
          .title = "Norm against width",
          .caption =
              "Mean over networks of the norm (the diagonal of the last layer's Gram "
              "matrix).",
          .axes =
              "set ylabel 'mean norm {/:Italic G_{aa}}'\n"
              "set offsets 0, 0, graph 0.05, graph 0.05\n",
          .x = X::widths_side_by_side};
}

TracedFigure fluctuation_by_width() {
  return {.name = "fluctuation_by_width",
          .title = "Fluctuation of one network's norm",
          .caption =
              "n times the variance of one network's norm at the last layer, over the norm "
              "squared; the line is its limit.",
          .axes = "set ylabel '{/:Italic n} Var({/:Italic G_{aa}}) / {/:Italic G_{aa}}²'\n",
          .y = Y::logarithmic,
          .x = X::widths_side_by_side};
}

TracedFigure deviation_by_width(bool has_norms) {
  return {.name = "deviation_by_width",
          .title = "How far one network is off",
          .caption =
              std::string(has_norms
                              ? "Root mean square deviation of one network's Gram matrix from the "
                                "mean at the last layer, over all its entries and relative to the "
                                "norm."
                              : "Root mean square deviation of one network's correlations from the "
                                "mean at the last layer, over all pairs.") +
              " Lines fall as √(v/n), v "
              "being the predicted limit of n·Var: where a line is twice as high, networks have "
              "to be four times as wide.",
          .axes = has_norms ? "set ylabel 'relative deviation of {/:Italic G}'\n"
                            : "set ylabel 'deviation of {/:Italic c}'\n",
          .y = Y::logarithmic,
          .x = X::widths};
}

std::shared_ptr<const TracedFigure> shared(TracedFigure figure) {
  return std::make_shared<const TracedFigure>(std::move(figure));
}

GramTracedFigures figures_of(bool has_norms) {
  return {.correlation_map = shared(correlation_map()),
          .correlation_by_layer = shared(correlation_by_layer()),
          .kernel_angle = shared(kernel_angle(has_norms)),
          .norm_by_width = shared(norm_by_width()),
          .fluctuation_by_width = shared(fluctuation_by_width()),
          .deviation_by_width = shared(deviation_by_width(has_norms))};
}

}  // namespace

const GramTracedFigures& gram_traced_figures(bool has_norms) {
  static const GramTracedFigures of_grams = figures_of(true);
  static const GramTracedFigures of_correlations = figures_of(false);
  return has_norms ? of_grams : of_correlations;
}

}  // namespace wideproof::report
