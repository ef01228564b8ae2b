// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/summary.hpp>

#include <optional>
#include <utility>
#include <vector>

#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::report {
namespace {

Json mean_json(const compare::MeanError& error) {
  return {{"mean", error.mean}, {"low", error.low}, {"high", error.high}, {"draws", error.draws}};
}

Json errors_json(const compare::MeanErrors& errors) {
  return {{"pool", mean_json(errors.pool)},
          {"training", mean_json(errors.training)},
          {"unseen", mean_json(errors.unseen)}};
}

Json ratio_json(const compare::PairedRatio& ratio, const compare::Interval& interval) {
  return {{"relative_difference", ratio.difference},
          {"low", interval.low},
          {"high", interval.high},
          {"draws", ratio.draws}};
}

Json networks_json(const std::vector<compare::NetworkErrors>& networks) {
  Json widths = Json::array();
  for (const auto& at : networks) {
    widths.push_back({{"width", at.width},
                      {"networks", at.networks},
                      {"error", errors_json(at.error)},
                      {"between_draws", at.deviations.between_draws},
                      {"between_networks", at.deviations.between_networks},
                      {"excess", ratio_json(at.excess, at.excess_interval)}});
  }
  return widths;
}

Json decay_json(const std::optional<compare::ExcessDecay>& decay) {
  if (!decay) return nullptr;
  return {{"value", decay->exponent.value},
          {"low", decay->exponent.low},
          {"high", decay->exponent.high}};
}

Json curve_json(const compare::GeneralizationAssessment& assessment) {
  Json curve = Json::array();
  for (const auto& point : assessment.points) {
    Json at = {{"training_points", point.training_points},
               {"pool", point.pool},
               {"draws", point.draws},
               {"kernel", errors_json(point.kernel)}};
    if (point.predicted.draws > 0) {
      at["predicted"] = mean_json(point.predicted);
      at["prediction_beside_kernel"] = ratio_json(point.prediction, point.prediction_interval);
      at["kappa"] = point.theory.kappa;
      at["gamma"] = point.theory.gamma;
      at["spectrum_dimension"] = point.theory.spectrum_dimension;
      at["error_dimension"] = point.theory.error_dimension;
    } else {
      at["predicted"] = nullptr;
    }
    at["networks"] = networks_json(point.networks);
    at["excess_exponent"] = decay_json(point.decay);
    curve.push_back(std::move(at));
  }
  return curve;
}

}  // namespace

Json generalization_summary(const model::GeneralizationSpec& spec,
                            const compare::GeneralizationAssessment& assessment) {
  return {{"generalization",
           {{"targets", name_of(spec.targets.source)},
            {"pool_ratio", spec.regression.pool_ratio},
            {"split", name_of(spec.regression.split)},
            {"ridge", spec.regression.ridge},
            {"learning_curve", curve_json(assessment)}}},
          {"claims", claims_json(assessment.claims)}};
}

}  // namespace wideproof::report
