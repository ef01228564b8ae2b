// SPDX-License-Identifier: MIT
#include <wideproof/report/training/figures.hpp>

#include <utility>

#include <wideproof/report/training/activity_page.hpp>
#include <wideproof/report/training/output_figure.hpp>
#include <wideproof/report/training/step_figures.hpp>
#include <wideproof/report/training/width_figures.hpp>

namespace wideproof::report {

std::vector<Figure> training_figures(const TrainingStudy& study) {
  std::vector<Figure> figures = step_figures(study);
  for (auto&& figure :
       {output_figure(study), spread_figure(study.assessment), drift_figure(study.assessment)})
    if (figure) figures.push_back(*figure);
  for (auto& figure : activity_figures(study.activity)) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace wideproof::report
