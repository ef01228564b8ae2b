// SPDX-License-Identifier: MIT
#include <wideproof/report/training/step_figures.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/curves.hpp>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_widths_of_steps = 3;
/// From the first step that is not 0 to the last; beyond that the axis is logarithmic.
constexpr double most_times_the_first_step = 30.0;

/// What is drawn against the step.
struct StepQuantity {
  std::string name;
  std::string title;
  std::string label;
  std::string meaning;  ///< a sentence
  compare::NetworkMean compare::TrainedMeans::*mean;
  bool is_loss = false;  ///< on a logarithmic axis
  std::vector<double> theory = {};
  std::vector<double> flow = {};
};

bool is_logarithmic(const std::vector<std::int64_t>& steps) {
  const auto first = std::find_if(steps.begin(), steps.end(), [](auto step) { return step > 0; });
  return first != steps.end() && steps.end() - first > 2 &&
         static_cast<double>(steps.back()) / static_cast<double>(*first) >
             most_times_the_first_step;
}

bool has_place(const StepQuantity& quantity, double step, double value, bool log_steps) {
  return std::isfinite(value) && (!quantity.is_loss || value > 0.0) && (!log_steps || step > 0.0);
}

Curve theory_curve(const StepQuantity& quantity, const std::vector<std::int64_t>& steps,
                   const std::vector<double>& values, const std::string& title,
                   const std::string& style, bool log_steps) {
  Curve curve{title, style, true};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto step = static_cast<double>(steps[i]);
    if (has_place(quantity, step, values[i], log_steps))
      curve.points.push_back({step, values[i], values[i], values[i]});
  }
  return curve;
}

/// The mean with a band of one deviation over networks, of losses that of their logarithm.
Curve networks_curve(const StepQuantity& quantity, const compare::TrainingAssessment& assessment,
                     std::size_t width, int line_type, bool log_steps) {
  Curve curve{fmt::format("n = {}", assessment.at(width, 0).width),
              fmt::format("with linespoints lt {} lw 1.5", line_type), true};
  curve.has_band = true;
  curve.band_type = line_type;
  for (std::size_t i = 0; i < assessment.steps.size(); ++i) {
    const compare::NetworkMean& mean = assessment.at(width, i).*quantity.mean;
    const auto step = static_cast<double>(assessment.steps[i]);
    if (!has_place(quantity, step, mean.mean, log_steps)) continue;
    const double deviation = std::isfinite(mean.deviation) ? mean.deviation : 0.0;
    const double factor = 1.0 + deviation / std::abs(mean.mean);
    curve.points.push_back(
        quantity.is_loss
            ? CurvePoint{step, mean.mean, mean.mean / factor, mean.mean * factor}
            : CurvePoint{step, mean.mean, mean.mean - deviation, mean.mean + deviation});
  }
  return curve;
}

std::string step_axis(const std::vector<std::int64_t>& steps, bool log_steps) {
  const std::string label = "set xlabel 'step'\n";
  if (!log_steps) return label + fmt::format("set xrange [{}:{}]\n", steps.front(), steps.back());
  std::vector<double> places;
  for (const std::int64_t step : steps)
    if (step > 0) places.push_back(static_cast<double>(step));
  return log_axis("x", places) + label;
}

std::optional<Figure> step_figure(const TrainingStudy& study, const StepQuantity& quantity) {
  const compare::TrainingAssessment& assessment = study.assessment;
  const bool log_steps = is_logarithmic(assessment.steps);
  std::vector<Curve> curves;
  int line_type = 0;
  for (const std::size_t w : spread_out(assessment.widths().size(), most_widths_of_steps))
    curves.push_back(networks_curve(quantity, assessment, w, ++line_type, log_steps));
  std::erase_if(curves, [](const Curve& curve) { return curve.points.size() < 2; });
  if (curves.empty()) return std::nullopt;
  const std::size_t networks = curves.size();
  for (const Curve& curve : {theory_curve(quantity, assessment.steps, quantity.theory, "theory",
                                          "with lines lt 7 lw 2", log_steps),
                             theory_curve(quantity, assessment.steps, quantity.flow, "flow",
                                          "with lines lt 7 lw 1 dt 2", log_steps)})
    if (curve.points.size() > 1) curves.push_back(curve);
  Figure figure;
  figure.name = quantity.name;
  figure.title = quantity.title;
  const std::string axes =
      step_axis(assessment.steps, log_steps) + fmt::format("set ylabel '{}'\n", quantity.label);
  if (quantity.is_loss)
    draw_curves(figure, curves, axes + log_axis("y", ends_of(curves)));
  else
    draw_curves(figure, curves, axes, curve_heights(curves, false));
  figure.caption = quantity.meaning;
  figure.caption += fmt::format(
      " Dots are means over networks of width n, bands reach one deviation of a network{}.",
      quantity.is_loss ? " to either side, as a factor" : " to either side");
  if (curves.size() > networks)
    figure.caption +=
        " The line is what the limit of infinite width lets expect, of gradient descent at the "
        "run's rate; dashed: of gradient flow for as long.";
  if (log_steps && assessment.steps.front() == 0)
    figure.caption += " Step 0 has no place on the axis.";
  return figure;
}

}  // namespace

std::vector<Figure> step_figures(const TrainingStudy& study) {
  const TheoryLosses losses = theory_losses(study.assessment, study.data);
  using Means = compare::TrainedMeans;
  const std::vector<StepQuantity> quantities = {
      {"training_loss", "Loss while training", "training loss", "The loss on the training inputs.",
       &Means::loss, true, losses.training, losses.training_flow},
      {"test_loss", "Loss on test inputs", "test loss", "The loss on inputs that do not train.",
       &Means::test_loss, true, losses.test, losses.test_flow},
      {"accuracy", "Accuracy while training", "training accuracy",
       "The part of the training inputs that is classified rightly.", &Means::accuracy},
      {"test_accuracy", "Accuracy on test inputs", "test accuracy",
       "The part of the test inputs that is classified rightly.", &Means::test_accuracy},
      {"effective_dimension", "Effective dimension of the last layer", "effective dimension",
       "How many directions the last hidden layer's kernel K on the training inputs spreads over, "
       "(tr K)²/tr K².",
       &Means::effective_dimension}};
  std::vector<Figure> figures;
  for (const StepQuantity& quantity : quantities)
    if (auto figure = step_figure(study, quantity)) figures.push_back(std::move(*figure));
  return figures;
}

}  // namespace wideproof::report
