// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/samples_run.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/samples/judged_samples.hpp>
#include <wideproof/app/study/run_session.hpp>

namespace wideproof::app {

namespace {

/// The means of both at the widest common width, in place of a prediction.
std::vector<compare::PredictedLayer> middle_of(const model::Measurement& one,
                                               const model::Measurement& other) {
  std::int64_t width = 0;
  for (const auto& a : one)
    for (const auto& b : other)
      if (a.width == b.width) width = std::max(width, a.width);
  std::vector<Eigen::MatrixXd> grams;
  for (const auto& a : one)
    for (const auto& b : other)
      if (a.width == width && b.width == width && a.layer == b.layer)
        grams.emplace_back((a.gram.mean + b.gram.mean) / 2.0);
  return compare::predicted_layers(grams);
}

/// Read twice: entries are classed by what both show together, which says nothing of how they
/// differ.
compare::GramResults measure_both(const SampleSet& samples, const SampleSet& against,
                                  model::ReadLog& log, const SampleSet::OnWidth& on_width) {
  const model::EntryClasses one_class{
      Eigen::MatrixXd::Ones(samples.inputs(), samples.inputs()).eval()};
  const auto middle = middle_of(samples.measure(one_class, 1.0, log, on_width).measurement,
                                against.measure(one_class, 1.0, log).measurement);
  const model::EntryClasses classes{middle.front().correlation};
  auto one = samples.measure(classes, 1.0, log, on_width);
  auto other = against.measure(classes, 1.0, log);
  compare::GramResults results{said_by(middle), middle, std::move(one.measurement),
                               std::move(one.series)};
  results.against = std::move(other.measurement);
  results.against_series = std::move(other.series);
  results.rounding = std::max(one.rounding, other.rounding);
  return results;
}

}  // namespace

bool SamplesRun::advance(const RunFolder&, const GoOn& go_on) {
  const auto widths = study_.samples.widths();
  const auto on_width = [&](std::size_t width, std::size_t count) {
    const bool goes_on = go_on({.fraction = static_cast<double>(width) / static_cast<double>(count),
                                .block_work = 1.0,
                                .next_block_work = 0.0,
                                .text = fmt::format("reading width {}", widths[width]),
                                .stage = widths[width],
                                .done = 0});
    if (!goes_on) throw Interrupted();
  };
  if (study_.against) {
    results_ = std::make_shared<compare::GramResults>(
        measure_both(study_.samples, *study_.against, study_.log, on_width));
    return true;
  }
  auto measured = study_.samples.measure(study_.classes, study_.theory.gram_scale, study_.log,
                                         on_width, study_.experiment.compare().prediction_kind);
  results_ = std::make_shared<compare::GramResults>(
      compare::GramResults{study_.theory, study_.prediction, std::move(measured.measurement),
                           std::move(measured.series)});
  results_->rounding = measured.rounding;
  return true;
}

StudyRun::Finished SamplesRun::finish(const RunRecord& record, const OnStage& on_stage) {
  auto judged = judge_samples(parse_experiment(record.experiment, "experiment", {}), record.inputs,
                              results_, on_stage);
  return {to_hdf5(*results_, study_.samples.widths(), record, judged.limits),
          std::move(judged.study)};
}

}  // namespace wideproof::app
