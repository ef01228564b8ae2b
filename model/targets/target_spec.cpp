// SPDX-License-Identifier: MIT
#include <wideproof/model/targets/target_spec.hpp>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <map>
#include <vector>

#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

using Source = TargetSpec::Source;

constexpr auto sources = name_table<Source>({
    {Source::labels, "labels"},
    {Source::half_circle, "half-circle"},
    {Source::step, "step"},
    {Source::teacher, "teacher"},
    {Source::csv, "csv"},
    {Source::npy, "npy"},
});

constexpr std::int64_t most_hidden = 100000;

bool is_file(Source source) {
  return source == Source::csv || source == Source::npy;
}

using ClassOutputs = std::map<std::int64_t, Eigen::Index>;

ClassOutputs outputs_of(const std::vector<std::int64_t>& labels) {
  ClassOutputs outputs;
  for (const auto label : labels) outputs[label] = 0;
  Eigen::Index number = 0;
  for (auto& [label, output] : outputs) output = number++;
  return outputs;
}

Eigen::MatrixXd one_hot(const std::vector<std::int64_t>& labels, const ClassOutputs& outputs) {
  Eigen::MatrixXd targets = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(labels.size()),
                                                  static_cast<Eigen::Index>(outputs.size()));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto found = outputs.find(labels[i]);
    if (found == outputs.end()) {
      throw InputError("targets.source", in_quotes(name_of(Source::labels)),
                       fmt::format("test input {} (from 0) has label {}, which no training input "
                                   "has",
                                   i, labels[i]));
    }
    targets(static_cast<Eigen::Index>(i), found->second) = 1.0;
  }
  return targets;
}

Eigen::MatrixXd from_file(Source source, std::string_view key, const std::string& file,
                          std::int64_t inputs, ReadLog& log) {
  const auto array = source == Source::csv ? read_csv(key, file, log) : read_npy(key, file, log);
  Eigen::MatrixXd rows = array.rows();
  if (rows.rows() != inputs) {
    throw InputError(
        key, in_quotes(file),
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

Eigen::MatrixXd periodic_step(const InputSpec& inputs, std::int64_t periods) {
  const auto steps = inputs.endpoint ? inputs.count - 1 : inputs.count;
  Eigen::VectorXd targets(inputs.count);
  for (std::int64_t k = 0; k < inputs.count; ++k)
    targets[k] = 2 * ((k % steps) * periods % steps) < steps ? 1.0 : -1.0;
  return targets;
}

Eigen::MatrixXd taught(const TargetSpec& spec, const Inputs& inputs) {
  boost::random::mt19937_64 engine(spec.seed);
  boost::random::normal_distribution<double> normal;
  const Eigen::MatrixXd x = inputs.vectors();
  Eigen::VectorXd targets = Eigen::VectorXd::Zero(x.rows());
  Eigen::VectorXd w(x.cols());
  for (std::int64_t k = 0; k < spec.hidden; ++k) {
    const double a = normal(engine);
    for (auto& weight : w) weight = normal(engine);
    targets += a * (x * w).cwiseMax(0.0);
  }
  return std::sqrt(2.0 / static_cast<double>(spec.hidden)) * targets;
}

/// Of sources other than labels.
Eigen::MatrixXd raw_targets(const TargetSpec& spec, const LoadedInputs& loaded,
                            std::string_view key, const std::string& file, ReadLog& log) {
  switch (spec.source) {
    case Source::half_circle:
      return half_circle(loaded.spec);
    case Source::step:
      return periodic_step(loaded.spec, spec.periods);
    case Source::teacher:
      return taught(spec, loaded.inputs);
    case Source::labels:
    case Source::csv:
    case Source::npy:
      break;
  }
  return from_file(spec.source, key, file, loaded.inputs.count(), log);
}

void center_on(const Eigen::RowVectorXd& mean, bool center, Eigen::MatrixXd& targets) {
  if (center) targets.rowwise() -= mean;
}

void require_file(const TargetSpec& spec, std::string_view key, const std::string& file) {
  if (is_file(spec.source) && file.empty()) {
    throw InputError(key, in_quotes(file),
                     fmt::format("source \"{}\" needs the name of a file", name_of(spec.source)));
  }
}

void require_unread(const TargetSpec& spec, std::string_view key, const std::string& file) {
  if (is_file(spec.source) || file.empty()) return;
  throw InputError(key, in_quotes(file),
                   fmt::format("source \"{}\" does not read it; remove it", name_of(spec.source)));
}

void require_source_of_inputs(const TargetSpec& spec, const InputSpec& inputs,
                              std::string_view table) {
  const auto refuse = [&](std::string_view reason) {
    throw InputError("targets.source", in_quotes(name_of(spec.source)), reason);
  };
  if (spec.source == Source::labels && !has_labels(inputs)) {
    refuse(
        fmt::format("needs {}.labels: images of source \"idx\" with their labels, or source "
                    "\"mixture\"",
                    table));
  }
  const bool is_of_circle = spec.source == Source::half_circle || spec.source == Source::step;
  if (is_of_circle && inputs.source != InputSpec::Source::circle) {
    refuse(fmt::format("needs {}.source = \"circle\", not \"{}\"", table, name_of(inputs.source)));
  }
}

}  // namespace

void TargetSpec::validate(const InputSpec& inputs) const {
  require_file(*this, "targets.file", file);
  require_unread(*this, "targets.file", file);
  require_unread(*this, "targets.test_file", test_file);
  require_source_of_inputs(*this, inputs, "inputs");
  require_between("targets.periods", periods, std::int64_t{1}, std::int64_t{1000000});
  require_between("targets.hidden", hidden, std::int64_t{1}, most_hidden);
}

void TargetSpec::validate_test(const InputSpec& inputs) const {
  require_file(*this, "targets.test_file", test_file);
  require_source_of_inputs(*this, inputs, "test");
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
  Eigen::MatrixXd targets;
  if (spec.source == Source::labels) {
    const auto labels = load_labels(input_spec, log);
    targets = one_hot(labels, outputs_of(labels));
  } else {
    targets = raw_targets(spec, {input_spec, inputs}, "targets.file", spec.file, log);
  }
  center_on(targets.colwise().mean(), spec.center, targets);
  return targets;
}

Eigen::MatrixXd load_targets(const TargetSpec& spec, const InputSpec& input_spec,
                             const Inputs& inputs) {
  ReadLog unread;
  return load_targets(spec, input_spec, inputs, unread);
}

Eigen::MatrixXd load_targets(const TargetSpec& spec, const LoadedInputs& training,
                             const LoadedInputs& test, ReadLog& log) {
  spec.validate(training.spec);
  spec.validate_test(test.spec);
  Eigen::MatrixXd seen, unseen;
  if (spec.source == Source::labels) {
    const auto labels = load_labels(training.spec, log);
    const auto outputs = outputs_of(labels);
    seen = one_hot(labels, outputs);
    unseen = one_hot(load_labels(test.spec, log), outputs);
  } else {
    seen = raw_targets(spec, training, "targets.file", spec.file, log);
    unseen = raw_targets(spec, test, "targets.test_file", spec.test_file, log);
  }
  if (seen.cols() != unseen.cols()) {
    throw InputError("targets.test_file", in_quotes(spec.test_file),
                     fmt::format("holds {} outputs a line; targets.file = {} holds {}",
                                 unseen.cols(), in_quotes(spec.file), seen.cols()));
  }
  const Eigen::RowVectorXd mean = seen.colwise().mean();
  center_on(mean, spec.center, seen);
  center_on(mean, spec.center, unseen);
  Eigen::MatrixXd all(seen.rows() + unseen.rows(), seen.cols());
  all << seen, unseen;
  return all;
}

bool are_classes(const Eigen::MatrixXd& targets) {
  if (targets.cols() == 1) return (targets.array().abs() == 1.0).all();
  const bool are_bits = ((targets.array() == 0.0) || (targets.array() == 1.0)).all();
  return are_bits && (targets.rowwise().sum().array() == 1.0).all();
}

}  // namespace wideproof::model
