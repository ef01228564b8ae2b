// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/selectivity_assessment.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace wideproof::compare {
namespace {

using model::SelectivityNumber;

std::vector<ActivityLimit> judged_selectivity(const model::SparsityPrediction& prediction,
                                              double margin) {
  std::vector<ActivityLimit> numbers;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    const auto& share = prediction.layers[l].eta_squared;
    if (!share || !std::isfinite(share->value) || !(share->value > 0.0)) continue;
    const auto layer = static_cast<std::int64_t>(l) + 1;
    constexpr auto number = SelectivityNumber::eta_squared;
    numbers.push_back(activity_limit(layer, std::string(name_of(number)),
                                     model::selectivity_column(layer, number), share->value,
                                     margin));
    numbers.back().variance = share->variance;
  }
  return numbers;
}

}  // namespace

std::vector<LayerSelectivityMeans> selectivity_means(const model::SelectivitySeries& series) {
  std::vector<LayerSelectivityMeans> all;
  for (const model::WidthSelectivity& at : series)
    for (std::int64_t layer = 1; layer <= at.layers(); ++layer) {
      LayerSelectivityMeans means{at.width, layer, at.networks.rows()};
      const auto of = [&](std::size_t number) {
        return sparsity_mean(at.of(layer, static_cast<SelectivityNumber>(number)));
      };
      for (std::size_t k = 0; k < means.own.size(); ++k) {
        means.own[k] = of(k);
        means.null[k] = of(k + means.own.size());
      }
      all.push_back(means);
    }
  return all;
}

bool has_selectivity(const SelectivityMeans& means) {
  return std::any_of(means.begin(), means.end(),
                     [](const SparsityMean& index) { return index.networks > 0; });
}

std::optional<model::DrawnNumber> predicted_selectivity(const model::LayerSparsity& layer,
                                                        SelectivityNumber number) {
  const auto exact = [](double value) { return model::DrawnNumber{value, 0.0}; };
  switch (number) {
    case SelectivityNumber::ccmas:
      return layer.ccmas;
    case SelectivityNumber::class_selectivity:
      return layer.class_selectivity;
    case SelectivityNumber::null_ccmas:
      return layer.null_ccmas;
    case SelectivityNumber::null_class_selectivity:
      return layer.null_class_selectivity;
    case SelectivityNumber::eta_squared:
      if (layer.eta_squared) return exact(layer.eta_squared->value);
      break;
    case SelectivityNumber::null_eta_squared:
      if (layer.null_eta_squared) return exact(*layer.null_eta_squared);
      break;
  }
  return std::nullopt;
}

const LimitEstimate<>* SelectivityAssessment::estimate(std::int64_t layer) const {
  for (std::size_t k = 0; k < estimates.size(); ++k)
    if (numbers[k].layer == layer) return &estimates[k];
  return nullptr;
}

SelectivityAssessment assess_selectivity(const model::SparsityPrediction& prediction,
                                         const model::SelectivitySeries& series,
                                         const LimitOptions& options, bool makes_claims) {
  SelectivityAssessment assessment;
  assessment.means = selectivity_means(series);
  assessment.numbers = judged_selectivity(prediction, options.equivalence_margin);
  std::vector<NetworkNumbers> networks;
  for (const model::WidthSelectivity& at : series) networks.push_back({at.width, at.networks});
  static_cast<ActivityFindings&>(assessment) = find_activity(
      assessment.numbers, networks, {"selectivity", "no neuron of some layer tells inputs apart"},
      options, makes_claims);
  return assessment;
}

}  // namespace wideproof::compare
