// SPDX-License-Identifier: MIT
#include <wideproof/report/tangent/summary.hpp>

#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/tangent/tangent_spec.hpp>
#include <wideproof/model/tangent/tangent_stack.hpp>
#include <wideproof/report/gram/assessment_json.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/json/matrices_in_json.hpp>

namespace wideproof::report {
namespace {

using compare::PredictedLayer;
using model::TangentStack;

Json prediction_json(const compare::GramResults& results, const TangentStack& stack,
                     const MatricesInJson& matrices) {
  Json layers = Json::array();
  for (std::size_t l = 1; l <= stack.depth(); ++l) {
    const auto& gram = results.prediction[stack.gram(l)];
    const auto of_tangent = [&](Eigen::MatrixXd PredictedLayer::*matrix) -> Json {
      if (!stack.has_hidden()) return nullptr;
      return matrices(results.prediction[stack.tangent(l)].*matrix);
    };
    layers.push_back({{"layer", l},
                      {"gram", matrices(gram.gram)},
                      {"correlation", matrices(gram.correlation)},
                      {"tangent", of_tangent(&PredictedLayer::gram)},
                      {"tangent_variance_times_width", of_tangent(&PredictedLayer::gram_variance)},
                      {"tangent_bias_times_width", of_tangent(&PredictedLayer::gram_bias)},
                      {"variance_times_width", matrices(gram.gram_variance)},
                      {"bias_times_width", matrices(gram.gram_bias)},
                      {"weight_variance", l == 1 ? 1.0 : results.theory.weight_variance},
                      {"active_fraction", results.theory.layers[l - 1].active_fraction}});
  }
  return layers;
}

/// Of what networks of one width showed of one matrix.
struct Measured {
  const model::LayerMeasurement& at;
  const MatricesInJson& matrices;

  Json mean() const { return matrices(at.gram.mean); }
  Json standard_error() const { return matrices(at.gram.standard_error(at.replicates)); }
};

Json measurement_json(const compare::GramResults& results, const TangentStack& stack,
                      const MatricesInJson& matrices) {
  Json layers = Json::array();
  for (std::size_t first = 0; first < results.measurement.size(); first += stack.size()) {
    for (std::size_t l = 1; l <= stack.depth(); ++l) {
      const auto& m = results.measurement[first + stack.gram(l)];
      const Measured gram{m, matrices};
      Json layer = {{"width", m.width},
                    {"layer", m.layer},
                    {"replicates", m.replicates},
                    {"gram", gram.mean()},
                    {"standard_error", gram.standard_error()},
                    {"silent_networks", m.silent_networks},
                    {"active_fraction",
                     {{"mean", m.active_fraction_mean},
                      {"standard_error", std::sqrt(m.active_fraction_variance /
                                                   static_cast<double>(m.replicates))}}}};
      if (stack.has_hidden()) {
        const Measured tangent{results.measurement[first + stack.tangent(l)], matrices};
        layer["tangent"] = tangent.mean();
        layer["tangent_standard_error"] = tangent.standard_error();
      } else {
        layer["tangent"] = layer["tangent_standard_error"] = nullptr;
      }
      layers.push_back(std::move(layer));
    }
  }
  return layers;
}

Json output_json(const compare::GramResults& results, const TangentStack& stack,
                 const MatricesInJson& matrices) {
  Json widths = Json::array();
  for (std::size_t first = 0; first < results.measurement.size(); first += stack.size()) {
    const auto& m = results.measurement[first + stack.output()];
    const Measured tangent{m, matrices};
    widths.push_back({{"width", m.width},
                      {"replicates", m.replicates},
                      {"tangent", tangent.mean()},
                      {"tangent_standard_error", tangent.standard_error()}});
  }
  return widths;
}

/// Where results.h5 has what is too large for this file.
Json places_json(const TangentStack& stack, const MatricesInJson& matrices) {
  if (matrices.are_shown()) return nullptr;
  Json json = {{"file", "results.h5"},
               {"prediction[].gram", "/prediction/layer_<layer>/gram"},
               {"output_tangent", fmt::format("/prediction/layer_{}/gram", stack.output() + 1)},
               {"measurement[].gram", "/measurement/width_<width>/layer_<layer>/gram_mean"},
               {"output_measurement[].tangent",
                fmt::format("/measurement/width_<width>/layer_{}/gram_mean", stack.output() + 1)}};
  if (stack.has_hidden()) {
    const auto place = fmt::format("layer_<{} + layer>", stack.depth());
    json["prediction[].tangent"] = "/prediction/" + place + "/gram";
    json["measurement[].tangent"] = "/measurement/width_<width>/" + place + "/gram_mean";
  }
  return json;
}

Json diagonals_json(const std::vector<compare::DiagonalMean>& diagonals) {
  Json rows = Json::array();
  for (const auto& at : diagonals)
    rows.push_back({{"width", at.width},
                    {"matrix", at.matrix},
                    {"predicted", at.predicted},
                    {"mean", at.value},
                    {"standard_error", at.standard_error}});
  return rows;
}

}  // namespace

std::string diagonals_text(const std::vector<compare::DiagonalMean>& diagonals) {
  if (diagonals.empty()) return {};
  std::string text =
      "\nDiagonals keep a random part at any width and are not judged; their means:\n";
  text += fmt::format("{:>9}  {:<16}  {:>10}  {}\n", "width", "tangent kernel", "predicted",
                      "measured");
  for (const auto& at : diagonals)
    text += fmt::format("{:>9}  {:<16}  {:>10.5g}  {:.5g} ± {:.2g}\n", at.width, at.matrix,
                        at.predicted, at.value, at.standard_error);
  return text;
}

Json tangent_summary(const model::Experiment& experiment, const compare::GramResults& results,
                     const compare::Assessment* assessment,
                     const std::vector<compare::DiagonalMean>& diagonals) {
  const TangentStack stack(experiment.network().depth(),
                           model::tangent_of(experiment).tangent.layers);
  const MatricesInJson matrices(results.prediction.front().gram.rows(),
                                results.prediction.size() + results.measurement.size());
  const PredictedLayer& output = results.prediction[stack.output()];
  Json json = {{"matrices", places_json(stack, matrices)},
               {"prediction_source", experiment.compare().prediction},
               {"prediction_kind", name_of(experiment.compare().prediction_kind)},
               {"prediction", prediction_json(results, stack, matrices)},
               {"output_tangent", matrices(output.gram)},
               {"output_tangent_variance_times_width", matrices(output.gram_variance)},
               {"output_tangent_bias_times_width", matrices(output.gram_bias)},
               {"measurement", measurement_json(results, stack, matrices)},
               {"output_measurement", output_json(results, stack, matrices)}};
  json["diagonals_without_limit"] = diagonals_json(diagonals);
  if (assessment != nullptr) {
    json["extrapolation"] = extrapolation_json(*assessment, matrices);
    json["convergence"] = convergence_json(*assessment);
    json["fluctuation"] = fluctuation_json(*assessment);
    json["claims"] = claims_json(assessment->claims);
    json["heavy_tails"] = heavy_tails_json(*assessment);
  } else {
    for (const char* key : {"extrapolation", "convergence", "fluctuation", "claims", "heavy_tails"})
      json[key] = Json::array();
  }
  return json;
}

}  // namespace wideproof::report
