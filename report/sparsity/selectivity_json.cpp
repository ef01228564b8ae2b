// SPDX-License-Identifier: MIT
#include <wideproof/report/sparsity/selectivity_json.hpp>

#include <algorithm>
#include <string>

namespace wideproof::report {
namespace {

using compare::LayerSelectivityMeans;
using model::SelectivityNumber;

Json mean_json(const compare::SparsityMean& at) {
  return {{"mean", at.mean}, {"standard_error", at.standard_error}};
}

void add_predicted(Json& json, const std::optional<model::DrawnNumber>& number) {
  json["predicted"] = number ? Json(number->value) : Json(nullptr);
  json["predicted_standard_error"] = number ? Json(number->standard_error) : Json(nullptr);
}

Json own_json(const SelectivityStudy& study, const LayerSelectivityMeans& at, std::size_t k) {
  const auto number = static_cast<SelectivityNumber>(k);
  Json json = mean_json(at.own[k]);
  add_predicted(json, study.predicted(at.layer, number));
  json["variance_times_width"] = static_cast<double>(at.width) * at.own[k].variance;
  json["predicted_variance_times_width"] = or_null(study.predicted_variance(at.layer, number));
  const auto* const limit = study.limit(at.layer, number);
  json["limit"] = limit != nullptr ? Json(limit->value) : Json(nullptr);
  json["limit_standard_error"] = limit != nullptr ? Json(limit->standard_error) : Json(nullptr);
  return json;
}

}  // namespace

Json indices_json(const compare::SelectivityMeans& means) {
  Json json;
  for (std::size_t k = 0; k < means.size(); ++k)
    json[std::string(model::selectivity_names[k])] = mean_json(means[k]);
  return json;
}

Json selectivity_json(const SelectivityStudy& study) {
  if (!study.is_measured()) return nullptr;
  Json all = Json::array();
  for (const LayerSelectivityMeans& at : study.assessment.means) {
    Json json = {{"width", at.width}, {"layer", at.layer}};
    json["untrained"] = indices_json(at.own);
    json["null"] = indices_json(at.null);
    for (std::size_t k = 0; k < at.own.size(); ++k) {
      const auto number = static_cast<SelectivityNumber>(k);
      const std::string name(name_of(number));
      json[name] = own_json(study, at, k);
      add_predicted(json["untrained"][name], study.predicted(at.layer, number));
      add_predicted(json["null"][name], study.predicted(at.layer, null_of(number)));
    }
    json["networks"] = at.own[static_cast<std::size_t>(SelectivityNumber::eta_squared)].networks;
    all.push_back(std::move(json));
  }
  return all;
}

Json predicted_selectivity_json(const model::SparsityPrediction& prediction, std::int64_t layer) {
  if (layer > static_cast<std::int64_t>(prediction.layers.size())) return nullptr;
  const auto& of = prediction.layers[static_cast<std::size_t>(layer) - 1];
  if (!of.eta_squared && !of.ccmas) return nullptr;
  const auto number_json = [&](SelectivityNumber number) -> Json {
    const auto found = compare::predicted_selectivity(of, number);
    if (!found) return nullptr;
    return {{"value", found->value}, {"standard_error", found->standard_error}};
  };
  Json json;
  for (std::size_t k = 0; k < model::selectivity_names.size(); ++k) {
    const auto number = static_cast<SelectivityNumber>(k);
    json[std::string(name_of(number))] = number_json(number);
    json["null"][std::string(name_of(number))] = number_json(null_of(number));
  }
  if (of.eta_squared) {
    json["eta_squared"]["variance_times_width"] = or_null(of.eta_squared->variance);
    json["eta_squared"]["bias_times_width"] = or_null(of.eta_squared->bias);
  }
  return json;
}

}  // namespace wideproof::report
