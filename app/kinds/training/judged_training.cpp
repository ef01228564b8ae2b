// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/judged_training.hpp>

#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/study/network_text.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/training/sweep_numbers.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/report/page/claims_table.hpp>

namespace wideproof::app {
namespace {

double root_mean_square_of(const Eigen::MatrixXd& targets, const std::vector<Eigen::Index>& rows) {
  return std::sqrt(targets(rows, Eigen::all).squaredNorm() /
                   static_cast<double>(rows.size() * static_cast<std::size_t>(targets.cols())));
}

}  // namespace

compare::TrainingAssessment assess_training(const model::Experiment& experiment,
                                            const TrainingReference& reference,
                                            const model::TrainingMeasurement& measurement) {
  return compare::assess_training(
      reference.prediction, measurement,
      {.family_error = experiment.compare().family_error,
       .equivalence_margin = experiment.compare().equivalence_margin,
       .power = 1.0,
       .target_scale = root_mean_square_of(reference.targets, reference.training),
       .is_centred = model::training_of(experiment).training.centred});
}

JudgedStudy judge_training(const model::Experiment& experiment, const report::InputSummary& inputs,
                           const TrainingReference& reference,
                           const model::TrainingMeasurement& measurement) {
  const auto assessment = assess_training(experiment, reference, measurement);
  JudgedStudy judged;
  judged.outcome = {.verdict = assessment.verdict,
                    .is_judged = assessment.is_judged(),
                    .numbers = compare::trained_sweep_numbers(measurement, {}),
                    .traces = {}};
  judged.claims = assessment.claims;
  judged.headline = fmt::format("{} {}\n", experiment.study().name, inputs.source);
  for (const auto& claim : assessment.claims)
    judged.table +=
        fmt::format("{}: {} {} {} [{} {}] {} {}\n", claim.name, static_cast<int>(claim.outcome),
                    claim.prediction.value_or(0), claim.measurement.value_or(0),
                    claim.low.value_or(0), claim.high.value_or(0), claim.where, claim.detail);
  for (const auto& m : assessment.means)
    judged.table += fmt::format(
        "n={} step {} loss {:.4g}±{:.2g} drift {:.3g} dim {:.3g} out {:.4g}±{:.2g} dev {:.3g} | "
        "predicted {:.4g} dev {:.3g}\n",
        m.width, m.step, m.loss.mean, m.loss.standard_error, m.tangent_drift.mean,
        m.effective_dimension.mean, m.output_mean(0, m.output_mean.cols() - 1),
        m.output_standard_error(0, m.output_mean.cols() - 1),
        m.output_deviation(0, m.output_mean.cols() - 1), 0.0, 0.0);
  judged.summary = [] { return report::Json(); };
  return judged;
}

}  // namespace wideproof::app
