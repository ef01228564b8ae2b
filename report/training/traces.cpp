// SPDX-License-Identifier: MIT
#include <wideproof/report/training/traces.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_dots_of_a_loss = 16;

std::shared_ptr<const TracedFigure> loss_by_step(const char* name, const char* of_what) {
  return std::make_shared<const TracedFigure>(
      TracedFigure{.name = name,
                   .title = std::string("Loss on ") + of_what + " inputs from step to step",
                   .caption = std::string("Loss on the ") + of_what +
                              " inputs against the step: the mean over networks of the largest "
                              "width, and what the limit of infinite width lets expect.",
                   .axes = std::string("set xlabel 'step'\nset ylabel '") + of_what + " loss'\n",
                   .y = TracedFigure::Y::logarithmic});
}

SweepTrace trace_of(std::shared_ptr<const TracedFigure> figure,
                    const compare::TrainingAssessment& assessment,
                    const std::vector<double>& theory,
                    compare::NetworkMean compare::TrainedMeans::*mean) {
  SweepTrace trace{.figure = std::move(figure)};
  for (std::size_t i = 0; i < theory.size(); ++i) {
    if (!(theory[i] > 0.0) || !std::isfinite(theory[i])) continue;
    trace.line_x.push_back(static_cast<double>(assessment.steps[i]));
    trace.line_y.push_back(theory[i]);
  }
  if (assessment.means.empty()) return trace;
  const std::size_t widest = assessment.widths().size() - 1;
  for (const std::size_t i : spread_out(assessment.steps.size(), most_dots_of_a_loss)) {
    const compare::NetworkMean& at = assessment.at(widest, i).*mean;
    if (!(at.mean > 0.0) || !std::isfinite(at.mean)) continue;
    trace.dot_x.push_back(static_cast<double>(assessment.steps[i]));
    trace.dot_y.push_back(at.mean);
    trace.dot_error.push_back(std::isfinite(at.standard_error) ? at.standard_error : 0.0);
  }
  return trace;
}

}  // namespace

std::vector<SweepTrace> training_traces(const compare::TrainingAssessment& assessment,
                                        const TheoryLosses& losses) {
  static const auto training = loss_by_step("training_loss_by_step", "training");
  static const auto test = loss_by_step("test_loss_by_step", "test");
  std::vector<SweepTrace> traces = {
      trace_of(training, assessment, losses.training, &compare::TrainedMeans::loss),
      trace_of(test, assessment, losses.test, &compare::TrainedMeans::test_loss)};
  std::erase_if(traces, [](const SweepTrace& trace) { return trace.is_empty(); });
  return traces;
}

}  // namespace wideproof::report
