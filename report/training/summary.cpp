// SPDX-License-Identifier: MIT
#include <wideproof/report/training/summary.hpp>

#include <cmath>
#include <limits>
#include <utility>

#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/json/matrices_in_json.hpp>

namespace wideproof::report {
namespace {

/// C × N as a list over inputs of lists over outputs.
Json outputs_json(const MatricesInJson& matrices, const Eigen::MatrixXd& outputs) {
  return matrices(outputs.transpose());
}

/// Each output's deviation at every input.
Eigen::MatrixXd deviations_of(const model::TrainedLaw& law) {
  return law.covariance.diagonal().cwiseSqrt().transpose().replicate(law.mean.rows(), 1);
}

Json law_json(const MatricesInJson& matrices, const model::TrainedLaw& law) {
  return {{"output_mean", outputs_json(matrices, law.mean)},
          {"output_deviation", outputs_json(matrices, deviations_of(law))}};
}

Json trained_json(const compare::TrainingAssessment& assessment, const MatricesInJson& matrices) {
  Json all = Json::array();
  for (const compare::TrainedMeans& at : assessment.means)
    all.push_back({{"width", at.width},
                   {"step", at.step},
                   {"replicates", at.replicates},
                   {"output_mean", outputs_json(matrices, at.output_mean)},
                   {"output_standard_error", outputs_json(matrices, at.output_standard_error)},
                   {"output_deviation", outputs_json(matrices, at.output_deviation)},
                   {"loss", at.loss.mean},
                   {"loss_standard_error", at.loss.standard_error},
                   {"test_loss", at.test_loss.mean},
                   {"test_loss_standard_error", at.test_loss.standard_error},
                   {"accuracy", at.accuracy.mean},
                   {"test_accuracy", at.test_accuracy.mean},
                   {"validation_loss", at.validation_loss.mean},
                   {"validation_accuracy", at.validation_accuracy.mean},
                   {"regularizer", at.regularizer.mean},
                   {"regularizer_standard_error", at.regularizer.standard_error},
                   {"tangent_drift", at.tangent_drift.mean},
                   {"effective_dimension", at.effective_dimension.mean},
                   {"active_fraction", at.active_fraction.mean},
                   {"degree_of_correlation", at.degree_of_correlation.mean}});
  return all;
}

Json limits_json(const compare::TrainingAssessment& assessment, const MatricesInJson& matrices) {
  Json steps = Json::array();
  if (!assessment.found.limits) return steps;
  for (std::size_t step = 0; step < assessment.steps.size(); ++step) {
    Eigen::MatrixXd limit = Eigen::MatrixXd::Constant(assessment.outputs, assessment.points,
                                                      std::numeric_limits<double>::quiet_NaN());
    Eigen::MatrixXd error = limit;
    bool is_any = false;
    for (std::size_t k = 0; k < assessment.numbers.size(); ++k) {
      const compare::TrainedNumber& at = assessment.numbers[k];
      if (at.step != step || at.quantity != compare::TrainedQuantity::mean) continue;
      limit(at.output, at.point) = assessment.found.limits->all[k].value;
      error(at.output, at.point) = assessment.found.limits->all[k].standard_error;
      is_any = true;
    }
    if (is_any)
      steps.push_back({{"step", assessment.steps[step]},
                       {"order", assessment.found.limits->order()},
                       {"output_limit", outputs_json(matrices, limit)},
                       {"output_limit_standard_error", outputs_json(matrices, error)}});
  }
  return steps;
}

Json exponent_json(const compare::Exponent& exponent, const char* name) {
  return {{name, exponent.value}, {"low", exponent.low}, {"high", exponent.high}};
}

}  // namespace

Json training_prediction_json(const model::TrainingPrediction& prediction,
                              const std::vector<std::int64_t>& steps) {
  const auto matrices = MatricesInJson::of_outputs(prediction.descent.empty()
                                                       ? prediction.kernel_regression.size()
                                                       : prediction.descent.front().mean.size(),
                                                   steps.size());
  Json predicted = nullptr;
  for (std::size_t step = 0; step < prediction.descent.size(); ++step) {
    Json at = {{"step", steps[step]}};
    at.update(law_json(matrices, prediction.descent[step]));
    at["flow"] =
        prediction.flow.empty() ? Json(nullptr) : law_json(matrices, prediction.flow[step]);
    predicted.push_back(std::move(at));
  }
  return {{"predicted", std::move(predicted)},
          {"kernel_regression", outputs_json(matrices, prediction.kernel_regression)},
          {"tangent_regression", outputs_json(matrices, prediction.tangent_regression)},
          {"readout_variance", prediction.readout_variance},
          {"critical_step_size", prediction.critical_step_size}};
}

Json training_summary(const compare::TrainingAssessment& assessment) {
  const auto matrices =
      MatricesInJson::of_outputs(assessment.points * assessment.outputs, assessment.means.size());
  Json summary;
  summary["trained"] = trained_json(assessment, matrices);
  if (assessment.prediction)
    summary.update(training_prediction_json(*assessment.prediction, assessment.steps));
  else
    summary.update(Json{{"predicted", nullptr},
                        {"kernel_regression", nullptr},
                        {"tangent_regression", nullptr},
                        {"readout_variance", nullptr},
                        {"critical_step_size", nullptr}});
  summary["extrapolation"] = limits_json(assessment, matrices);
  Json convergence = Json::array();
  for (const compare::PlacedExponent& at : assessment.found.biases)
    convergence.push_back(
        {{"place", at.place}, {"bias_exponent", exponent_json(at.exponent, "value")}});
  summary["convergence"] = std::move(convergence);
  summary["spread_exponent"] = nullptr;
  if (assessment.deviation_exponent) {
    Json at = {{"step", assessment.steps[assessment.deviation_exponent->step]}};
    at.update(exponent_json(assessment.deviation_exponent->exponent, "value"));
    summary["spread_exponent"] = std::move(at);
  }
  summary["tangent_drift"] = assessment.drift_exponent
                                 ? exponent_json(*assessment.drift_exponent, "exponent")
                                 : Json(nullptr);
  summary["claims"] = claims_json(assessment.claims);
  return summary;
}

}  // namespace wideproof::report
