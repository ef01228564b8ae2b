// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/loaded_training.hpp>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/random_subset.hpp>
#include <wideproof/model/inputs/renamed_keys.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/model/training/training_spec.hpp>

namespace wideproof::app {
namespace {

using model::InputError;

void append(const std::vector<std::string>& warnings, std::size_t first, model::ReadLog& log) {
  for (std::size_t i = first; i < warnings.size(); ++i) log.warnings.push_back(warnings[i]);
}

Eigen::MatrixXd joined(const Eigen::MatrixXd& upper, const Eigen::MatrixXd& lower) {
  if (upper.cols() != lower.cols())
    throw InputError("test.source", fmt::format("{} numbers an input", lower.cols()),
                     fmt::format("inputs that train have {}", upper.cols()));
  Eigen::MatrixXd rows(upper.rows() + lower.rows(), upper.cols());
  rows << upper, lower;
  return rows;
}

std::vector<Eigen::Index> rows_between(Eigen::Index first, Eigen::Index end) {
  std::vector<Eigen::Index> rows(static_cast<std::size_t>(end - first));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

/// So many of `count` rows, rising, drawn by `seed`.
std::vector<Eigen::Index> rows_apart(std::string_view key, double fraction, std::int64_t count,
                                     std::uint64_t seed) {
  const auto apart = std::llround(fraction * static_cast<double>(count));
  if (apart < 1 || apart >= count)
    throw InputError(
        key, fraction,
        fmt::format("sets {} of {} inputs apart; must leave some on either side", apart, count));
  boost::random::mt19937_64 engine(seed);
  const auto rows = model::random_subset(engine, count, apart);
  return {rows.begin(), rows.end()};
}

std::vector<Eigen::Index> rows_without(const std::vector<Eigen::Index>& rows,
                                       const std::vector<Eigen::Index>& apart) {
  std::vector<Eigen::Index> left;
  std::set_difference(rows.begin(), rows.end(), apart.begin(), apart.end(),
                      std::back_inserter(left));
  return left;
}

/// Whether some of these rows are 1 in this output.
bool has_class(const Eigen::MatrixXd& targets, const std::vector<Eigen::Index>& rows,
               Eigen::Index output) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](Eigen::Index row) { return targets(row, output) == 1; });
}

/// Of several outputs each is a class: it trains, or nothing would be learnt of it.
void require_each_class(std::string_view key, double fraction, const model::TrainingData& data) {
  if (!data.are_classes || data.outputs() < 2) return;
  for (Eigen::Index output = 0; output < data.outputs(); ++output)
    if (!has_class(data.targets, data.training, output))
      throw InputError(key, fraction,
                       fmt::format("leaves no input that trains of class {} of {}; set fewer apart",
                                   output + 1, data.outputs()));
}

}  // namespace

LoadedTraining::LoadedTraining(const model::Experiment& experiment) {
  const auto& spec = model::training_of(experiment);
  const auto seed = experiment.study().seed;
  auto inputs = model::load_inputs(experiment.inputs(), log);
  source = inputs.source();
  training_points = inputs.count();
  auto made = std::make_shared<model::TrainingData>();
  if (spec.test) {
    model::ReadLog test_log;
    const auto test =
        model::read_as("test", [&] { return model::load_inputs(*spec.test, test_log); });
    // Labels are read once more: by the keys of [inputs] both times.
    auto target_log = log;
    for (const auto& file : test_log.files) target_log.add(file);
    all.emplace(source, joined(inputs.vectors(), test.vectors()));
    made->targets = model::read_as("test", [&] {
      return model::load_targets(spec.targets, {experiment.inputs(), inputs}, {*spec.test, test},
                                 target_log);
    });
    const auto warnings = log.warnings.size();
    test_log = model::keys_of("test", std::move(test_log));
    for (const auto& file : test_log.files) log.add(file);
    for (const auto& file : target_log.files)
      if (!file.key.starts_with("inputs.")) log.add(file);
    append(test_log.warnings, 0, log);
    append(target_log.warnings, warnings, log);
  } else {
    made->targets = model::load_targets(spec.targets, experiment.inputs(), inputs, log);
    if (spec.training.test_fraction > 0) {
      const auto apart =
          rows_apart("training.test_fraction", spec.training.test_fraction, inputs.count(), seed);
      auto order = rows_without(rows_between(0, inputs.count()), apart);
      training_points = static_cast<std::int64_t>(order.size());
      order.insert(order.end(), apart.begin(), apart.end());
      all.emplace(source, inputs.vectors({order.begin(), order.end()}));
      made->targets = made->targets(order, Eigen::all).eval();
      // The mean is that of inputs that train, as with a table [test].
      if (spec.targets.center)
        made->targets.rowwise() -= made->targets.topRows(training_points).colwise().mean().eval();
    } else {
      all.emplace(std::move(inputs));
    }
  }
  made->inputs = all->vectors();
  made->are_classes = model::are_classes(made->targets);
  made->training = rows_between(0, training_points);
  made->test = rows_between(training_points, made->points());
  if (spec.training.test_fraction > 0)
    require_each_class("training.test_fraction", spec.training.test_fraction, *made);
  if (spec.training.validation_fraction > 0) {
    made->validation = rows_apart("training.validation_fraction", spec.training.validation_fraction,
                                  training_points, seed + 1);
    made->training = rows_without(made->training, made->validation);
    require_each_class("training.validation_fraction", spec.training.validation_fraction, *made);
  }
  data = std::move(made);
}

std::string training_part(const model::Experiment& experiment) {
  const auto& spec = model::training_of(experiment);
  std::string text = text_of(inputs_table(experiment.inputs())) +
                     text_of(targets_table(spec.targets)) +
                     fmt::format("{} {} {}", spec.training.test_fraction,
                                 spec.training.validation_fraction, experiment.study().seed);
  if (spec.test) text += text_of(inputs_table(*spec.test));
  return text;
}

}  // namespace wideproof::app
