// SPDX-License-Identifier: MIT
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/commands/single_run.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>

namespace wideproof::app {
namespace {

/// "relu" of "runs/relu/" and of "relu.npz".
std::string name_of_samples(const std::string& path) {
  const auto whole = std::filesystem::path(path).lexically_normal();
  const auto named = whole.has_filename() ? whole : whole.parent_path();
  const auto name = named.stem().string();
  return name.empty() || name == "." || name == ".." ? "samples" : name;
}

/// The experiment file that the command stands for.
std::string experiment_text(const Command& command) {
  const auto& judged = command.judged;
  toml::table samples{{"path", judged.samples}, {"activations", judged.activations}};
  if (judged.against) samples.insert("against", *judged.against);
  if (judged.experiment) samples.insert("experiment", *judged.experiment);
  toml::table compare;
  if (judged.prediction) compare.insert("prediction", *judged.prediction);
  if (judged.prediction_kind) compare.insert("prediction_kind", *judged.prediction_kind);
  if (judged.family_error) compare.insert("family_error", *judged.family_error);
  if (judged.equivalence_margin) compare.insert("equivalence_margin", *judged.equivalence_margin);
  const toml::table root{
      {"study", toml::table{{"name", name_of_samples(judged.samples)}, {"kind", "samples"}}},
      {"samples", std::move(samples)},
      {"compare", std::move(compare)}};
  std::ostringstream text;
  text << root << '\n';
  return std::move(text).str();
}

}  // namespace

int judge(const Command& command) {
  const auto start = RunSession::Clock::now();
  std::vector<std::string> notes;
  const auto experiment =
      parse_experiment(experiment_text(command), "judge", command.settings, {}, notes);
  Ranks alone;
  return run_single(experiment, notes, command.options, alone, start);
}

}  // namespace wideproof::app
