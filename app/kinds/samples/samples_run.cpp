// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/samples_run.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/samples/judged_samples.hpp>
#include <wideproof/app/study/run_session.hpp>

namespace wideproof::app {

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
  auto measured =
      study_.samples.measure(study_.classes, study_.theory.gram_scale, study_.log, on_width);
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
