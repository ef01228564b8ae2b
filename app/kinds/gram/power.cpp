// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <boost/math/distributions/binomial.hpp>

#include <wideproof/app/commands/study.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/candidate_formulas.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/kinds/gram/simulation_of.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/interruption.hpp>
#include <wideproof/app/system/memory.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

/// How often each verdict was given to one formula.
struct Tally {
  std::array<int, 3> counts = {};

  int& operator[](Outcome outcome) { return counts[static_cast<std::size_t>(outcome)]; }
  int operator[](Outcome outcome) const { return counts[static_cast<std::size_t>(outcome)]; }
  int runs() const { return counts[0] + counts[1] + counts[2]; }
};

struct Interval {
  double low = 0.0;
  double high = 1.0;
};

/// Clopper and Pearson's 95% interval of a chance that came true `times` times in `trials`.
Interval interval_of_chance(int times, int trials) {
  using Binomial = boost::math::binomial_distribution<double>;
  constexpr double one_side = 0.025;
  return {Binomial::find_lower_bound_on_p(trials, times, one_side),
          Binomial::find_upper_bound_on_p(trials, times, one_side)};
}

std::string text_table(const std::vector<CandidateFormula>& formulas,
                       const std::vector<Tally>& tallies) {
  std::string table = fmt::format("{:<40} {:>8} {:>12} {:>5}  {}\n", "formula", "disagree",
                                  "inconclusive", "agree", "rejected, 95%");
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    const Tally& tally = tallies[i];
    const auto [low, high] = interval_of_chance(tally[Outcome::disagree], tally.runs());
    fmt::format_to(std::back_inserter(table), "{:<40} {:>8} {:>12} {:>5}  {:.0f}% to {:.0f}%\n",
                   formulas[i].name, tally[Outcome::disagree], tally[Outcome::inconclusive],
                   tally[Outcome::agree], 100 * low, 100 * high);
  }
  return table;
}

std::string csv_table(const std::vector<CandidateFormula>& formulas,
                      const std::vector<Tally>& tallies) {
  std::string table = "formula,is_wrong,runs,disagree,inconclusive,agree,rate,low,high\n";
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    const Tally& tally = tallies[i];
    const int rejected = tally[Outcome::disagree];
    const auto [low, high] = interval_of_chance(rejected, tally.runs());
    fmt::format_to(std::back_inserter(table), "\"{}\",{},{},{},{},{},{},{},{}\n", formulas[i].name,
                   formulas[i].is_wrong ? 1 : 0, tally.runs(), rejected,
                   tally[Outcome::inconclusive], tally[Outcome::agree],
                   static_cast<double>(rejected) / tally.runs(), low, high);
  }
  return table;
}

/// The seed of run `run`: runs of one experiment share no network.
std::uint64_t seed_of_run(std::uint64_t first, std::int64_t run) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return (first + static_cast<std::uint64_t>(run)) & largest;
}

}  // namespace

int power(const Command& command) {
  const auto study = prepare(experiment_of(command));
  for (const auto& warning : study.log.warnings) say(warning);
  const auto formulas = candidate_formulas(study.experiment.network(), study.inputs, study.theory);
  const std::uint64_t first_seed = study.experiment.study().seed;
  require_memory(
      simulation_of(study, first_seed, command.threads).memory() + memory_to_report(study),
      study.experiment.simulation().memory_gib, available_memory(command.threads));
  std::optional<RunFolder> folder;
  std::optional<FolderLock> lock;
  if (command.out) {
    folder.emplace(*command.out);
    lock.emplace(folder->lock());
    folder->claim(to_toml(study.experiment), command.if_taken);
  }

  std::vector<Tally> tallies(formulas.size());
  const InterruptionGuard interruption;
  bool finished = true;
  {
    ProgressLine line(command.quiet);
    for (std::int64_t run = 0; run < command.runs && finished; ++run) {
      const auto simulation = simulation_of(study, seed_of_run(first_seed, run), command.threads);
      auto state = simulation.start();
      finished = simulation.run(state, [&](sim::Progress progress) {
        progress.fraction =
            (static_cast<double>(run) + progress.fraction) / static_cast<double>(command.runs);
        line.show(run_progress(progress));
        return !interruption.raised();
      });
      if (!finished) break;
      Results results{study.theory, {}, simulation.measurement(state), simulation.series(state)};
      for (std::size_t i = 0; i < formulas.size(); ++i) {
        results.prediction = formulas[i].prediction;
        compare::describe_pairs(study.theory, results.prediction);
        const auto show = [&](std::string_view stage) { line.show(stage); };
        ++tallies[i][judge(study.experiment, results, show).verdict.outcome];
      }
    }
  }
  if (!finished) {
    say("interrupted; a power run keeps nothing");
    return interrupted;
  }
  if (folder) folder->write("power.csv", csv_table(formulas, tallies));
  if (!command.quiet) {
    const auto& simulation = study.experiment.simulation();
    fmt::print("{}: {} runs of {}{} networks a width, seeds from {}\n\n{}",
               study.experiment.study().name, command.runs, simulation.precision ? "at most " : "",
               simulation.replicates, first_seed, text_table(formulas, tallies));
    fmt::print("\nThe first two are true and may be rejected in {:.2g} of all runs at most.\n",
               study.experiment.compare().family_error);
  }
  return 0;
}

}  // namespace wideproof::app
