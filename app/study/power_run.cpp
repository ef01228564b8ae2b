// SPDX-License-Identifier: MIT
#include <wideproof/app/study/power_run.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/app/system/interruption.hpp>
#include <wideproof/compare/statistics/binomial_interval.hpp>
#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

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

/// Formulas that are not in the table, with their reasons; nothing where there are none.
std::string left_out_text(const std::vector<theory::LeftOutFormula>& left_out) {
  std::string text;
  for (const auto& [name, why] : left_out)
    text += report::wrapped_item(fmt::format("not judged: {}: {}", name, why));
  return text.empty() ? text : "\n" + text;
}

std::string text_table(const std::vector<PowerFormula>& formulas,
                       const std::vector<Tally>& tallies) {
  std::size_t widest = 40;
  for (const auto& formula : formulas) widest = std::max(widest, formula.name.size());
  std::string table = fmt::format("{:<{}} {:>8} {:>12} {:>5}  {}\n", "formula", widest, "disagree",
                                  "inconclusive", "agree", "rejected, 95%");
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    const Tally& tally = tallies[i];
    const auto [low, high] = compare::binomial_interval(tally[Outcome::disagree], tally.runs());
    fmt::format_to(std::back_inserter(table), "{:<{}} {:>8} {:>12} {:>5}  {:.0f}% to {:.0f}%\n",
                   formulas[i].name, widest, tally[Outcome::disagree], tally[Outcome::inconclusive],
                   tally[Outcome::agree], 100 * low, 100 * high);
  }
  return table;
}

std::string csv_table(const std::vector<PowerFormula>& formulas,
                      const std::vector<Tally>& tallies) {
  std::string table = "formula,is_wrong,runs,disagree,inconclusive,agree,rate,low,high\n";
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    const auto& [name, is_wrong] = formulas[i];
    const Tally& tally = tallies[i];
    const int rejected = tally[Outcome::disagree];
    const auto [low, high] = compare::binomial_interval(rejected, tally.runs());
    fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{}\n",
                   report::csv_text(name), is_wrong ? (*is_wrong ? "1" : "0") : "", tally.runs(),
                   rejected, tally[Outcome::inconclusive], tally[Outcome::agree],
                   static_cast<double>(rejected) / tally.runs(), low, high);
  }
  return table;
}

/// The seed of run `run`: runs of one experiment share no network.
std::uint64_t seed_of_run(std::uint64_t first, std::int64_t run) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return (first + static_cast<std::uint64_t>(run)) & largest;
}

/// False when interrupted.
bool run_all(const PowerStudy& study, const RunOptions& options, std::vector<Tally>& tallies) {
  const InterruptionGuard interruption;
  ProgressLine line(options.quiet);
  for (std::int64_t run = 0; run < options.runs; ++run) {
    const auto show = [&](RunProgress progress) {
      progress.fraction =
          (static_cast<double>(run) + progress.fraction) / static_cast<double>(options.runs);
      line.show(progress);
      return !interruption.raised();
    };
    const auto outcomes = study.run(seed_of_run(study.experiment.study().seed, run), show,
                                    [&](std::string_view stage) { line.show(stage); });
    if (!outcomes) return false;
    for (std::size_t i = 0; i < outcomes->size(); ++i) ++tallies[i][(*outcomes)[i]];
  }
  return true;
}

}  // namespace

int run_power(const PowerStudy& study, const RunOptions& options) {
  std::optional<RunFolder> folder;
  std::optional<FolderLock> lock;
  if (options.out) {
    folder.emplace(*options.out);
    lock.emplace(folder->lock());
    folder->claim(to_toml(study.experiment, folder->path()), options.if_taken,
                  RunFolder::Resumes::no);
  }
  std::vector<Tally> tallies(study.formulas.size());
  if (!run_all(study, options, tallies)) {
    say("interrupted; a power run keeps nothing");
    return interrupted;
  }
  if (folder) folder->write("power.csv", csv_table(study.formulas, tallies));
  if (options.quiet) return 0;
  const auto& simulation = study.experiment.simulation();
  fmt::print("{}: {} runs of {}{} networks at each width, seeds from {}\n\n{}\n{}\n{}",
             study.experiment.study().name, options.runs, simulation.precision ? "at most " : "",
             simulation.replicates, study.experiment.study().seed,
             text_table(study.formulas, tallies), study.true_ones, left_out_text(study.left_out));
  return 0;
}

}  // namespace wideproof::app
