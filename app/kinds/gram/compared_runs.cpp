// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/compared_runs.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_difference.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/gram/judged_alike.hpp>
#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

/// What the sums of one seed's networks differ by on another machine, relative.
constexpr double rounding_of_same_seed = 1e-5;

/// The digest of the file that a key names; empty where none was read.
std::string digest_of(const ComparedRun& run, const std::string& key) {
  const auto& files = run.run.record.files;
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.key == key; });
  return found == files.end() ? std::string() : found->sha256;
}

bool matters(const std::string& key) {
  return key.starts_with("network.") || key.starts_with("inputs.") || key == "study.kind" ||
         key.starts_with("tangent.");
}

void require_one_law(const ComparedRun& first, const ComparedRun& second) {
  const auto refuse = [&](const std::string& key, const std::string& reason) {
    throw model::InputError(fmt::format("{}: {}: {} and {} are runs of different experiments", key,
                                        reason, model::in_quotes(first.folder),
                                        model::in_quotes(second.folder)));
  };
  for (const auto& [key, before, now] :
       differences_between(first.run.record.experiment, second.run.record.experiment)) {
    if (!matters(key)) continue;
    const auto digest = digest_of(first, key);
    if (!digest.empty() && digest == digest_of(second, key)) continue;
    refuse(key, fmt::format("{} in one, {} in the other", before, now));
  }
  for (const auto& file : first.run.record.files) {
    if (!file.key.starts_with("inputs.")) continue;
    if (digest_of(second, file.key) != file.sha256) refuse(file.key, "the files' contents differ");
  }
}

/// Whether both drew the same networks.
bool share_streams(const model::Experiment& one, const model::Experiment& other) {
  const auto& a = one.simulation();
  const auto& b = other.simulation();
  const auto engine = [](const auto& simulation) {
    return simulation.engine == model::Engine::direct;
  };
  return one.study().seed == other.study().seed && a.dtype == b.dtype && engine(a) == engine(b);
}

bool have_same_counts(const compare::Alike& alike) {
  return std::all_of(alike.at.begin(), alike.at.end(),
                     [](const auto& at) { return at.replicates == at.other_replicates; });
}

/// Of runs that drew the same networks what their numbers say; nothing where the test has to.
void judge_same_networks(compare::Alike& alike) {
  auto& verdict = alike.verdict;
  if (!have_same_counts(alike)) {
    verdict.reasons.emplace_back(
        "both have one seed, engine and dtype and differ in the number of networks: they share "
        "networks, "
        "which the test takes for independent, so that it errs on the side of agreement");
    return;
  }
  if (!alike.are_same_bits && !(alike.largest_difference <= rounding_of_same_seed)) {
    verdict.reasons.push_back(fmt::format(
        "both have one seed, engine and dtype, yet their means differ by up to {:.2g} of the "
        "norms, more "
        "than rounding: they did not draw the same networks, or do not compute the same",
        alike.largest_difference));
    return;
  }
  verdict.outcome = compare::Outcome::agree;
  verdict.advice.clear();
  verdict.p_value = 1.0;
  alike.claims.clear();
  verdict.reasons = {
      alike.are_same_bits
          ? "both drew the same networks and show the same bits: this is no statistical test"
          : fmt::format("both drew the same networks, and their means differ by at most {:.2g} of "
                        "the norms, which is rounding: this is no statistical test",
                        alike.largest_difference)};
}

std::string headline_of(const ComparedRun& first, const ComparedRun& second) {
  const auto line = [](const ComparedRun& run) {
    const auto& experiment = run.run.experiment;
    return fmt::format("{}: seed {}, {}, {}, version {}\n", run.folder, experiment.study().seed,
                       name_of(experiment.simulation().dtype),
                       name_of(experiment.simulation().engine), run.run.record.made_by.version);
  };
  return line(first) + line(second) + "\n";
}

}  // namespace

JudgedStudy compare_gram_runs(const ComparedRun& first, const ComparedRun& second) {
  require_one_law(first, second);
  const auto one = read_results(first.results);
  const auto other = read_results(second.results);
  for (const auto* run : {&first, &second})
    if ((run == &first ? one : other).measurement.empty())
      throw model::InputError("RUN", model::in_quotes(run->folder),
                              "holds only a prediction: there is nothing to compare");
  auto options = judging_options(first.run.experiment);
  const auto of_second = judging_options(second.run.experiment);
  options.norms_are_predicted = true;
  options.could_reduce_variance = false;
  options.looks = std::max(options.looks, of_second.looks);
  options.rounding = std::max(options.rounding, of_second.rounding);
  const auto alike = std::make_shared<compare::Alike>(compare::compare_sets(
      {one.measurement, one.series}, {other.measurement, other.series}, options));
  if (share_streams(first.run.experiment, second.run.experiment)) judge_same_networks(*alike);
  return judged_alike(alike, "Two runs", headline_of(first, second), false);
}

}  // namespace wideproof::app
