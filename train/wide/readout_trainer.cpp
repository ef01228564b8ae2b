// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/readout_trainer.hpp>

#include <cmath>
#include <exception>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/linalg_eigh.h>
#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/numeric/kernel_root.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/train/training_outcome.hpp>

namespace wideproof::train {
namespace {

/// What sums over neurons leave of a pivot of K̂ that is 0.
constexpr double kernel_resolution = 0x1p-50;

model::TrainingOptions require_readout(const model::TrainingOptions& options,
                                       const model::TrainingData& data) {
  const auto inputs = static_cast<std::int64_t>(data.training.size());
  if (inputs == 0 || !options.is_plain_descent(inputs) ||
      options.parameterisation != model::Parameterisation::tangent ||
      options.loss != model::Loss::squared || options.layers != model::TrainedLayers::readout) {
    throw std::invalid_argument("ReadoutTrainer: takes plain descent of the readout alone");
  }
  return options;
}

/// (1 − (1 − ηv)^t)/v, v an eigenvalue with the ridge on it
double gained(double rate, double eigenvalue, double steps) {
  const double x = rate * eigenvalue;
  if (x <= 0) return rate * steps;  // v < 0 is rounding
  const double left = x < 1 ? -std::expm1(steps * std::log1p(-x)) : 1 - std::pow(1 - x, steps);
  return left / eigenvalue;
}

}  // namespace

ReadoutTrainer::ReadoutTrainer(TrainableLaw law, std::int64_t width,
                               std::shared_ptr<const model::TrainingData> data,
                               const model::TrainingOptions& options, model::DType dtype,
                               model::Engine engine)
    : law_(std::move(law)),
      data_(std::move(data)),
      options_(require_readout(options, *data_)),
      sampled_{.law = law_.hidden, .width = width, .dtype = dtype, .engine = engine} {
  sim::require_float32_holds(law_.hidden, dtype);
  law_.hidden.network.presynaptic().check_fits("network.presynaptic", width);
  law_.hidden.network.postsynaptic().check_fits("network.postsynaptic", width);
  if (!options_.record.empty()) return;
  options_.record = {options_.steps_for(static_cast<std::int64_t>(data_->training.size()))};
}

const ReadoutTrainer::Sampling& ReadoutTrainer::sampling() const {
  std::call_once(sampling_once_, [&] { sampling_.emplace(sampled_, data_->inputs); });
  return *sampling_;
}

model::TrainedNetwork ReadoutTrainer::train(std::uint64_t seed, std::int64_t replicate,
                                            int threads) const {
  model::TrainedNetwork network;
  std::exception_ptr error;
  // A thread of its own, where LibTorch and BLAS compute on it alone.
  sim::on_worker_threads(1, [&](int) {
    try {
      Eigen::MatrixXd active;
      const Eigen::MatrixXd kernel =
          law_.readout_variance * sampling().sampler.gram(seed, replicate, threads, &active);
      const auto root = sim::kernel_root(kernel, sampling().order, kernel_resolution).matrix;
      const sim::NetworkId id{seed, sampled_.width, replicate};
      const sim::NormalStream stream(
          stream_name(id, sim::Purpose::readout, law_.hidden.network.depth()));
      const Eigen::MatrixXd normals = sim::to_matrix(
          sim::normal_tensor(stream, 0, data_->points(), data_->outputs(), at::kDouble));
      network = trained(id, kernel, root * normals.topRows(root.cols()));
      const Eigen::VectorXd fractions = active(Eigen::all, data_->training).rowwise().mean();
      for (auto& state : network) state.active_fractions = fractions;
    } catch (...) {
      error = std::current_exception();
    }
  });
  if (error) std::rethrow_exception(error);
  return network;
}

model::TrainedNetwork ReadoutTrainer::trained(const sim::NetworkId& id,
                                              const Eigen::MatrixXd& kernel,
                                              const Eigen::MatrixXd& start) const {
  const auto& rows = data_->training;
  const Eigen::MatrixXd among = kernel(rows, rows);
  const Eigen::MatrixXd to_all = kernel(Eigen::all, rows);
  const auto [values, vectors] = at::linalg_eigh(sim::to_tensor(among, at::kDouble));
  const Eigen::ArrayXd eigenvalues = sim::to_array(values);
  const Eigen::MatrixXd basis = sim::to_matrix(vectors);
  const Eigen::MatrixXd shown_at_start =
      options_.centred ? Eigen::MatrixXd::Zero(start.rows(), start.cols()) : start;
  const Eigen::MatrixXd missing =
      shown_at_start(rows, Eigen::all) - data_->targets(rows, Eigen::all);
  const Eigen::MatrixXd along = basis.transpose() * missing;
  model::TrainedNetwork network;
  for (const auto step : options_.record) {
    const Eigen::VectorXd factors = eigenvalues.unaryExpr([&](double eigenvalue) {
      return gained(options_.learning_rate, eigenvalue + options_.ridge, static_cast<double>(step));
    });
    const Eigen::MatrixXd outputs =
        shown_at_start - to_all * (basis * (factors.asDiagonal() * along));
    model::TrainedState state;
    judge_outputs(outputs, *data_, model::Loss::squared, state);
    if (!outputs.allFinite() || !std::isfinite(state.loss)) refuse_divergence(options_, id, step);
    state.outputs = outputs.transpose();
    state.effective_dimension = effective_dimension(among);
    state.tangent_drift = 0;
    network.push_back(std::move(state));
  }
  return network;
}

double ReadoutTrainer::held() const {
  const auto count = static_cast<double>(data_->points());
  return 8 * count * count +
         sim::ReadoutSampler::held(sampled_, data_->points(), data_->inputs.cols());
}

double ReadoutTrainer::memory(int threads) const {
  const auto count = static_cast<double>(data_->points());
  constexpr double block_numbers = 0x1p17;
  return sim::ReadoutSampler::memory(sampled_, data_->points(), data_->inputs.cols()) +
         8 * (8 * count * count + block_numbers * threads);
}

double ReadoutTrainer::work() const {
  const auto count = static_cast<double>(data_->points());
  const auto trained = static_cast<double>(data_->training.size());
  return sim::ReadoutSampler::work(sampled_, data_->points(), data_->inputs.cols()) +
         count * count * count / 3 + 10 * trained * trained * trained;
}

}  // namespace wideproof::train
