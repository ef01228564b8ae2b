// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/sparsity_assessment.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace wideproof::compare {
namespace {

using model::SparsityNumber;

std::vector<SparsityLimit> judged_sparsity(const model::SparsityPrediction& prediction,
                                           double margin) {
  std::vector<SparsityLimit> numbers;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l)
    for (const SparsityNumber number :
         {SparsityNumber::hoyer, SparsityNumber::treves_rolls, SparsityNumber::lifetime}) {
      const model::WideNumber* const wide = predicted_sparsity(prediction.layers[l], number);
      if (wide == nullptr || !std::isfinite(wide->value) || !(wide->value > 0.0)) continue;
      const auto layer = static_cast<std::int64_t>(l) + 1;
      SparsityLimit limit{
          activity_limit(layer, std::string(name_of(number)), model::sparsity_column(layer, number),
                         wide->value, margin),
          number};
      limit.is_joint = number != SparsityNumber::treves_rolls;
      limit.variance = wide->variance;
      numbers.push_back(std::move(limit));
    }
  return numbers;
}

}  // namespace

const LimitEstimate<>* SparsityAssessment::estimate(SparsityNumber number,
                                                    std::int64_t layer) const {
  for (std::size_t k = 0; k < estimates.size(); ++k)
    if (numbers[k].number == number && numbers[k].layer == layer) return &estimates[k];
  return nullptr;
}

const model::WideNumber* predicted_sparsity(const model::LayerSparsity& layer,
                                            SparsityNumber number) {
  if (number == SparsityNumber::hoyer) return &layer.hoyer;
  if (number == SparsityNumber::treves_rolls) return &layer.treves_rolls;
  if (number == SparsityNumber::lifetime && layer.lifetime) return &*layer.lifetime;
  return nullptr;
}

SparsityAssessment assess_sparsity(const model::SparsityPrediction& prediction,
                                   const model::SparsitySeries& series, const LimitOptions& options,
                                   bool makes_claims) {
  SparsityAssessment assessment;
  assessment.means = sparsity_means(series);
  assessment.numbers = judged_sparsity(prediction, options.equivalence_margin);
  std::vector<NetworkNumbers> networks;
  for (const model::WidthSparsity& at : series) networks.push_back({at.width, at.networks});
  static_cast<ActivityFindings&>(assessment) = find_activity(
      {assessment.numbers.begin(), assessment.numbers.end()}, networks,
      {"sparsity", "no input activates a neuron of some layer"}, options, makes_claims);
  return assessment;
}

}  // namespace wideproof::compare
