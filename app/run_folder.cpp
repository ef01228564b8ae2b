// SPDX-License-Identifier: MIT
#include <wideproof/app/run_folder.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <wideproof/app/atomic_file.hpp>
#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/read_text.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr std::array<std::string_view, 16> files_of_a_run = {
    "experiment.toml",   "summary.json",          "results.h5",      "checkpoint.h5",
    "gram.csv",          "correlation.csv",       "fluctuation.csv", "convergence.csv",
    "extrapolation.csv", "fluctuation_limit.csv", "claims.csv",      "power.csv",
    "report.html",       "learning_curve.csv",    "draws.csv",       "sweep.csv"};

/// Removes the runs of a sweep's points.
void remove_points(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> points;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto name = entry.path().filename().string();
    const bool is_number = name.find_first_not_of("0123456789") == std::string::npos;
    if (is_number && std::filesystem::exists(entry.path() / "experiment.toml", error)) {
      points.push_back(entry.path());
    }
  }
  for (const auto& point : points) std::filesystem::remove_all(point, error);
  std::filesystem::remove(folder, error);  // only if it is empty
}

/// Removes the figures of a run, which all lie beside their tables; what else is in that folder
/// stays, and the folder with it.
void remove_figures(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> tables;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".csv") tables.push_back(entry.path());
  }
  for (auto& file : tables) {
    for (const auto* extension : {".svg", ".pdf", ".csv"}) {
      std::filesystem::remove(file.replace_extension(extension), error);
    }
  }
  std::filesystem::remove(folder, error);  // only if it is empty
}

}  // namespace

void RunFolder::claim(const std::string& experiment, IfTaken if_taken) const {
  const auto complain = [&](std::string_view reason) {
    throw model::InputError("--out", model::in_quotes(path_.string()), reason);
  };
  std::error_code error;
  std::filesystem::create_directories(path_, error);
  if (error) complain(fmt::format("cannot be made: {}", error.message()));
  if (!std::filesystem::is_directory(path_)) complain("is a file, not a folder");
  const bool taken = std::any_of(files_of_a_run.begin(), files_of_a_run.end(),
                                 [&](std::string_view name) { return holds(name); });
  if (taken && if_taken == IfTaken::refuse) {
    complain("holds another run; --force overwrites it, --resume goes on with it");
  }
  if (taken && if_taken == IfTaken::resume) {
    if (!holds("experiment.toml") ||
        sampled_part(read_text(file("experiment.toml"))) != sampled_part(experiment)) {
      complain("holds a run of another experiment, which --resume cannot go on with");
    }
    return;
  }
  // First, so that a folder which cannot be written keeps the files of the run before.
  write("experiment.toml", experiment);
  for (const auto name : files_of_a_run) {
    if (name != "experiment.toml") remove(name);
  }
  if (!taken) return;
  remove_figures(file("figures"));
  remove_points(file("points"));
}

void RunFolder::write(std::string_view name, std::string_view content) const {
  write_atomically(file(name), content);
}

void RunFolder::remove(std::string_view name) const {
  std::error_code error;
  std::filesystem::remove(file(name), error);
  if (error) {
    throw model::InputError(fmt::format("{}: cannot be removed: {}",
                                        model::in_quotes(file(name).string()), error.message()));
  }
}

}  // namespace wideproof::app
