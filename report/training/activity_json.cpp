// SPDX-License-Identifier: MIT
#include <wideproof/report/training/activity_json.hpp>

#include <string>

#include <wideproof/report/sparsity/selectivity_json.hpp>
#include <wideproof/report/sparsity/sparsity_json.hpp>

namespace wideproof::report {
namespace {

using compare::ActivityMeans;
using model::SparsityNumber;

Json mean_json(const compare::SparsityMean& at) {
  return {{"mean", at.mean}, {"standard_error", at.standard_error}};
}

Json place_of(const ActivityMeans& at) {
  return {{"width", at.width}, {"layer", at.layer}, {"step", at.step}};
}

/// Infinite width predicts networks before training alone.
Json sparsity_of(const std::vector<ActivityMeans>& means, const SparsityStudy& study,
                 bool is_predicted) {
  if (means.empty()) return nullptr;
  Json all = Json::array();
  for (const ActivityMeans& at : means) {
    Json json = place_of(at);
    for (const SparsityNumber number : shown_with_errors) {
      const model::WideNumber* const predicted =
          is_predicted && at.step == 0 ? study.predicted(at.layer, number) : nullptr;
      Json own = {{"predicted", predicted != nullptr ? Json(predicted->value) : Json(nullptr)}};
      own.update(mean_json(at.of(number)));
      json[std::string(name_of(number))] = std::move(own);
    }
    for (const SparsityNumber number :
         {SparsityNumber::active_fraction, SparsityNumber::silent, SparsityNumber::silent_inputs})
      json[std::string(name_of(number))] = at.of(number).mean;
    all.push_back(std::move(json));
  }
  return all;
}

/// η² of an untrained layer; null where it is not predicted.
Json predicted_share(const model::SparsityPrediction& prediction, std::int64_t layer) {
  if (layer > static_cast<std::int64_t>(prediction.layers.size())) return nullptr;
  const auto& share = prediction.layers[static_cast<std::size_t>(layer) - 1].eta_squared;
  return share ? Json(share->value) : Json(nullptr);
}

Json selectivity_of(const std::vector<ActivityMeans>& means,
                    const model::SparsityPrediction& prediction) {
  if (!compare::has_selectivity(means)) return nullptr;
  Json all = Json::array();
  for (const ActivityMeans& at : means) {
    Json json = place_of(at);
    json.update(indices_json(at.selectivity));
    json["untrained"] = indices_json(at.untrained);
    json["untrained"]["eta_squared"]["predicted"] = predicted_share(prediction, at.layer);
    json["null"] = indices_json(at.null);
    all.push_back(std::move(json));
  }
  return all;
}

}  // namespace

Json activity_json(const ActivityStudy& study) {
  const SparsityStudy untrained{study.prediction, study.untrained};
  Json json;
  json["sparsity"] = sparsity_of(study.training, untrained, true);
  json["selectivity"] = selectivity_of(study.training, study.prediction);
  json["test_sparsity"] = sparsity_of(study.test, untrained, false);
  json["test_selectivity"] = selectivity_of(study.test, {});
  json["untrained_sparsity"] = sparsity_json(untrained);
  json["selectivity_missing"] = text_or_null(study.no_selectivity);
  return json;
}

}  // namespace wideproof::report
