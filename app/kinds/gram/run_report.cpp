// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/run_report.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/figure_drawer.hpp>
#include <wideproof/app/kinds/gram/theory_curves.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/duration.hpp>
#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/sim/measure/stopping_rule.hpp>

namespace wideproof::app {
namespace {

/// Calls `use` with all that a report is made of.
template <class Use>
auto with_study(const model::Experiment& experiment, const InputSummary& inputs,
                const Provenance& provenance, const Results& results,
                const compare::Assessment& assessment, const Use& use) {
  const auto curves = theory_curves(experiment, results.theory);
  const report::GramStudy study{.experiment = experiment,
                                .theory = results.theory,
                                .prediction = results.prediction,
                                .measurement = results.measurement,
                                .series = results.series,
                                .assessment = assessment,
                                .curves = curves,
                                .input_source = inputs.source,
                                .input_dimension = inputs.dimension,
                                .provenance = in_words(provenance)};
  return use(study);
}

void write_page(const RunFolder& folder, const report::GramStudy& study) {
  const auto figures = report::gram_figures(study);
  folder.write("report.html", report::gram_report(study, figures, draw(folder, figures.all())));
}

}  // namespace

compare::Assessment judge(const model::Experiment& experiment, const Results& results,
                          const OnStage& on_stage) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  const auto& simulation = experiment.simulation();
  compare::set_digits(options, simulation.dtype, simulation.engine);
  const sim::StoppingRule stopping{.replicates = simulation.replicates,
                                   .precision = simulation.precision.value_or(0.0)};
  if (simulation.precision) {
    options.looks = static_cast<int>(stopping.looks()) * static_cast<int>(simulation.widths.size());
  }
  const auto tell = [&on_stage](std::string_view stage) {
    if (on_stage) on_stage(fmt::format("judging: {}", stage));
  };
  auto assessment =
      compare::assess(results.prediction, results.measurement, results.series, options, tell);
  if (on_stage) on_stage({});
  return assessment;
}

void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const RunRecord& record, const Results& results,
                  const compare::Assessment& assessment, ReportParts parts) {
  if (report::lists_entries(results.measurement)) {
    folder.write("gram.csv", report::width_table(assessment, compare::Quantity::gram));
    folder.write("correlation.csv",
                 report::width_table(assessment, compare::Quantity::correlation));
    folder.write("kernel.csv", report::kernel_table(results.theory, results.measurement));
    folder.write("fluctuation.csv", report::relative_variance_table(assessment));
    folder.write("extrapolation.csv", report::extrapolation_table(assessment));
  } else {
    say("gram.csv and the other tables of single entries would have more than 100,000 lines each "
        "and are not written; results.h5 holds the matrices");
  }
  folder.write("convergence.csv", report::convergence_table(assessment));
  folder.write("fluctuation_limit.csv", report::fluctuation_limit_table(assessment));
  folder.write("claims.csv", report::claims_table(assessment));
  if (parts == ReportParts::all)
    with_study(experiment, record.inputs, record.made_by, results, assessment,
               [&](const report::GramStudy& study) { write_page(folder, study); });
  folder.write("summary.json", to_summary(experiment, record, results, &assessment));
}

std::vector<report::HtmlDefinition> in_words(const Provenance& made_by) {
  return {{"wideproof", made_by.version + ", commit " + made_by.commit},
          {"built with", made_by.compiler + ", LibTorch " + made_by.libtorch},
          {"computed on",
           made_by.threads == 0
               ? std::string("not known: summary.json is missing")
               : fmt::format(
                     "{} thread{}{} in {}", made_by.threads, made_by.threads == 1 ? "" : "s",
                     made_by.ranks == 1 ? "" : fmt::format(" of each of {} ranks", made_by.ranks),
                     duration_text(made_by.wall_seconds))}};
}

std::map<std::string, std::string> draw(const RunFolder& folder,
                                        const std::vector<report::Figure>& figures) {
  auto drawing = draw_figures(folder, figures);
  for (const auto& complaint : drawing.complaints) {
    say(complaint);
  }
  return std::move(drawing.svg);
}

std::vector<report::SweepTrace> traces(const model::Experiment& experiment,
                                       const InputSummary& inputs, const Results& results,
                                       const compare::Assessment& assessment) {
  return with_study(experiment, inputs, {}, results, assessment, report::gram_traces);
}

int exit_status(const compare::Verdict& verdict) {
  switch (verdict.outcome) {
    case compare::Outcome::agree:
      return 0;
    case compare::Outcome::disagree:
      return 1;
    case compare::Outcome::inconclusive:
      return 3;
  }
  return 3;
}

}  // namespace wideproof::app
