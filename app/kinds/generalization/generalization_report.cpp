// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/generalization_report.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/kinds/gram/assessment_json.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/study/summary_json.hpp>
#include <wideproof/report/generalization/figures.hpp>
#include <wideproof/report/generalization/page.hpp>
#include <wideproof/report/generalization/tables.hpp>
#include <wideproof/report/gram/tables.hpp>

namespace wideproof::app {
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

std::string summary(const model::Experiment& experiment, const model::Prediction& limit,
                    const RunRecord& record, const compare::GeneralizationAssessment& assessment) {
  const auto& regression = experiment.regression();
  const Json json = {{"schema", "wideproof.summary/1"},
                     {"study", study_json(experiment.study())},
                     {"provenance", provenance_json(record.made_by)},
                     {"network", network_json(experiment.network(), limit)},
                     {"inputs", inputs_json(record.inputs)},
                     {"files", files_json(record.files)},
                     {"generalization",
                      {{"targets", name_of(experiment.targets().source)},
                       {"pool_ratio", regression.pool_ratio},
                       {"split", name_of(regression.split)},
                       {"ridge", regression.ridge},
                       {"learning_curve", curve_json(assessment)}}},
                     {"claims", claims_json(assessment.claims)},
                     {"verdict", verdict_json(assessment.verdict)}};
  return json_text(json);
}

void write_page(const RunFolder& folder, const model::Experiment& experiment,
                const model::Prediction& limit, const RunRecord& record,
                const compare::GeneralizationAssessment& assessment) {
  const auto figures = report::generalization_figures(assessment);
  const report::GeneralizationPage page{.experiment = experiment,
                                        .limit = limit,
                                        .assessment = assessment,
                                        .figures = figures,
                                        .input_source = record.inputs.source,
                                        .inputs = record.inputs.count,
                                        .input_dimension = record.inputs.dimension,
                                        .provenance = in_words(record.made_by)};
  folder.write("report.html", report::generalization_report(page, draw(folder, figures)));
}

}  // namespace

compare::GeneralizationAssessment judge(const model::Experiment& experiment,
                                        const model::GeneralizationMeasurement& measurement) {
  compare::GeneralizationOptions options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  options.agreement_error = experiment.compare().agreement_error;
  return compare::assess_generalization(measurement, options);
}

std::string generalization_headline(const model::Experiment& experiment,
                                    const model::Prediction& limit, const std::string& source) {
  const auto& regression = experiment.regression();
  const auto& widths = experiment.simulation().widths;
  return fmt::format(
      "{}: kernel regression and finite networks\n"
      "{}, depth {}, degree of correlation {:.4g}\n"
      "inputs {}, {} draw{} of data, ridge {:.4g}, {}\n\n",
      experiment.study().name, network_text(experiment.network()), experiment.network().depth(),
      limit.degree_of_correlation, source, regression.draws, regression.draws == 1 ? "" : "s",
      regression.ridge,
      widths.empty() ? std::string("no finite networks")
                     : fmt::format("widths {}", fmt::join(widths, ", ")));
}

void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const model::Prediction& limit, const RunRecord& record,
                  const model::GeneralizationMeasurement& measurement,
                  const compare::GeneralizationAssessment& assessment, ReportParts parts) {
  folder.write("learning_curve.csv", report::learning_curve_table(assessment));
  folder.write("draws.csv", report::draws_table(measurement));
  folder.write("claims.csv", report::claims_table(assessment.claims));
  if (parts == ReportParts::all) write_page(folder, experiment, limit, record, assessment);
  folder.write("summary.json", summary(experiment, limit, record, assessment));
}

}  // namespace wideproof::app
