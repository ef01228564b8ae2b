// SPDX-License-Identifier: MIT
#include <wideproof/report/training/activity_page.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/curves.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/sparsity/sparsity_study.hpp>

namespace wideproof::report {
namespace {

using compare::ActivityMeans;
using compare::SparsityMean;
using model::SparsityNumber;

constexpr std::size_t most_widths_shown = 4;
constexpr std::size_t class_selectivity = 1;  // in model::selectivity_names

std::string mean_with_error(const SparsityMean& at) {
  if (!std::isfinite(at.mean)) return number_or_dash(at.mean);
  return number_or_dash(at.mean, "{:.4g}") + " ± " + number_or_dash(at.standard_error, "{:.2g}");
}

bool is_shown(const std::vector<ActivityMeans>& means, const ActivityMeans& at) {
  const bool is_end = at.step == means.front().step || at.step == means.back().step;
  return at.width == means.back().width && is_end;
}

void add_sparsity_table(HtmlPage& page, const ActivityStudy& study) {
  const auto& means = study.training;
  const SparsityStudy untrained{study.prediction, study.untrained};
  HtmlTable table{
      fmt::format("Sparsity on the training inputs at width {}, ± standard errors over networks",
                  compare::with_commas(means.back().width)),
      {{"layer"}, {"step"}},
      {}};
  for (const char* name :
       {"Hoyer", "predicted", "Hoyer of neurons", "Treves–Rolls", "lifetime", "active", "silent"})
    table.columns.push_back({name});
  for (const ActivityMeans& at : means) {
    if (!is_shown(means, at)) continue;
    const model::WideNumber* const predicted =
        at.step == 0 ? untrained.predicted(at.layer, SparsityNumber::hoyer) : nullptr;
    table.rows.push_back({std::to_string(at.layer), compare::with_commas(at.step),
                          mean_with_error(at.of(SparsityNumber::hoyer)),
                          predicted != nullptr ? number_or_dash(predicted->value, "{:.4g}") : "–",
                          mean_with_error(at.of(SparsityNumber::unit_hoyer)),
                          mean_with_error(at.of(SparsityNumber::treves_rolls)),
                          mean_with_error(at.of(SparsityNumber::lifetime)),
                          number_or_dash(at.of(SparsityNumber::active_fraction).mean, "{:.3g}"),
                          number_or_dash(at.of(SparsityNumber::silent).mean, "{:.3g}")});
  }
  page.table(table);
}

void add_selectivity_table(HtmlPage& page, const std::vector<ActivityMeans>& means,
                           std::string_view inputs) {
  HtmlTable table{
      fmt::format("Selectivity for classes on the {} inputs at width {}, ± standard errors over "
                  "networks; untrained: the same networks before training; null: with classes "
                  "dealt out at random",
                  inputs, compare::with_commas(means.back().width)),
      {{"layer"}, {"step"}, {"index", "", false}, {"trained"}, {"untrained"}, {"null"}},
      {}};
  for (const ActivityMeans& at : means)
    for (std::size_t k = 0; is_shown(means, at) && k < at.selectivity.size(); ++k)
      table.rows.push_back({std::to_string(at.layer), compare::with_commas(at.step),
                            std::string(model::selectivity_names[k]),
                            mean_with_error(at.selectivity[k]), mean_with_error(at.untrained[k]),
                            mean_with_error(at.null[k])});
  page.table(table);
}

/// `number_of(means)` of the last layer against the step.
template <class NumberOf>
std::optional<Figure> activity_figure(const std::string& name,
                                      const std::vector<ActivityMeans>& means,
                                      const NumberOf& number_of) {
  if (means.empty()) return std::nullopt;
  std::set<std::int64_t> widths, steps;
  std::int64_t depth = 0;
  for (const ActivityMeans& at : means) {
    widths.insert(at.width);
    steps.insert(at.step);
    depth = std::max(depth, at.layer);
  }
  if (steps.size() < 2) return std::nullopt;
  const std::vector<std::int64_t> all(widths.begin(), widths.end());
  std::vector<Curve> curves;
  int line_type = 0;
  for (const std::size_t w : spread_out(all.size(), most_widths_shown)) {
    Curve dots{fmt::format("n = {}", all[w]), curve_dots(++line_type)};
    for (const ActivityMeans& at : means)
      if (at.width == all[w] && at.layer == depth && std::isfinite(number_of(at).mean))
        dots.points.push_back(curve_point(static_cast<double>(at.step), number_of(at).mean,
                                          number_of(at).standard_error));
    if (dots.points.size() > 1) curves.push_back(std::move(dots));
  }
  if (curves.empty()) return std::nullopt;
  Figure figure;
  figure.name = name;  // what is drawn is read from the file of this name
  const double last = static_cast<double>(*steps.rbegin());
  draw_curves(figure, curves,
              fmt::format("set xrange [{:.6g}:{:.6g}]\nset xlabel 'step'\nset ylabel "
                          "'last hidden layer'\n",
                          -.03 * last, 1.03 * last),
              curve_heights(curves, false));
  return figure;
}

}  // namespace

std::vector<Figure> activity_figures(const ActivityStudy& study) {
  std::vector<Figure> figures;
  if (auto figure = activity_figure("sparsity", study.training,
                                    [](const ActivityMeans& at) -> const SparsityMean& {
                                      return at.of(SparsityNumber::hoyer);
                                    })) {
    figure->title = "Sparsity while training";
    figure->caption =
        "Hoyer's sparseness of the last hidden layer on the training inputs, averaged over inputs "
        "and networks of width n; bars are 95% intervals of the mean.";
    figures.push_back(std::move(*figure));
  }
  if (auto figure = activity_figure("selectivity", study.training,
                                    [](const ActivityMeans& at) -> const SparsityMean& {
                                      return at.selectivity[class_selectivity];
                                    })) {
    figure->title = "Class selectivity while training";
    figure->caption =
        "How selective neurons of the last hidden layer are for one class of training inputs, "
        "(μ_max − μ_−max)/(μ_max + μ_−max), averaged over neurons and networks of width n; bars "
        "are "
        "95% intervals of the mean.";
    figures.push_back(std::move(*figure));
  }
  return figures;
}

void add_activity(HtmlPage& page, const ActivityStudy& study) {
  if (study.training.empty()) return;
  page.section("Sparsity and selectivity");
  page.paragraph(
      "How few neurons carry a layer's activity, and how each of them prefers one class of inputs. "
      "Hoyer's measure is 0 where all neurons are alike and near 1 where few are active. A random "
      "layer is selective already, and so is one for classes that mean nothing, where they have "
      "few inputs: both stand beside each trained number. class_selectivity holds the class with "
      "the largest mean against the mean of the other classes' means, ccmas against the mean over "
      "all other inputs; eta_squared is the share of the classes in the variance. Silent neurons "
      "are left out, of Hoyer's measure of each neuron over the inputs too.");
  add_sparsity_table(page, study);
  if (!study.no_selectivity.empty()) page.paragraph(study.no_selectivity);
  if (compare::has_selectivity(study.training))
    add_selectivity_table(page, study.training, "training");
  if (compare::has_selectivity(study.test)) add_selectivity_table(page, study.test, "test");
}

}  // namespace wideproof::report
