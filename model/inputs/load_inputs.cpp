// SPDX-License-Identifier: MIT
#include <cassert>
#include <filesystem>
#include <utility>

#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/csv_hint.hpp>
#include <wideproof/model/files/idx_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/image_choice.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/inputs/renamed_keys.hpp>
#include <wideproof/model/inputs/repeated_rows.hpp>

namespace wideproof::model {
namespace {

std::string source_name(InputSpec::Source source, const std::string& path) {
  return fmt::format("{}:{}", name_of(source), std::filesystem::path(path).filename().string());
}

/// Of rows that say the same to the networks as one before them; `zero_rows` are kept where norms
/// are.
void warn_of_repeated(const Inputs& inputs, std::string_view key, const std::string& path,
                      ZeroRows zero_rows, ReadLog& log) {
  const bool keeps_norms = zero_rows == ZeroRows::kept;
  const auto repeated = repeated_rows(keeps_norms ? inputs.rows() : inputs.vectors());
  if (repeated.empty()) return;
  const auto [first, again] = repeated.front();
  log.warnings.push_back(fmt::format(
      "{} = {}: row {} is the same input as row {}{}{}; networks see such inputs as one", key,
      in_quotes(path), again + 1, first + 1, keeps_norms ? "" : ", up to its norm",
      repeated.size() == 1 ? "" : fmt::format(", and {} more", repeated.size() - 1)));
}

Inputs inputs_from_array(const InputSpec& spec, ZeroRows zero_rows, ReadLog& log) {
  const std::string_view key = "inputs.file";
  const NumericArray array = spec.source == InputSpec::Source::csv ? read_csv(key, spec.file, log)
                                                                   : read_npy(key, spec.file, log);
  if (array.shape.size() < 2) {
    throw InputError(key, in_quotes(spec.file),
                     "its array has 1 axis; inputs need 2 or more: one input a row");
  }
  Inputs inputs(source_name(spec.source, spec.file), array.rows(), key, spec.file, zero_rows);
  warn_of_repeated(inputs, key, spec.file, zero_rows, log);
  if (spec.source == InputSpec::Source::csv) {
    for (const auto trace : label_traces(array))
      log.warnings.push_back(fmt::format("{} = {}: {}", key, in_quotes(spec.file), trace));
  }
  return inputs;
}

/// Labels of all images of the file, or none.
std::vector<std::int64_t> all_labels(const InputSpec& spec, ReadLog& log) {
  if (spec.labels.empty()) return {};
  IdxFile file("inputs.labels", spec.labels);
  auto labels = file.labels();
  log.add(file.so_far());
  return labels;
}

Inputs inputs_from_images(const InputSpec& spec, ZeroRows zero_rows, ReadLog& log) {
  IdxFile images("inputs.images", spec.images);
  const std::int64_t count = images.shape()[0];
  const auto labels = all_labels(spec, log);
  if (!labels.empty() && static_cast<std::int64_t>(labels.size()) != count) {
    throw InputError("inputs.labels", in_quotes(spec.labels),
                     fmt::format("holds {} labels, but inputs.images = {} holds {} images",
                                 labels.size(), in_quotes(spec.images), count));
  }
  const auto chosen = choose_images(spec, count, labels);
  Eigen::MatrixXd rows = images.rows(chosen);
  log.add(images.so_far());
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    if (zero_rows == ZeroRows::kept || !rows.row(static_cast<Eigen::Index>(k)).isZero(0)) continue;
    images.fail(
        fmt::format("image {} (from 0) is all zero: it cannot be scaled to unit norm", chosen[k]));
  }
  return Inputs(source_name(spec.source, spec.images), std::move(rows), "inputs", "", zero_rows);
}

Inputs load_set(const InputSpec& spec, ZeroRows zero_rows, ReadLog& log) {
  switch (spec.source) {
    case InputSpec::Source::circle:
      return circle_inputs(spec.count, spec.endpoint);
    case InputSpec::Source::cosines:
      return cosine_inputs(spec.cosines);
    case InputSpec::Source::gaussian:
      return gaussian_inputs(spec.count, spec.dimension, spec.seed);
    case InputSpec::Source::mixture:
      return mixture_inputs(spec.count, spec.dimension, spec.clusters, spec.separation, spec.seed);
    case InputSpec::Source::csv:
    case InputSpec::Source::npy:
      return inputs_from_array(spec, zero_rows, log);
    case InputSpec::Source::idx:
      break;
  }
  return inputs_from_images(spec, zero_rows, log);
}

constexpr std::string_view second_table = "inputs.second";

/// What `read` makes of the second set, its files and warnings named by their own keys.
template <class Read>
auto of_second(ReadLog& log, const Read& read) {
  ReadLog own;
  auto made = read_as(second_table, [&] { return read(own); });
  own = keys_of(second_table, std::move(own));
  for (auto& file : own.files) log.add(std::move(file));
  for (auto& warning : own.warnings) log.warnings.push_back(std::move(warning));
  return made;
}

std::vector<std::int64_t> labels_of_set(const InputSpec& spec, ReadLog& log) {
  if (spec.source == InputSpec::Source::mixture) {
    std::vector<std::int64_t> clusters;
    for (std::int64_t a = 0; a < spec.count; ++a) clusters.push_back(a % spec.clusters);
    return clusters;
  }
  const auto labels = all_labels(spec, log);
  std::vector<std::int64_t> of_inputs;
  for (const auto image : choose_images(spec, static_cast<std::int64_t>(labels.size()), labels)) {
    of_inputs.push_back(labels[static_cast<std::size_t>(image)]);
  }
  return of_inputs;
}

}  // namespace

Inputs load_inputs(const InputSpec& spec, ReadLog& log) {
  spec.validate();
  const auto zero_rows = spec.normalize ? ZeroRows::refused : ZeroRows::kept;
  auto first = load_set(spec, zero_rows, log);
  if (spec.second == nullptr) return first;
  return {first,
          of_second(log, [&](ReadLog& own) { return load_set(*spec.second, zero_rows, own); })};
}

Inputs load_inputs(const InputSpec& spec) {
  ReadLog unread;
  return load_inputs(spec, unread);
}

bool has_labels(const InputSpec& spec) {
  const bool has_own = spec.source == InputSpec::Source::mixture || !spec.labels.empty();
  return has_own && (spec.second == nullptr || has_labels(*spec.second));
}

std::vector<std::int64_t> load_labels(const InputSpec& spec, ReadLog& log) {
  assert(has_labels(spec));
  auto labels = labels_of_set(spec, log);
  if (spec.second == nullptr) return labels;
  const auto second =
      of_second(log, [&](ReadLog& own) { return labels_of_set(*spec.second, own); });
  labels.insert(labels.end(), second.begin(), second.end());
  return labels;
}

std::vector<std::int64_t> load_labels(const InputSpec& spec) {
  ReadLog unread;
  return load_labels(spec, unread);
}

}  // namespace wideproof::model
