// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/summary.hpp>

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/gram/assessment_json.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/json/matrices_in_json.hpp>
#include <wideproof/report/sparsity/selectivity_json.hpp>
#include <wideproof/report/sparsity/sparsity_json.hpp>

namespace wideproof::report {
namespace {

Json prediction_json(const model::Network& network, const compare::GramResults& results,
                     const MatricesInJson& matrices, bool norms_are_predicted) {
  Json layers = Json::array();
  const auto& finite = results.theory.fluctuation.layers;
  for (std::size_t l = 0; l < results.prediction.size(); ++l) {
    const auto& theory = results.theory.layers[l];
    Json layer = {
        {"layer", l + 1},
        {"gram", norms_are_predicted ? matrices(results.prediction[l].gram) : Json(nullptr)},
        {"correlation", matrices(results.prediction[l].correlation)},
        {"weight_variance",
         l == 0 ? network.input_weight_variance()
                : results.theory.weight_variance_from(static_cast<std::int64_t>(l))},
        {"active_fraction", theory.active_fraction}};
    layer["next_kernel"] = matrices(theory.next_kernel);
    const bool derived = l < finite.size();
    layer["variance_times_width"] = derived ? matrices(finite[l].gram_variance) : Json(nullptr);
    layer["correlation_variance_times_width"] =
        derived ? matrices(finite[l].correlation_variance) : Json(nullptr);
    layer["bias_times_width"] = derived ? matrices(finite[l].gram_bias) : Json(nullptr);
    layer["correlation_bias_times_width"] =
        derived ? matrices(finite[l].correlation_bias) : Json(nullptr);
    layer["sparsity"] =
        predicted_sparsity_json(results.predicted_sparsity, static_cast<std::int64_t>(l) + 1);
    layer["selectivity"] =
        predicted_selectivity_json(results.predicted_sparsity, static_cast<std::int64_t>(l) + 1);
    layer["effective_neurons"] = derived ? Json(finite[l].effective_neurons) : Json(nullptr);
    layers.push_back(std::move(layer));
  }
  return layers;
}

Json measurement_json(const compare::GramResults& results, const compare::Assessment* assessment,
                      const MatricesInJson& matrices) {
  Json layers = Json::array();
  for (std::size_t i = 0; i < results.measurement.size(); ++i) {
    const auto& m = results.measurement[i];
    const auto r = m.replicates;
    Json layer = {
        {"width", m.width},
        {"layer", m.layer},
        {"replicates", r},
        {"gram", matrices(m.gram.mean)},
        {"standard_error", matrices(m.gram.standard_error(r))},
        {"correlation", matrices(m.correlation.mean)},
        {"correlation_standard_error",
         matrices(m.correlation.standard_error(m.correlation_replicates()))},
        {"silent_networks", m.silent_networks},
        {"active_fraction",
         {{"mean", m.active_fraction_mean},
          {"standard_error", std::sqrt(m.active_fraction_variance / static_cast<double>(r))}}}};
    layer["next_kernel"] = matrices(m.next_kernel.mean);
    layer["variance_reduction"] = variance_reduction_json(m);
    layer["p_value"] = assessment->widths[i].comparison.p_value;
    layer["relative_variance_times_width"] =
        matrices(assessment->widths[i].relative_variance_times_width);
    layer["predicted_relative_variance_times_width"] =
        matrices(assessment->widths[i].predicted_relative_variance_times_width);
    layers.push_back(std::move(layer));
  }
  return layers;
}

/// Where results.h5 has what is too large for this file.
Json places_json(const MatricesInJson& matrices, const compare::Assessment* assessment) {
  if (matrices.are_shown()) return nullptr;
  Json json = {{"file", "results.h5"}};
  const auto add = [&](const std::string& group, const std::string& path,
                       const std::vector<std::pair<const char*, const char*>>& keys) {
    for (const auto& [key, name] : keys)
      json[group + "[]." + key] = fmt::format("{}/{}", path, name);
  };
  add("prediction", "/prediction/layer_<layer>",
      {{"gram", "gram"}, {"correlation", "correlation"}});
  add("prediction", "/theory/layer_<layer>",
      {{"next_kernel", "next_kernel"},
       {"variance_times_width", "gram_variance"},
       {"correlation_variance_times_width", "correlation_variance"},
       {"bias_times_width", "gram_bias"},
       {"correlation_bias_times_width", "correlation_bias"}});
  if (assessment == nullptr) return json;
  // Of one network: a standard error is the square root of a variance over the networks' number.
  add("measurement", "/measurement/width_<width>/layer_<layer>",
      {{"gram", "gram_mean"},
       {"standard_error", "gram_variance"},
       {"correlation", "correlation_mean"},
       {"correlation_standard_error", "correlation_variance"},
       {"next_kernel", "next_kernel_mean"},
       {"relative_variance_times_width", "gram_variance"}});
  if (!assessment->extrapolation) return json;
  add("extrapolation", "/extrapolation/layer_<layer>",
      {{"limit", "limit"},
       {"standard_error", "standard_error"},
       {"correlation_limit", "correlation_limit"},
       {"correlation_standard_error", "correlation_standard_error"}});
  return json;
}

/// What the prediction looks like in place of the Gram, or null.
Json resembled(const compare::Assessment* assessment) {
  using Kind = compare::Likeness::Kind;
  if (assessment == nullptr || assessment->likeness.kind == Kind::none) return nullptr;
  return name_of(assessment->likeness.kind);
}

}  // namespace

Json gram_summary(const model::Experiment& experiment, const compare::GramResults& results,
                  const compare::Assessment* assessment) {
  const MatricesInJson matrices(results.theory.layers.front().gram.rows(),
                                results.theory.layers.size() + results.measurement.size());
  const auto kind = experiment.compare().prediction_kind;
  Json json = {{"matrices", places_json(matrices, assessment)},
               {"prediction_source", experiment.compare().prediction},
               {"prediction_kind", name_of(kind)},
               {"resembles", resembled(assessment)},
               {"fluctuation_not_derived", text_or_null(results.theory.fluctuation.not_derived)},
               {"bias_not_derived", text_or_null(results.theory.fluctuation.bias_not_derived)},
               {"prediction", prediction_json(experiment.network(), results, matrices,
                                              kind != model::PredictionKind::correlation)}};
  if (assessment != nullptr) {
    json["measurement"] = measurement_json(results, assessment, matrices);
    json["extrapolation"] = extrapolation_json(*assessment, matrices);
    json["convergence"] = convergence_json(*assessment);
    json["fluctuation"] = fluctuation_json(*assessment);
    json["claims"] = claims_json(assessment->claims);
    json["heavy_tails"] = heavy_tails_json(*assessment);
    json["sparsity"] = sparsity_json({results.predicted_sparsity, assessment->sparsity});
    json["selectivity"] = selectivity_json({results.predicted_sparsity, assessment->selectivity});
    // Of networks that were sampled elsewhere nothing is known of neurons.
    json["selectivity_missing"] =
        results.sparsity.empty()
            ? Json(nullptr)
            : text_or_null(why_no_selectivity(experiment, assessment->selectivity));
  } else {
    for (const char* key :
         {"measurement", "extrapolation", "convergence", "fluctuation", "claims", "heavy_tails"})
      json[key] = Json::array();
    for (const char* key : {"sparsity", "selectivity", "selectivity_missing"}) json[key] = nullptr;
  }
  return json;
}

}  // namespace wideproof::report
