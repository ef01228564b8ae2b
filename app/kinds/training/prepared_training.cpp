// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/prepared_training.hpp>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/study/sampled_law.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/random_subset.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>
#include <wideproof/theory/regression/regression_kernel.hpp>
#include <wideproof/theory/sparsity/predict_sparsity.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>
#include <wideproof/theory/tangent/trained_limit.hpp>
#include <wideproof/train/activity/layer_activity.hpp>

namespace wideproof::app {
namespace {

using model::InputError;

/// More than these and their kernels are left out.
constexpr std::int64_t most_kernel_points = 3000;
constexpr std::size_t most_inputs_of_sparsity = 400;

/// What `read` throws of inputs that do not train is of the table [test].
template <class Read>
auto read_test(const Read& read) {
  try {
    return read();
  } catch (const InputError& error) {
    std::string message = error.what();
    constexpr std::string_view table = "inputs.";
    for (auto at = message.find(table); at != std::string::npos; at = message.find(table, at))
      message.replace(at, table.size(), "test.");
    throw InputError(message);
  }
}

Eigen::MatrixXd joined(const Eigen::MatrixXd& upper, const Eigen::MatrixXd& lower) {
  if (upper.cols() != lower.cols())
    throw InputError("test.source", fmt::format("{} numbers an input", lower.cols()),
                     fmt::format("inputs that train have {}", upper.cols()));
  Eigen::MatrixXd rows(upper.rows() + lower.rows(), upper.cols());
  rows << upper, lower;
  return rows;
}

Eigen::MatrixXd rows_of(const Eigen::MatrixXd& matrix, const std::vector<Eigen::Index>& rows) {
  return matrix(rows, Eigen::all);
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

void require_classes(const model::TrainingOptions& training, const model::TrainingData& data) {
  if (training.loss != model::Loss::cross_entropy) return;
  if (!data.are_classes || data.outputs() < 2)
    throw InputError("training.loss", model::in_quotes(name_of(training.loss)),
                     "needs targets that are classes: two outputs or more, 1 for the own class and "
                     "0 for the others (targets.center = false)");
}

void require_batch(const model::TrainingOptions& training, const model::TrainingData& data) {
  const auto count = static_cast<std::int64_t>(data.training.size());
  if (training.batch_size && *training.batch_size > count)
    throw InputError("training.batch_size", *training.batch_size,
                     fmt::format("must not exceed the {} inputs that train", count));
}

/// Why no law of trained outputs is derived; empty where one is.
std::string reason_without_law(const model::TrainingOptions& training, std::int64_t inputs) {
  if (training.loss != model::Loss::squared) return "of squared loss alone";
  if (training.parameterisation != model::Parameterisation::tangent)
    return "of the tangent parameterisation alone: at a fixed rate the standard one has no limit";
  if (!training.is_plain_descent(inputs))
    return "of gradient descent on full batches alone, at a constant rate and without momentum, "
           "decay, clipping or early stopping";
  return "";
}

/// Networks of any width leave the limit's own law where it diverges, and soon.
std::string reason_without_law(double rate, double critical) {
  if (rate < critical) return "";
  return fmt::format(
      "of rates below 2/lambda_max = {:.4g} alone: at {:g} gradient descent in the limit diverges",
      critical, rate);
}

/// Θ and K of an output, σ_r² included.
struct OutputKernels {
  Eigen::MatrixXd tangent, kernel;
};

OutputKernels output_kernels(const model::Experiment& experiment, const model::Inputs& inputs,
                             double readout_variance, double scale) {
  const auto& training = model::training_of(experiment).training;
  const double factor = readout_variance * scale;  // of kernels whose σ_r² is 1/scale
  OutputKernels kernels;
  if (experiment.network().activation() == model::Activation::thresholded_step) {
    kernels.kernel = factor * theory::regression_kernel(experiment.network(), inputs.cosines());
    return kernels;
  }
  auto prediction = theory::predict_tangent(
      experiment.network(), inputs.deficits(),
      {training.trained, model::TangentLayers::output, model::ThresholdGradient::detached});
  kernels.tangent = factor * prediction.output_tangent;
  kernels.kernel = factor * prediction.output_kernel;
  return kernels;
}

std::vector<std::int64_t> recorded_steps(const model::TrainingOptions& training,
                                         std::int64_t inputs) {
  const auto steps = training.steps_for(inputs);
  if (training.record.empty()) return {steps};
  if (training.record.back() > steps)
    throw InputError("training.record", fmt::format("[{}]", fmt::join(training.record, ", ")),
                     fmt::format("must not exceed the {} steps of training", steps));
  return training.record;
}

/// Classes of the inputs that train; none where they are not of two classes or more.
std::vector<std::int64_t> labels_of(const model::TrainingData& data) {
  const auto classes =
      train::input_classes(rows_of(data.targets, data.training), data.are_classes, {}).own;
  const std::set<Eigen::Index> different(classes.begin(), classes.end());
  if (different.size() < 2) return {};
  return {classes.begin(), classes.end()};
}

/// Of the inputs that train. Averages over inputs have limits that do not depend on these; of more
/// than most_inputs_of_sparsity they are all that is predicted.
model::SparsityPrediction untrained_sparsity_of(const model::Network& network,
                                                const LoadedTraining& loaded) {
  auto rows = loaded.data->training;
  const bool are_few = rows.size() <= most_inputs_of_sparsity;
  if (!are_few) rows.resize(1);
  const model::Inputs inputs(loaded.source, rows_of(loaded.data->inputs, rows));
  const auto labels = are_few ? labels_of(*loaded.data) : std::vector<std::int64_t>();
  auto predicted =
      theory::predict_sparsity(network, theory::predict(network, inputs.deficits()), labels);
  for (auto& layer : predicted.layers) {
    if (!are_few) layer.lifetime.reset();
    if (are_few && network.has_one_width()) continue;
    // n times a variance is of layers of width n.
    layer.hoyer.variance.reset();
    layer.treves_rolls.variance.reset();
    if (layer.lifetime) layer.lifetime->variance.reset();
  }
  return predicted;
}

}  // namespace

LoadedTraining::LoadedTraining(const model::Experiment& experiment) {
  const auto& spec = model::training_of(experiment);
  const auto seed = experiment.study().seed;
  const auto inputs = model::load_inputs(experiment.inputs(), log);
  source = inputs.source();
  training_points = inputs.count();
  auto made = std::make_shared<model::TrainingData>();
  if (spec.test) {
    const auto test = read_test([&] { return model::load_inputs(*spec.test, log); });
    all.emplace(source, joined(inputs.vectors(), test.vectors()));
    made->targets = read_test([&] {
      return model::load_targets(spec.targets, {experiment.inputs(), inputs}, {*spec.test, test},
                                 log);
    });
  } else {
    made->targets = model::load_targets(spec.targets, experiment.inputs(), inputs, log);
    if (spec.training.test_fraction > 0) {
      const auto apart =
          rows_apart("training.test_fraction", spec.training.test_fraction, inputs.count(), seed);
      auto order = rows_without(rows_between(0, inputs.count()), apart);
      training_points = static_cast<std::int64_t>(order.size());
      order.insert(order.end(), apart.begin(), apart.end());
      all.emplace(source, inputs.vectors({order.begin(), order.end()}));
      made->targets = rows_of(made->targets, order);
    } else {
      all.emplace(inputs);
    }
  }
  made->inputs = all->vectors();
  made->are_classes = model::are_classes(made->targets);
  made->training = rows_between(0, training_points);
  made->test = rows_between(training_points, made->points());
  if (spec.training.validation_fraction > 0) {
    made->validation = rows_apart("training.validation_fraction", spec.training.validation_fraction,
                                  training_points, seed + 1);
    made->training = rows_without(made->training, made->validation);
  }
  require_classes(spec.training, *made);
  require_batch(spec.training, *made);
  data = std::move(made);
}

PreparedTraining::PreparedTraining(const model::Experiment& experiment_,
                                   std::shared_ptr<const LoadedTraining> loaded_)
    : experiment(experiment_),
      loaded(std::move(loaded_)),
      network(theory::network_limit(experiment.network())) {
  const auto& training = model::training_of(experiment).training;
  const auto& data = *loaded->data;
  const auto inputs = static_cast<std::int64_t>(data.training.size());
  prediction.readout_variance = training.readout_variance.value_or(1 / network.gram_scale);
  law = {sampled_law(experiment.network(), network), prediction.readout_variance};
  record = recorded_steps(training, inputs);
  not_predicted = reason_without_law(training, inputs);
  predicted_sparsity = untrained_sparsity_of(experiment.network(), *loaded);
  if (data.points() > most_kernel_points) {
    no_kernels = fmt::format("kernels of more than {} inputs are not computed", most_kernel_points);
    if (not_predicted.empty()) not_predicted = no_kernels;
    return;
  }
  const auto kernels =
      output_kernels(experiment, *loaded->all, prediction.readout_variance, network.gram_scale);
  const bool has_tangent = kernels.tangent.size() > 0;
  const Eigen::MatrixXd targets = rows_of(data.targets, data.training);
  const Eigen::MatrixXd none = Eigen::MatrixXd::Zero(data.points(), data.points());
  constexpr double end = std::numeric_limits<double>::infinity();
  const auto regression = [&](const Eigen::MatrixXd& kernel) -> Eigen::MatrixXd {
    return theory::TrainedLimit(kernel, none, data.training, targets, training.ridge)
        .after_flow(end)
        .mean.transpose();
  };
  prediction.kernel_regression = regression(kernels.kernel);
  if (has_tangent) prediction.tangent_regression = regression(kernels.tangent);
  const bool all_layers = training.layers == model::TrainedLayers::all;
  const auto& moving = all_layers ? kernels.tangent : kernels.kernel;
  const theory::TrainedLimit limit(moving, none, data.training, targets, training.ridge);
  prediction.critical_step_size = limit.critical_step_size();
  if (not_predicted.empty())
    not_predicted = reason_without_law(training.learning_rate, prediction.critical_step_size);
  if (!not_predicted.empty()) return;
  prediction.descent = trained_laws(*this, moving, kernels.kernel);
  const theory::TrainedLimit flow(moving, training.centred ? none : kernels.kernel, data.training,
                                  targets, training.ridge);
  for (const auto step : record) {
    auto outputs = flow.after_flow(training.learning_rate * static_cast<double>(step));
    prediction.flow.push_back({outputs.mean.transpose(), std::move(outputs.covariance)});
  }
}

report::InputSummary PreparedTraining::input_summary() const {
  return {loaded->source, loaded->training_points, loaded->all->dimension()};
}

std::vector<model::TrainedLaw> trained_laws(const PreparedTraining& study,
                                            const Eigen::MatrixXd& tangent,
                                            const Eigen::MatrixXd& kernel) {
  const auto& training = model::training_of(study.experiment).training;
  const auto& data = *study.loaded->data;
  const Eigen::MatrixXd start =
      training.centred ? Eigen::MatrixXd::Zero(kernel.rows(), kernel.cols()).eval() : kernel;
  const theory::TrainedLimit limit(tangent, start, data.training,
                                   rows_of(data.targets, data.training), training.ridge);
  std::vector<model::TrainedLaw> laws;
  for (const auto step : study.record) {
    auto outputs = limit.after_steps(training.learning_rate, step);
    laws.push_back({outputs.mean.transpose(), std::move(outputs.covariance)});
  }
  return laws;
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

double kernel_memory(const model::Experiment& experiment, std::int64_t points) {
  if (points > most_kernel_points) return 0;
  const double steps = static_cast<double>(model::training_of(experiment).training.record.size());
  const double matrices = 6 * static_cast<double>(experiment.network().depth()) + 10 + 2 * steps;
  return sizeof(double) * matrices * static_cast<double>(points) * static_cast<double>(points);
}

}  // namespace wideproof::app
