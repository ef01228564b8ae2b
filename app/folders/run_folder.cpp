// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/run_folder.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/ranges.h>

#include <wideproof/app/experiment/experiment_difference.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/files/atomic_file.hpp>
#include <wideproof/app/files/read_text.hpp>
#include <wideproof/app/folders/manifest.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

/// What runs wrote before there were manifests; the first four tell that there was one.
constexpr std::array<std::string_view, 17> files_of_a_run = {"summary.json",
                                                             "results.h5",
                                                             "checkpoint.h5",
                                                             "sweep.csv",
                                                             "gram.csv",
                                                             "correlation.csv",
                                                             "kernel.csv",
                                                             "fluctuation.csv",
                                                             "convergence.csv",
                                                             "extrapolation.csv",
                                                             "fluctuation_limit.csv",
                                                             "claims.csv",
                                                             "power.csv",
                                                             "report.html",
                                                             "learning_curve.csv",
                                                             "draws.csv",
                                                             "experiment.toml"};
constexpr std::size_t telling_files = 4;

std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> entries;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    entries.push_back(entry.path());
  return entries;
}

/// ": network.depth is 3 there and 4 here", or nothing where that cannot be told.
std::string differences_in_words(const std::string& there, const std::string& here) {
  constexpr std::size_t most = 3;
  std::vector<std::string> parts;
  try {
    for (const auto& [key, before, now] : differences_between(there, here))
      parts.push_back(fmt::format("{} is {} there and {} here", key, before, now));
  } catch (const model::InputError&) {
    return "";
  }
  if (parts.size() > most) {
    const auto more = parts.size() - most;
    parts.resize(most);
    parts.push_back(fmt::format("and {} more", more));
  }
  return parts.empty() ? "" : fmt::format(": {}", fmt::join(parts, ", "));
}

/// A folder that is not empty stays, and so does a link to one.
void remove_if_empty(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(std::filesystem::symlink_status(folder, error)))
    std::filesystem::remove(folder, error);
}

}  // namespace

FolderLock RunFolder::lock() const {
  make();
  FolderLock lock(path_);
  if (!lock.note().empty()) say(lock.note());
  return lock;
}

void RunFolder::complain(std::string_view reason) const {
  throw model::InputError("--out", model::in_quotes(path_.string()), reason);
}

void RunFolder::make() const {
  std::error_code error;
  std::filesystem::create_directories(path_, error);
  if (error) complain(fmt::format("cannot be made: {}", error.message()));
  if (!std::filesystem::is_directory(path_)) complain("is a file, not a folder");
  if (holds("figures") && !std::filesystem::is_directory(file("figures"), error))
    complain("holds a file figures, where a run's folder of that name belongs");
}

bool RunFolder::holds_a_run() const {
  const auto is_here = [this](std::string_view name) { return holds(name); };
  const auto names = Manifest(path_).names();
  return std::any_of(names.begin(), names.end(), is_here) ||
         std::any_of(files_of_a_run.begin(), files_of_a_run.begin() + telling_files, is_here);
}

std::string RunFolder::begun_experiment() const {
  return holds("experiment.toml") ? read_text(file("experiment.toml").string()) : "";
}

void RunFolder::refuse_taken(const std::string& experiment, Resumes resumes) const {
  const auto begun = begun_experiment();
  if (sampled_part(begun) != sampled_part(experiment))
    complain(fmt::format("holds another run{}; --force overwrites it, another --out keeps it",
                         differences_in_words(begun, experiment)));
  if (resumes == Resumes::no) complain("holds a run of the same experiment; --force overwrites it");
  // A prediction alone has no page.
  const bool is_finished = holds("report.html") && !holds("checkpoint.h5");
  complain(is_finished
               ? "holds the same run, finished; --resume tells its verdict again, wideproof "
                 "report writes its files again, --force runs it anew"
               : "holds the same run, unfinished; --resume goes on with it, --force starts "
                 "it anew");
}

void RunFolder::tell_of_nothing_to_resume() const {
  say(fmt::format("--out = {}: holds no run to go on with; --resume starts from the beginning",
                  model::in_quotes(path_.string())));
}

bool RunFolder::claim(const std::string& experiment, IfTaken if_taken, Resumes resumes) const {
  make();
  const bool taken = holds_a_run();
  if (taken && if_taken == IfTaken::refuse) refuse_taken(experiment, resumes);
  if (taken && if_taken == IfTaken::resume) {
    const auto begun = begun_experiment();
    if (sampled_part(begun) != sampled_part(experiment)) {
      complain(fmt::format("holds a run of another experiment, which --resume cannot go on with{}",
                           differences_in_words(begun, experiment)));
    }
    adopt();
    return false;
  }
  if (!taken && if_taken != IfTaken::overwrite && holds("experiment.toml") &&
      read_text(file("experiment.toml").string()) != experiment) {
    complain("holds an experiment.toml that no run wrote; --force keeps it as experiment.toml.old");
  }
  const bool has_manifest = !Manifest(path_).is_empty();
  // First, so that a folder which cannot be written keeps the files of the run before.
  write("experiment.toml", experiment);
  if (!taken) return true;
  clear("experiment.toml");
  if (has_manifest) {
    // Results that the manifest does not list are the user's, and none of this run's.
    for (std::size_t i = 0; i < telling_files; ++i)
      if (holds(files_of_a_run[i])) set_aside(files_of_a_run[i]);
    return true;
  }
  std::error_code error;
  for (const auto name : files_of_a_run) {
    if (name != "experiment.toml") std::filesystem::remove(file(name), error);
  }
  return true;
}

void RunFolder::clear(std::string_view but) const {
  for (const auto& name : Manifest(path_).names()) {
    if (name == but) continue;
    remove(name);
    const auto below = std::filesystem::path(name).parent_path();
    if (!below.empty()) remove_if_empty(path_ / below);
  }
  for (const auto& point : entries_of(file("points"))) {
    if (!std::filesystem::exists(point / Manifest::file_name)) continue;
    RunFolder(point).clear("");
    remove_if_empty(point);
  }
  remove_if_empty(file("points"));
  std::error_code error;
  if (Manifest(path_).is_empty()) std::filesystem::remove(file(Manifest::file_name), error);
}

void RunFolder::adopt() const {
  Manifest manifest(path_);
  // Every run left these three; a results.h5 by itself says nothing of the files around it.
  const bool is_a_run = holds("experiment.toml") && holds("summary.json") && holds("results.h5");
  if (!manifest.is_empty() || !is_a_run) return;
  std::vector<std::string> names(files_of_a_run.begin(), files_of_a_run.end());
  for (const auto& figure : entries_of(file("figures"))) {
    const auto drawn = "figures/" + figure.stem().string();
    if (figure.extension() != ".svg" || !holds(drawn + ".pdf") || !holds(drawn + ".csv")) continue;
    for (const auto* extension : {".svg", ".pdf", ".csv"}) names.push_back(drawn + extension);
  }
  for (const auto& name : names) {
    if (holds(name)) manifest.add_file(name);
  }
}

void RunFolder::write(std::string_view name, std::string_view content) const {
  Manifest manifest(path_);
  if (holds(name) && !manifest.is_as_written(name)) set_aside(name);
  std::error_code error;
  std::filesystem::create_directories(file(name).parent_path(), error);  // else the file complains
  manifest.add(name, content);
  write_atomically(file(name), content);
  manifest.forget_before(name);
}

void RunFolder::remove(std::string_view name) const {
  Manifest manifest(path_);
  if (holds(name) && manifest.lists(name) && !manifest.is_as_written(name)) {
    set_aside(name);
  } else if (manifest.lists(name)) {
    std::error_code error;
    std::filesystem::remove(file(name), error);
    if (error) {
      throw model::InputError(fmt::format("{}: cannot be removed: {}",
                                          model::in_quotes(file(name).string()), error.message()));
    }
  }
  manifest.remove(name);
}

void RunFolder::set_aside(std::string_view name) const {
  std::string kept = fmt::format("{}.old", name);
  for (int number = 2; holds(kept); ++number) kept = fmt::format("{}.old{}", name, number);
  std::error_code error;
  std::filesystem::rename(file(name), file(kept), error);
  if (error) {
    throw model::InputError(fmt::format("{}: cannot be kept as {}: {}",
                                        model::in_quotes(file(name).string()), kept,
                                        error.message()));
  }
  say(fmt::format("{}: no run wrote it as it is; kept as {}", model::in_quotes(file(name).string()),
                  kept));
}

}  // namespace wideproof::app
