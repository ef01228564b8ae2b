// SPDX-License-Identifier: MIT
#include <wideproof/app/summary.hpp>

#include <cmath>
#include <optional>

#include <wideproof/app/assessment_json.hpp>
#include <wideproof/app/json_values.hpp>
#include <wideproof/app/read_text.hpp>
#include <wideproof/app/summary_json.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

Json prediction_json(const Results& results) {
  Json layers = Json::array();
  const auto& finite = results.theory.fluctuation.layers;
  for (std::size_t l = 0; l < results.prediction.size(); ++l) {
    const auto& theory = results.theory.layers[l];
    Json layer = {{"layer", l + 1},
                  {"gram", matrix_json(results.prediction[l].gram)},
                  {"correlation", matrix_json(results.prediction[l].correlation)},
                  {"weight_variance", l == 0 ? 1.0 : results.theory.weight_variance},
                  {"active_fraction", theory.active_fraction}};
    layer["next_kernel"] = matrix_or_null(theory.next_kernel);
    const bool derived = l < finite.size();
    layer["variance_times_width"] = derived ? matrix_json(finite[l].gram_variance) : Json(nullptr);
    layer["correlation_variance_times_width"] =
        derived ? matrix_json(finite[l].correlation_variance) : Json(nullptr);
    layer["bias_times_width"] = derived ? matrix_or_null(finite[l].gram_bias) : Json(nullptr);
    layer["correlation_bias_times_width"] =
        derived ? matrix_or_null(finite[l].correlation_bias) : Json(nullptr);
    layer["effective_neurons"] = derived ? Json(finite[l].effective_neurons) : Json(nullptr);
    layers.push_back(std::move(layer));
  }
  return layers;
}

Json measurement_json(const Results& results, const compare::Assessment* assessment) {
  Json layers = Json::array();
  for (std::size_t i = 0; i < results.measurement.size(); ++i) {
    const auto& m = results.measurement[i];
    const auto r = m.replicates;
    Json layer = {
        {"width", m.width},
        {"layer", m.layer},
        {"replicates", r},
        {"gram", matrix_json(m.gram.mean)},
        {"standard_error", matrix_json(m.gram.standard_error(r))},
        {"correlation", matrix_json(m.correlation.mean)},
        {"correlation_standard_error",
         matrix_json(m.correlation.standard_error(m.correlation_replicates()))},
        {"silent_networks", m.silent_networks},
        {"active_fraction",
         {{"mean", m.active_fraction_mean},
          {"standard_error", std::sqrt(m.active_fraction_variance / static_cast<double>(r))}}}};
    layer["next_kernel"] = matrix_or_null(m.next_kernel.mean);
    layer["variance_reduction"] = variance_reduction_json(m);
    layer["p_value"] = assessment->widths[i].comparison.p_value;
    layer["relative_variance_times_width"] =
        matrix_json(assessment->widths[i].relative_variance_times_width);
    layer["predicted_relative_variance_times_width"] =
        matrix_or_null(assessment->widths[i].predicted_relative_variance_times_width);
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace

std::string to_summary(const model::Experiment& experiment, const InputSummary& inputs,
                       const Provenance& provenance, const Results& results,
                       const compare::Assessment* assessment) {
  Json json = {{"schema", "wideproof.summary/1"},
               {"study", study_json(experiment.study())},
               {"provenance", provenance_json(provenance)},
               {"network", network_json(experiment.network(), results.theory)},
               {"inputs", inputs_json(inputs)},
               {"prediction_source", experiment.compare().prediction},
               {"fluctuation_not_derived", text_or_null(results.theory.fluctuation.not_derived)},
               {"bias_not_derived", text_or_null(results.theory.fluctuation.bias_not_derived)},
               {"prediction", prediction_json(results)}};
  if (assessment != nullptr) {
    json["measurement"] = measurement_json(results, assessment);
    json["extrapolation"] = extrapolation_json(*assessment);
    json["convergence"] = convergence_json(*assessment);
    json["fluctuation"] = fluctuation_json(*assessment);
    json["claims"] = claims_json(assessment->claims);
    json["heavy_tails"] = heavy_tails_json(*assessment);
    json["verdict"] = verdict_json(assessment->verdict);
  } else {
    json["measurement"] = Json::array();
    json["extrapolation"] = Json::array();
    json["convergence"] = Json::array();
    json["fluctuation"] = Json::array();
    json["claims"] = Json::array();
    json["heavy_tails"] = Json::array();
    json["verdict"] = nullptr;
  }
  return json_text(json);
}

void read_summary(const std::string& file, InputSummary& inputs, Provenance& provenance) {
  try {
    const auto json = nlohmann::json::parse(read_text(file));
    const auto& from = json.at("provenance");
    provenance = {.version = from.at("version"),
                  .commit = from.at("commit"),
                  .libtorch = from.at("libtorch"),
                  .compiler = from.at("compiler"),
                  .threads = from.at("threads"),
                  .ranks = from.at("ranks"),
                  .wall_seconds = from.at("wall_seconds")};
    inputs = {.source = json.at("inputs").at("source"),
              .count = json.at("inputs").at("count"),
              .dimension = json.at("inputs").at("dimension")};
  } catch (const nlohmann::json::exception& error) {
    throw model::InputError(
        fmt::format("{}: is no summary of this program: {}", model::in_quotes(file), error.what()));
  }
}

}  // namespace wideproof::app
