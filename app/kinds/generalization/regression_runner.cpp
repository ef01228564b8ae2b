// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/regression_runner.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/study/sampled_law.hpp>
#include <wideproof/model/generalization/data_draw.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/targets/target_spec.hpp>
#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/measure/trained_readout.hpp>
#include <wideproof/sim/networks/readout_sampler.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>
#include <wideproof/theory/regression/generalization_error.hpp>
#include <wideproof/theory/regression/kernel_regression.hpp>
#include <wideproof/theory/regression/regression_kernel.hpp>

namespace wideproof::app {
namespace {

double cube(double x) {
  return x * x * x;
}

}  // namespace

RegressionData::RegressionData(const model::Experiment& experiment)
    : inputs(model::load_inputs(experiment.inputs(), log)),
      targets(model::load_targets(model::generalization_of(experiment).targets, experiment.inputs(),
                                  inputs, log)) {
  // An interval of errors squares them once more.
  constexpr double least = 1e-140;
  constexpr double most = 1e140;
  const double square = target_square();
  const bool are_zero = (targets.array() == 0.0).all();
  if (!are_zero && !(square >= least && square <= most))
    throw model::InputError(
        "targets", fmt::format("mean square {:.3g}", square),
        fmt::format("must be 0 or lie in [{:g}, {:g}]: take other units", least, most));
}

RegressionRunner::RegressionRunner(const model::Experiment& experiment,
                                   std::shared_ptr<const RegressionData> data)
    : experiment_(experiment),
      data_(std::move(data)),
      limit_(theory::network_limit(experiment.network())),
      law_(sampled_law(experiment.network(), limit_)) {
  if (!experiment.simulation().widths.empty())
    sim::require_float32_holds(law_, experiment.simulation().dtype);
  // Refuses a pool larger than the inputs.
  model::draw_data(model::generalization_of(experiment).regression, data_->inputs.count(),
                   model::generalization_of(experiment).regression.training_points.back(), 0, 0);
}

RegressionResult RegressionRunner::run(const RegressionTask& task) const {
  const Draw data = draw(task);
  return task.width == 0 ? regress_with_kernel(task, data) : regress_with_network(task, data);
}

RegressionRunner::Draw RegressionRunner::draw(const RegressionTask& task) const {
  auto drawn = model::draw_data(regression(), data_->inputs.count(), task.training_points,
                                task.draw, experiment_.study().seed);
  return {model::Inputs(data_->inputs.source(), data_->inputs.vectors(drawn.pool)),
          data_->targets(drawn.pool, Eigen::all), std::move(drawn.training)};
}

RegressionResult RegressionRunner::regress_with_kernel(const RegressionTask& task,
                                                       const Draw& data) const {
  const double ridge = regression().ridge;
  auto kernel = theory::regression_kernel(experiment_.network(), data.inputs.cosines());
  RegressionResult result;
  result.error = theory::kernel_regression(kernel, data.targets, data.training, ridge);
  if (is_predicted(task)) {
    const theory::KernelSpectrum spectrum(std::move(kernel), data.targets);
    result.predicted =
        theory::predict_error(spectrum, task.training_points, ridge, theory::TrainingDraw::pool);
  }
  return result;
}

RegressionResult RegressionRunner::regress_with_network(const RegressionTask& task,
                                                        const Draw& data) const {
  const sim::ReadoutSampler sampler(sampler_options(task.width), data.inputs.vectors());
  const auto gram = sampler.gram(experiment_.study().seed,
                                 task.draw * experiment_.simulation().replicates + task.replicate);
  return {sim::trained_readout(gram, data.targets, data.training, regression().ridge),
          std::nullopt};
}

sim::ReadoutSampler::Options RegressionRunner::sampler_options(std::int64_t width) const {
  return {.law = law_,
          .width = width,
          .gram_scale = limit_.gram_scale,
          .dtype = experiment_.simulation().dtype,
          .engine = experiment_.simulation().engine};
}

bool RegressionRunner::is_predicted(const RegressionTask& task) const {
  return task.draw < regression().number_predicted();
}

double RegressionRunner::memory(const RegressionTask& task) const {
  const auto points = static_cast<double>(regression().pool(task.training_points));
  const auto training = static_cast<double>(task.training_points);
  const double matrix = sizeof(double) * points * points;
  const double trained = sizeof(double) * training * training;
  const double inputs =
      2 * sizeof(double) * points * static_cast<double>(data_->inputs.dimension());
  // A kernel or a Gram, with what is taken apart of it: the training points' block, and where that
  // is singular its eigenvectors and their work space; or the spectrum of the whole.
  if (task.width == 0) return inputs + matrix + std::max(5 * trained, 1.5 * matrix);
  return inputs + matrix + 7 * trained +
         sim::ReadoutSampler::memory(sampler_options(task.width), static_cast<Eigen::Index>(points),
                                     data_->inputs.dimension());
}

double RegressionRunner::memory() const {
  return sizeof(double) * static_cast<double>(data_->inputs.count() * data_->inputs.dimension() +
                                              data_->targets.size());
}

double RegressionRunner::work(const RegressionTask& task) const {
  const auto points = static_cast<double>(regression().pool(task.training_points));
  const auto training = static_cast<double>(task.training_points);
  const auto depth = static_cast<double>(experiment_.network().depth());
  const double regression = cube(training) / 3 + 20 * points * training;
  if (task.width == 0) {
    const double kernel =
        points * points * (static_cast<double>(data_->inputs.dimension()) + 50 * depth);
    return kernel + regression + (is_predicted(task) ? 4 * cube(points) : 0.0);
  }
  return regression + sim::ReadoutSampler::work(sampler_options(task.width),
                                                static_cast<Eigen::Index>(points),
                                                data_->inputs.dimension());
}

}  // namespace wideproof::app
