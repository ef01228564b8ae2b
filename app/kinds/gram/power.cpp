// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/power.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/app/system/interruption.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/compare/statistics/binomial_interval.hpp>
#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/theory/recursion/wrong_formulas.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

/// A formula that is judged, and by which experiment: what is claimed of norms, that says.
struct JudgedFormula {
  std::string name;
  std::string is_wrong;  ///< "1" or "0"; empty of the user's own
  std::vector<compare::PredictedLayer> prediction;
  model::Experiment experiment;
};

/// What is judged, and what says nothing of this experiment.
struct Formulas {
  std::vector<JudgedFormula> judged;
  std::vector<theory::LeftOutFormula> left_out;
};

Formulas formulas_of(const PreparedGram& study) {
  auto options = study.experiment.options();
  options.compare.prediction = "theory";
  options.compare.prediction_kind = model::PredictionKind::gram;
  const model::Experiment of_theory(std::move(options));
  auto [candidates, left_out] =
      theory::candidate_formulas(study.experiment.network(), study.inputs, study.theory);
  std::vector<JudgedFormula> judged;
  for (const auto& candidate : candidates) {
    // The theory, which is the first, with all that it knows of finite networks.
    auto prediction = judged.empty() ? compare::predicted_layers(study.theory)
                                     : compare::predicted_layers(candidate.grams);
    compare::describe_pairs(study.theory, prediction);
    judged.push_back(
        {candidate.name, candidate.is_wrong ? "1" : "0", std::move(prediction), of_theory});
  }
  const auto& asked = study.experiment.compare();
  if (!asked.predicts_theory())
    judged.push_back({"yours, " + std::filesystem::path(asked.prediction).filename().string(), "",
                      study.prediction, study.experiment});
  return {std::move(judged), std::move(left_out)};
}

/// How often each verdict was given to one formula.
struct Tally {
  std::array<int, 3> counts = {};

  int& operator[](Outcome outcome) { return counts[static_cast<std::size_t>(outcome)]; }
  int operator[](Outcome outcome) const { return counts[static_cast<std::size_t>(outcome)]; }
  int runs() const { return counts[0] + counts[1] + counts[2]; }
};

std::string text_table(const std::vector<JudgedFormula>& formulas,
                       const std::vector<Tally>& tallies) {
  std::string table = fmt::format("{:<40} {:>8} {:>12} {:>5}  {}\n", "formula", "disagree",
                                  "inconclusive", "agree", "rejected, 95%");
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    const Tally& tally = tallies[i];
    const auto [low, high] = compare::binomial_interval(tally[Outcome::disagree], tally.runs());
    fmt::format_to(std::back_inserter(table), "{:<40} {:>8} {:>12} {:>5}  {:.0f}% to {:.0f}%\n",
                   formulas[i].name, tally[Outcome::disagree], tally[Outcome::inconclusive],
                   tally[Outcome::agree], 100 * low, 100 * high);
  }
  return table;
}

std::string csv_table(const std::vector<JudgedFormula>& formulas,
                      const std::vector<Tally>& tallies) {
  std::string table = "formula,is_wrong,runs,disagree,inconclusive,agree,rate,low,high\n";
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    const Tally& tally = tallies[i];
    const int rejected = tally[Outcome::disagree];
    const auto [low, high] = compare::binomial_interval(rejected, tally.runs());
    fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{}\n",
                   report::csv_text(formulas[i].name), formulas[i].is_wrong, tally.runs(), rejected,
                   tally[Outcome::inconclusive], tally[Outcome::agree],
                   static_cast<double>(rejected) / tally.runs(), low, high);
  }
  return table;
}

/// Formulas that are not in the table, with their reasons; nothing where there are none.
std::string left_out_text(const std::vector<theory::LeftOutFormula>& left_out) {
  std::string text;
  for (const auto& [name, why] : left_out)
    text += report::wrapped_item(fmt::format("not judged: {}: {}", name, why));
  return text.empty() ? text : "\n" + text;
}

/// The seed of run `run`: runs of one experiment share no network.
std::uint64_t seed_of_run(std::uint64_t first, std::int64_t run) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return (first + static_cast<std::uint64_t>(run)) & largest;
}

}  // namespace

int power_of_gram(const model::Experiment& experiment, const RunOptions& options) {
  const auto study = prepare_gram(experiment);
  for (const auto& warning : study.log.warnings) say(warning);
  const auto [formulas, left_out] = formulas_of(study);
  const std::uint64_t first_seed = study.experiment.study().seed;
  require_memory(
      gram_simulation(study, first_seed, options.threads).memory() + memory_to_report(study),
      study.experiment.simulation().memory_gib, available_memory(options.threads));
  std::optional<RunFolder> folder;
  std::optional<FolderLock> lock;
  if (options.out) {
    folder.emplace(*options.out);
    lock.emplace(folder->lock());
    folder->claim(to_toml(study.experiment, folder->path()), options.if_taken,
                  RunFolder::Resumes::no);
  }

  std::vector<Tally> tallies(formulas.size());
  const InterruptionGuard interruption;
  bool finished = true;
  {
    ProgressLine line(options.quiet);
    for (std::int64_t run = 0; run < options.runs && finished; ++run) {
      const auto simulation = gram_simulation(study, seed_of_run(first_seed, run), options.threads);
      auto state = simulation.start();
      finished = simulation.run(state, [&](sim::Progress progress) {
        progress.fraction =
            (static_cast<double>(run) + progress.fraction) / static_cast<double>(options.runs);
        line.show(run_progress(progress));
        return !interruption.raised();
      });
      if (!finished) break;
      compare::GramResults results{
          study.theory, {}, simulation.measurement(state), simulation.series(state)};
      for (std::size_t i = 0; i < formulas.size(); ++i) {
        results.prediction = formulas[i].prediction;
        const auto show = [&](std::string_view stage) { line.show(stage); };
        ++tallies[i][assess_gram(formulas[i].experiment, results, show).verdict.outcome];
      }
    }
  }
  if (!finished) {
    say("interrupted; a power run keeps nothing");
    return interrupted;
  }
  if (folder) folder->write("power.csv", csv_table(formulas, tallies));
  if (!options.quiet) {
    const auto& simulation = study.experiment.simulation();
    fmt::print("{}: {} runs of {}{} networks at each width, seeds from {}\n\n{}",
               study.experiment.study().name, options.runs, simulation.precision ? "at most " : "",
               simulation.replicates, first_seed, text_table(formulas, tallies));
    fmt::print("\nThe first two are true: each may be rejected in at most {:.2g}% of all runs.\n",
               100 * study.experiment.compare().family_error);
    fmt::print("{}", left_out_text(left_out));
  }
  return 0;
}

}  // namespace wideproof::app
