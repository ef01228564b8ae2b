// SPDX-License-Identifier: MIT
#include <wideproof/report/training/output_figure.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/figure/curves.hpp>

namespace wideproof::report {
namespace {

constexpr Eigen::Index most_inputs_of_a_figure = 200;

/// Where inputs are drawn, and in which order lines go through them.
struct InputPlaces {
  std::vector<Eigen::Index> order;
  Eigen::VectorXd place;
  bool are_angles = false;
};

InputPlaces places_of(const TrainingStudy& study) {
  InputPlaces places;
  const Eigen::Index count = std::min(study.assessment.points, most_inputs_of_a_figure);
  places.are_angles = study.data.inputs.cols() == 2 && study.data.inputs.rows() >= count;
  places.place.resize(count);
  for (Eigen::Index a = 0; a < count; ++a) {
    places.order.push_back(a);
    places.place[a] =
        places.are_angles
            ? std::atan2(study.data.inputs(a, 1), study.data.inputs(a, 0)) * 180.0 / std::acos(-1.0)
            : static_cast<double>(a) + 1.0;
  }
  std::stable_sort(places.order.begin(), places.order.end(),
                   [&](auto a, auto b) { return places.place[a] < places.place[b]; });
  return places;
}

/// Of the first output; `deviations` over inputs may be empty.
Curve curve_through(const InputPlaces& places, const std::string& title, const std::string& style,
                    const Eigen::MatrixXd& outputs, const Eigen::VectorXd& deviations = {}) {
  Curve curve{title, style, true};
  if (outputs.size() == 0) return curve;
  for (const Eigen::Index a : places.order) {
    const double value = outputs(0, a);
    const double deviation = deviations.size() > 0 ? deviations[a] : 0.0;
    if (std::isfinite(value))
      curve.points.push_back({places.place[a], value, value - deviation, value + deviation});
  }
  return curve;
}

Curve networks_at(const InputPlaces& places, const compare::TrainedMeans& at) {
  Curve curve{fmt::format("n = {}", at.width), curve_dots(1)};
  for (const Eigen::Index a : places.order)
    if (std::isfinite(at.output_mean(0, a)))
      curve.points.push_back(
          curve_point(places.place[a], at.output_mean(0, a), at.output_standard_error(0, a)));
  return curve;
}

Curve targets_at(const InputPlaces& places, const TrainingStudy& study) {
  Curve curve{"targets", "with points lt 8 pt 2", true};
  for (const Eigen::Index a : places.order)
    if (a < study.data.targets.rows()) {
      const double y = study.data.targets(a, 0);
      curve.points.push_back({places.place[a], y, y, y});
    }
  return curve;
}

}  // namespace

std::optional<Figure> output_figure(const TrainingStudy& study) {
  const compare::TrainingAssessment& assessment = study.assessment;
  if (assessment.means.empty() || assessment.means.back().output_mean.size() == 0)
    return std::nullopt;
  const InputPlaces places = places_of(study);
  const model::TrainingPrediction prediction =
      assessment.prediction.value_or(model::TrainingPrediction{});
  std::vector<Curve> curves;
  if (assessment.has_limit()) {
    const model::TrainedLaw& law = prediction.descent.back();
    curves.push_back(curve_through(places, "theory", "with lines lt 7 lw 2", law.mean,
                                   law.covariance.diagonal().cwiseSqrt()));
    curves.back().has_band = true;
    curves.back().band_type = 7;
  }
  curves.push_back(
      curve_through(places, "NNGP", "with lines lt 2 lw 1 dt 3", prediction.kernel_regression));
  curves.push_back(
      curve_through(places, "NTK", "with lines lt 3 lw 1 dt 2", prediction.tangent_regression));
  curves.push_back(targets_at(places, study));
  curves.push_back(networks_at(places, assessment.means.back()));
  if (curves.back().points.empty()) return std::nullopt;
  Figure figure;
  figure.name = "outputs";
  figure.title = "Trained outputs, input by input";
  const double first = places.place.minCoeff();
  const double last = places.place.maxCoeff();
  const double room = std::max(0.5, 0.02 * (last - first));
  draw_curves(figure, curves,
              fmt::format("set xrange [{:.6g}:{:.6g}]\nset xlabel '{}'\nset ylabel 'output'\n",
                          first - room, last + room,
                          places.are_angles ? "angle of the input (degrees)" : "input"),
              curve_heights(curves, false));
  figure.caption = fmt::format(
      "The {} after step {}{}. Dots are means over networks of width {}, bars 95% intervals; "
      "crosses are targets.",
      assessment.outputs > 1 ? "first output" : "output", assessment.steps.back(),
      assessment.options.is_centred ? ", less what it was at the start" : "",
      assessment.means.back().width);
  if (!places.are_angles && assessment.points > assessment.training_points)
    figure.caption +=
        fmt::format(" Inputs from {} on do not train.", assessment.training_points + 1);
  if (assessment.has_limit())
    figure.caption +=
        " The line is the mean that the limit of infinite width predicts, its band one deviation "
        "of a network.";
  if (prediction.kernel_regression.size() > 0)
    figure.caption +=
        " Beside it regression with the output's kernel (NNGP) and with the tangent kernel (NTK), "
        "to the end of training.";
  if (assessment.points > most_inputs_of_a_figure)
    figure.caption += fmt::format(" The first {} inputs are shown.", most_inputs_of_a_figure);
  return figure;
}

}  // namespace wideproof::report
