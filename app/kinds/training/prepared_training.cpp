// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/prepared_training.hpp>

#include <limits>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/kinds/training/predicted_persistence.hpp>
#include <wideproof/app/study/sampled_law.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
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

Eigen::MatrixXd rows_of(const Eigen::MatrixXd& matrix, const std::vector<Eigen::Index>& rows) {
  return matrix(rows, Eigen::all);
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
  training.regularizer.check_batches(training.batch_size.value_or(count), count);
}

/// Whether the two neurons that a quantile sits on are pushed by what all active ones hand on. They
/// soon leave it, by steps that are wide or narrow beside the 1/n between neighbours: networks come
/// to the limit neither as 1/n nor smoothly.
bool pushes_quantiles(const model::Network& network, const model::TrainingOptions& training) {
  return model::is_thresholded(network.activation()) &&
         network.threshold() == model::ThresholdRule::quantile &&
         training.threshold_gradient == model::ThresholdGradient::through &&
         training.layers == model::TrainedLayers::all;
}

/// Why no law of trained outputs is derived; empty where one is.
std::string reason_without_law(const model::Network& network,
                               const model::TrainingOptions& training, std::int64_t inputs) {
  if (training.architecture == model::Architecture::soae) return "of no auto-encoder";
  if (network.activation() == model::Activation::sparse_projection &&
      training.layers == model::TrainedLayers::all)
    return "of no hidden layers of activation \"sparse-projection\" that train";
  if (training.loss != model::Loss::squared) return "of squared loss alone";
  if (training.parameterisation != model::Parameterisation::tangent)
    return "of the tangent parameterisation alone: at a fixed rate the standard one has no limit";
  if (!training.is_plain_descent(inputs))
    return "of gradient descent on full batches alone, at a constant rate and without momentum, "
           "decay, clipping, early stopping, regularizer or dropout";
  if (pushes_quantiles(network, training))
    return "of quantiles that are detached alone: where gradients pass them, networks come to the "
           "limit by no series in 1/n";
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
  const auto activation = experiment.network().activation();
  const bool has_tangent =
      !model::has_jumps(experiment.network()) && activation != model::Activation::sparse_projection;
  if (!has_tangent) {
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
  if (steps > model::TrainingOptions::most_steps)
    throw InputError("training.epochs", training.epochs,
                     fmt::format("makes {} steps of {} inputs; at most {} are taken", steps, inputs,
                                 model::TrainingOptions::most_steps));
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

PreparedTraining::PreparedTraining(const model::Experiment& experiment_,
                                   std::shared_ptr<const LoadedTraining> loaded_)
    : experiment(experiment_),
      loaded(std::move(loaded_)),
      network(theory::network_limit(experiment.network())) {
  const auto& training = model::training_of(experiment).training;
  const auto& data = *loaded->data;
  const auto inputs = static_cast<std::int64_t>(data.training.size());
  require_classes(training, data);
  require_batch(training, data);
  prediction.readout_variance = training.readout_variance.value_or(1 / network.gram_scale);
  law = {sampled_law(experiment.network(), network), prediction.readout_variance};
  record = recorded_steps(training, inputs);
  not_predicted = reason_without_law(experiment.network(), training, inputs);
  if (training.architecture == model::Architecture::soae) {
    no_kernels = "an auto-encoder has no kernels";
    return;
  }
  predicted_sparsity = untrained_sparsity_of(experiment.network(), *loaded);
  if (experiment.compare().persistence) persistence = predict_persistence(experiment, *loaded);
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
  const auto centred = [&](const Eigen::MatrixXd& kernel) {
    return theory::TrainedLimit(kernel, none, data.training, targets, training.ridge);
  };
  const auto regression = [](const theory::TrainedLimit& limit) -> Eigen::MatrixXd {
    return limit.after_flow(std::numeric_limits<double>::infinity()).mean.transpose();
  };
  const bool all_layers = training.layers == model::TrainedLayers::all;
  const auto readout = centred(kernels.kernel);
  prediction.kernel_regression = regression(readout);
  if (!all_layers) prediction.critical_step_size = readout.critical_step_size();
  if (has_tangent) {
    const auto all = centred(kernels.tangent);
    prediction.tangent_regression = regression(all);
    if (all_layers) prediction.critical_step_size = all.critical_step_size();
  }
  const auto& moving = all_layers ? kernels.tangent : kernels.kernel;
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

double kernel_memory(const model::Experiment& experiment, std::int64_t points) {
  if (points > most_kernel_points) return 0;
  const double steps = static_cast<double>(model::training_of(experiment).training.record.size());
  const double matrices = 6 * static_cast<double>(experiment.network().depth()) + 10 + 2 * steps;
  return sizeof(double) * matrices * static_cast<double>(points) * static_cast<double>(points);
}

}  // namespace wideproof::app
