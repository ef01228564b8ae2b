// SPDX-License-Identifier: MIT
#include <cmath>
#include <set>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/curves.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/sparsity/sparsity_table.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_layers_shown = 4;

}  // namespace

std::optional<Figure> sparsity_figure(const SparsityStudy& study) {
  constexpr auto hoyer = model::SparsityNumber::hoyer;
  std::set<std::int64_t> all_widths;
  std::int64_t depth = 0;
  for (const compare::LayerSparsityMeans& at : study.assessment.means) {
    all_widths.insert(at.width);
    depth = std::max(depth, at.layer);
  }
  const std::vector<std::int64_t> widths(all_widths.begin(), all_widths.end());
  if (widths.size() < 2) return std::nullopt;
  std::vector<Curve> curves;
  std::vector<Curve> lines;
  int line_type = 0;
  for (const std::size_t l : spread_out(static_cast<std::size_t>(depth), most_layers_shown)) {
    const auto layer = static_cast<std::int64_t>(l) + 1;
    ++line_type;
    Curve dots{fmt::format("layer {}", layer), curve_dots(line_type)};
    for (const compare::LayerSparsityMeans& at : study.assessment.means)
      if (at.layer == layer && std::isfinite(at.of(hoyer).mean))
        dots.points.push_back(curve_point(static_cast<double>(at.width), at.of(hoyer).mean,
                                          at.of(hoyer).standard_error));
    if (dots.points.empty()) continue;
    if (const model::WideNumber* predicted = study.predicted(layer, hoyer)) {
      const double y = predicted->value;
      lines.push_back({fmt::format("limit ({})", layer),
                       fmt::format("with lines lt {} lw 1 dt 2", line_type), true});
      for (const std::int64_t width : widths)
        lines.back().points.push_back({static_cast<double>(width), y, y, y});
    }
    curves.push_back(std::move(dots));
  }
  if (curves.empty()) return std::nullopt;
  Figure figure;
  figure.name = "sparsity";
  figure.title = "Sparsity against width";
  figure.caption =
      "Hoyer's sparseness 1 − r of a layer, averaged over inputs and networks, against the width "
      "n; "
      "bars are 95% intervals of the mean.";
  if (!lines.empty()) figure.caption += " Dashed: what the limit of infinite width predicts.";
  curves.insert(curves.end(), lines.begin(), lines.end());
  draw_curves(figure, curves, width_axis(widths) + "set ylabel 'sparseness'\n",
              curve_heights(curves, false));
  return figure;
}

}  // namespace wideproof::report
