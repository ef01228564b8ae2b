// SPDX-License-Identifier: MIT
#include <wideproof/report/sparsity/sparsity_json.hpp>

#include <string>

namespace wideproof::report {
namespace {

using model::SparsityNumber;

Json number_json(const SparsityStudy& study, const compare::LayerSparsityMeans& at,
                 SparsityNumber number) {
  const model::WideNumber* const predicted = study.predicted(at.layer, number);
  const compare::SparsityMean& measured = at.of(number);
  const auto width = static_cast<double>(at.width);
  Json json;
  json["predicted"] = predicted != nullptr ? Json(predicted->value) : Json(nullptr);
  json["mean"] = measured.mean;
  json["standard_error"] = measured.standard_error;
  json["variance_times_width"] = width * measured.variance;
  json["predicted_variance_times_width"] =
      predicted != nullptr ? or_null(predicted->variance) : Json(nullptr);
  const compare::LimitEstimate<>* const limit =
      study.assessment.are_limits ? study.assessment.estimate(number, at.layer) : nullptr;
  json["limit"] = limit != nullptr ? Json(limit->value) : Json(nullptr);
  json["limit_standard_error"] = limit != nullptr ? Json(limit->standard_error) : Json(nullptr);
  return json;
}

Json wide_json(const model::WideNumber* number) {
  if (number == nullptr) return nullptr;
  return {{"value", number->value},
          {"variance_times_width", or_null(number->variance)},
          {"bias_times_width", or_null(number->bias)}};
}

}  // namespace

Json sparsity_json(const SparsityStudy& study) {
  if (!study.is_measured()) return nullptr;
  Json all = Json::array();
  for (const compare::LayerSparsityMeans& at : study.assessment.means) {
    Json json = {{"width", at.width}, {"layer", at.layer}};
    for (const SparsityNumber number : shown_with_errors)
      json[std::string(name_of(number))] = number_json(study, at, number);
    for (const SparsityNumber number :
         {SparsityNumber::active_fraction, SparsityNumber::silent, SparsityNumber::silent_inputs})
      json[std::string(name_of(number))] = at.of(number).mean;
    json["networks"] = at.of(SparsityNumber::hoyer).networks;
    all.push_back(std::move(json));
  }
  return all;
}

Json predicted_sparsity_json(const model::SparsityPrediction& prediction, std::int64_t layer) {
  if (layer > static_cast<std::int64_t>(prediction.layers.size())) return nullptr;
  const model::LayerSparsity& at = prediction.layers[static_cast<std::size_t>(layer) - 1];
  Json json;
  for (const SparsityNumber number : predicted_sparsity_numbers)
    json[std::string(name_of(number))] = wide_json(compare::predicted_sparsity(at, number));
  json["hoyer_variance_of_one_times_width"] = or_null(at.hoyer_variance_of_one);
  return json;
}

}  // namespace wideproof::report
