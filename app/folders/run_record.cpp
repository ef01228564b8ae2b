// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/run_record.hpp>

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/ranges.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/toml_leaves.hpp>
#include <wideproof/app/experiment/toml_text.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

std::string file_group(std::size_t i) {
  return fmt::format("/run/files/{}", i);
}

}  // namespace

void write_files(Hdf5Writer& file, const std::vector<model::ReadFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    file.attribute(file_group(i), "key", files[i].key);
    file.attribute(file_group(i), "path", files[i].path);
    file.attribute(file_group(i), "sha256", files[i].sha256);
  }
}

std::vector<model::ReadFile> read_files(const Hdf5Reader& file) {
  std::vector<model::ReadFile> files;
  if (!file.holds("/run") || !file.holds("/run/files")) return files;
  while (file.holds(file_group(files.size()))) {
    const auto group = file_group(files.size());
    files.push_back(
        {file.text(group, "key"), file.text(group, "path"), file.text(group, "sha256")});
  }
  return files;
}

void write_record(Hdf5Writer& file, const RunRecord& record) {
  file.text("/experiment", record.experiment);
  file.attribute("/run", "input_source", record.inputs.source);
  file.attribute("/run", "input_count", record.inputs.count);
  file.attribute("/run", "input_dimension", record.inputs.dimension);
  file.attribute("/run", "version", record.made_by.version);
  file.attribute("/run", "commit", record.made_by.commit);
  file.attribute("/run", "libtorch", record.made_by.libtorch);
  file.attribute("/run", "compiler", record.made_by.compiler);
  write_files(file, record.files);
}

std::optional<RunRecord> read_record(const Hdf5Reader& file) {
  if (!file.holds("/experiment")) return std::nullopt;
  RunRecord record;
  record.experiment = file.text("/experiment");
  record.inputs = {file.text("/run", "input_source"), file.integer("/run", "input_count"),
                   file.integer("/run", "input_dimension")};
  record.made_by.version = file.text("/run", "version");
  record.made_by.commit = file.text("/run", "commit");
  record.made_by.libtorch = file.text("/run", "libtorch");
  record.made_by.compiler = file.text("/run", "compiler");
  record.files = read_files(file);
  return record;
}

void require_same_files(const std::vector<model::ReadFile>& then,
                        const std::vector<model::ReadFile>& now) {
  for (const auto& file : now) {
    const auto before = std::find_if(
        then.begin(), then.end(), [&](const auto& recorded) { return recorded.key == file.key; });
    if (before == then.end()) {
      throw model::InputError(file.key, model::in_quotes(file.path),
                              "is not among the files that the run began with");
    }
    if (before->sha256 != file.sha256) {
      throw model::InputError(
          file.key, model::in_quotes(file.path),
          fmt::format("has changed since the run began: its sha256 was {}…, and is {}…",
                      before->sha256.substr(0, 12), file.sha256.substr(0, 12)));
    }
  }
}

void require_same_experiment(const RunRecord& record, const std::string& experiment,
                             const std::string& file) {
  std::vector<std::string> differences;
  for (const auto& [key, before, now] : differences_between(record.experiment, experiment))
    differences.push_back(fmt::format("{} is {} there and {} in the results", key, now, before));
  if (differences.empty()) return;
  throw model::InputError(fmt::format(
      "{}: is not the experiment that results.h5 was made with: {}; run it again, or put it back",
      model::in_quotes(file), fmt::join(differences, ", ")));
}

void require_results_of(const std::string& results, const std::string& experiment,
                        const std::vector<model::ReadFile>& files) {
  const auto record = read_record(Hdf5Reader("results", results));
  if (!record) return;
  const auto folder = std::filesystem::path(results).parent_path();
  require_same_experiment(*record, experiment, (folder / "experiment.toml").string());
  require_same_files(record->files, files);
}

}  // namespace wideproof::app
