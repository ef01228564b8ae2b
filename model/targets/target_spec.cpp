// SPDX-License-Identifier: MIT
#include <wideproof/model/targets/target_spec.hpp>

#include <cstdint>
#include <map>
#include <vector>

#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

using Source = TargetSpec::Source;

constexpr auto sources = name_table<Source>({
    {Source::labels, "labels"},
    {Source::half_circle, "half-circle"},
    {Source::csv, "csv"},
    {Source::npy, "npy"},
});

Eigen::MatrixXd one_hot(const std::vector<std::int64_t>& labels) {
  std::map<std::int64_t, Eigen::Index> outputs;
  for (const auto label : labels) outputs[label] = 0;
  Eigen::Index number = 0;
  for (auto& [label, output] : outputs) output = number++;
  Eigen::MatrixXd targets = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(labels.size()), number);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    targets(static_cast<Eigen::Index>(i), outputs.at(labels[i])) = 1.0;
  }
  return targets;
}

Eigen::MatrixXd targets_from_file(const TargetSpec& spec, std::int64_t inputs, ReadLog& log) {
  constexpr std::string_view key = "targets.file";
  const auto array =
      spec.source == Source::csv ? read_csv(key, spec.file, log) : read_npy(key, spec.file, log);
  Eigen::MatrixXd rows = array.rows();
  if (rows.rows() != inputs) {
    throw InputError(
        key, in_quotes(spec.file),
        fmt::format("holds {} lines of targets; there are {} inputs", rows.rows(), inputs));
  }
  return rows;
}

Eigen::MatrixXd half_circle(const InputSpec& inputs) {
  const auto steps = inputs.endpoint ? inputs.count - 1 : inputs.count;  // of a whole turn
  Eigen::VectorXd targets(inputs.count);
  for (std::int64_t k = 0; k < inputs.count; ++k) targets[k] = 2 * k <= steps ? 1.0 : -1.0;
  return targets;
}

Eigen::MatrixXd raw_targets(const TargetSpec& spec, const InputSpec& input_spec,
                            const Inputs& inputs, ReadLog& log) {
  switch (spec.source) {
    case Source::labels:
      return one_hot(load_labels(input_spec, log));
    case Source::half_circle:
      return half_circle(input_spec);
    case Source::csv:
    case Source::npy:
      break;
  }
  return targets_from_file(spec, inputs.count(), log);
}

}  // namespace

void TargetSpec::validate(const InputSpec& inputs) const {
  const auto refuse = [&](std::string_view reason) {
    throw InputError("targets.source", in_quotes(name_of(source)), reason);
  };
  const bool reads_file = source == Source::csv || source == Source::npy;
  if (reads_file && file.empty()) {
    throw InputError("targets.file", in_quotes(file),
                     fmt::format("source \"{}\" needs the name of a file", name_of(source)));
  }
  if (!reads_file && !file.empty()) {
    throw InputError("targets.file", in_quotes(file),
                     fmt::format("source \"{}\" does not read it; remove it", name_of(source)));
  }
  if (source == Source::labels && inputs.labels.empty()) {
    refuse("needs inputs.labels: images of source \"idx\" with their labels");
  }
  if (source == Source::half_circle && inputs.source != InputSpec::Source::circle) {
    refuse(fmt::format("needs inputs.source = \"circle\", not \"{}\"", name_of(inputs.source)));
  }
}

std::string_view name_of(Source source) {
  return sources[source];
}

Source target_source_from_name(std::string_view key, std::string_view name) {
  return sources.value(key, name);
}

Eigen::MatrixXd load_targets(const TargetSpec& spec, const InputSpec& input_spec,
                             const Inputs& inputs, ReadLog& log) {
  spec.validate(input_spec);
  Eigen::MatrixXd targets = raw_targets(spec, input_spec, inputs, log);
  if (spec.center) targets.rowwise() -= targets.colwise().mean().eval();
  return targets;
}

Eigen::MatrixXd load_targets(const TargetSpec& spec, const InputSpec& input_spec,
                             const Inputs& inputs) {
  ReadLog unread;
  return load_targets(spec, input_spec, inputs, unread);
}

}  // namespace wideproof::model
