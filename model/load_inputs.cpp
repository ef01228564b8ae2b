// SPDX-License-Identifier: MIT
#include <cassert>
#include <filesystem>
#include <utility>

#include <wideproof/model/csv_file.hpp>
#include <wideproof/model/idx_file.hpp>
#include <wideproof/model/image_choice.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/input_spec.hpp>
#include <wideproof/model/npy_file.hpp>

namespace wideproof::model {
namespace {

using Source = InputSpec::Source;

std::string source_name(Source source, const std::string& path) {
  return fmt::format("{}:{}", name_of(source), std::filesystem::path(path).filename().string());
}

Inputs inputs_from_array(const InputSpec& spec) {
  const std::string_view key = "inputs.file";
  const NumericArray array =
      spec.source == Source::csv ? read_csv(key, spec.file) : read_npy(key, spec.file);
  if (array.shape.size() < 2) {
    throw InputError(key, in_quotes(spec.file),
                     "its array has 1 axis; inputs need 2 or more: one input a row");
  }
  return Inputs(source_name(spec.source, spec.file), array.rows());
}

/// Labels of all `count` images of the file.
std::vector<std::int64_t> all_labels(const InputSpec& spec, std::int64_t count) {
  if (spec.labels.empty()) return {};
  IdxFile file("inputs.labels", spec.labels);
  auto labels = file.labels();
  if (file.shape()[0] != count) {
    file.fail(fmt::format("holds {} labels, but inputs.images = {} holds {} images",
                          file.shape()[0], in_quotes(spec.images), count));
  }
  return labels;
}

Inputs inputs_from_images(const InputSpec& spec) {
  IdxFile images("inputs.images", spec.images);
  const std::int64_t count = images.shape()[0];
  const auto chosen = choose_images(spec, count, all_labels(spec, count));
  Eigen::MatrixXd rows = images.rows(chosen);
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    if (!rows.row(static_cast<Eigen::Index>(k)).isZero(0)) continue;
    images.fail(
        fmt::format("image {} (from 0) is all zero: it cannot be scaled to unit norm", chosen[k]));
  }
  return Inputs(source_name(spec.source, spec.images), std::move(rows));
}

}  // namespace

Inputs load_inputs(const InputSpec& spec) {
  spec.validate();
  switch (spec.source) {
    case Source::circle:
      return circle_inputs(spec.count, spec.endpoint);
    case Source::cosines:
      return cosine_inputs(spec.cosines);
    case Source::gaussian:
      return gaussian_inputs(spec.count, spec.dimension, spec.seed);
    case Source::csv:
    case Source::npy:
      return inputs_from_array(spec);
    case Source::idx:
      break;
  }
  return inputs_from_images(spec);
}

std::vector<std::int64_t> load_labels(const InputSpec& spec) {
  assert(spec.source == Source::idx && !spec.labels.empty());
  const std::int64_t count = IdxFile("inputs.images", spec.images).shape()[0];
  const auto labels = all_labels(spec, count);
  std::vector<std::int64_t> of_inputs;
  for (const auto image : choose_images(spec, count, labels)) {
    of_inputs.push_back(labels[static_cast<std::size_t>(image)]);
  }
  return of_inputs;
}

}  // namespace wideproof::model
