// SPDX-License-Identifier: MIT
#include <wideproof/report/sparsity/selectivity_study.hpp>

#include <algorithm>

namespace wideproof::report {
namespace {

const model::LayerSparsity* layer_of(const model::SparsityPrediction& prediction,
                                     std::int64_t layer) {
  return layer > static_cast<std::int64_t>(prediction.layers.size())
             ? nullptr
             : &prediction.layers[static_cast<std::size_t>(layer) - 1];
}

}  // namespace

std::optional<model::DrawnNumber> SelectivityStudy::predicted(
    std::int64_t layer, model::SelectivityNumber number) const {
  const auto* const of = layer_of(prediction, layer);
  return of != nullptr ? compare::predicted_selectivity(*of, number) : std::nullopt;
}

std::optional<double> SelectivityStudy::predicted_variance(std::int64_t layer,
                                                           model::SelectivityNumber number) const {
  const auto* const of = layer_of(prediction, layer);
  const bool is_known =
      number == model::SelectivityNumber::eta_squared && of != nullptr && of->eta_squared;
  return is_known ? of->eta_squared->variance : std::nullopt;
}

const compare::LimitEstimate<>* SelectivityStudy::limit(std::int64_t layer,
                                                        model::SelectivityNumber number) const {
  const bool is_known = assessment.are_limits && number == model::SelectivityNumber::eta_squared;
  return is_known ? assessment.estimate(layer) : nullptr;
}

std::string why_no_indices(const model::Network& network, bool has_any) {
  if (model::has_negative_activities(network))
    return "Activities can be negative, so that ccmas and class_selectivity, ratios of differences "
           "to sums of mean activities, do not exist.";
  if (!has_any) return "No neuron is active for any input, so that there is no selectivity.";
  return "";
}

std::string why_no_selectivity(const model::Experiment& experiment,
                               const compare::SelectivityAssessment& assessment) {
  if (!model::has_labels(experiment.inputs()))
    return "The inputs have no labels, so that no selectivity for classes was measured.";
  const auto& means = assessment.means;
  if (means.empty())
    return "No selectivity for classes was measured: the inputs are of one class, or the run is of "
           "a version that did not measure it.";
  return why_no_indices(experiment.network(),
                        std::any_of(means.begin(), means.end(), [](const auto& at) {
                          return compare::has_selectivity(at.own);
                        }));
}

}  // namespace wideproof::report
