// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/wide_trainer.hpp>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>
#include <wideproof/sim/random/normal_stream.hpp>
#include <wideproof/train/training_outcome.hpp>
#include <wideproof/train/wide/neuron_products.hpp>
#include <wideproof/train/wide/wide_network.hpp>

namespace wideproof::train {
namespace {

/// Rows that a block's neurons are so many of that a chunk of them fits the second-level cache.
constexpr std::int64_t rows_of_blocks = 64;

/// Inputs that do not train pass a network so many at a time.
constexpr std::int64_t others_at_once = 64;

model::TrainingOptions require_descent(const model::TrainingOptions& options,
                                       const model::TrainingData& data) {
  const auto inputs = static_cast<std::int64_t>(data.training.size());
  if (inputs == 0 || !options.is_plain_descent(inputs) ||
      options.parameterisation != model::Parameterisation::tangent ||
      options.loss != model::Loss::squared || options.layers != model::TrainedLayers::all) {
    throw std::invalid_argument("WideTrainer: takes plain descent of all layers alone");
  }
  return options;
}

TrainableLaw require_slope(TrainableLaw law) {
  const auto activation = law.hidden.network.activation();
  if (activation == model::Activation::sparse_projection) {
    throw model::InputError("network.activation", model::in_quotes(name_of(activation)),
                            "trains weight by weight alone");
  }
  if (model::has_jumps(law.hidden.network)) {
    throw model::InputError("network.activation",
                            model::in_quotes(law.hidden.network.activation_name()),
                            "jumps, so that no hidden layer trains");
  }
  return law;
}

std::vector<Eigen::Index> training_first(const model::TrainingData& data) {
  auto rows = data.training;
  for (Eigen::Index row = 0; row < data.points(); ++row) {
    if (!std::binary_search(data.training.begin(), data.training.end(), row)) rows.push_back(row);
  }
  return rows;
}

Eigen::VectorXd active_fractions(const WidePass& pass, int threads) {
  Eigen::VectorXd fractions(static_cast<Eigen::Index>(pass.layers.size()));
  for (std::size_t layer = 0; layer < pass.layers.size(); ++layer) {
    const auto& z = pass.layers[layer].z;
    std::int64_t active = 0;
    sim::add_blocks(
        z.blocks().count(), threads,
        [&](std::int64_t block) { return (z.block(block) > 0).sum().item<std::int64_t>(); },
        active);
    fractions[static_cast<Eigen::Index>(layer)] =
        static_cast<double>(active) / static_cast<double>(z.blocks().inputs() * z.blocks().width());
  }
  return fractions;
}

}  // namespace

WideTrainer::WideTrainer(TrainableLaw law, std::int64_t width,
                         std::shared_ptr<const model::TrainingData> data,
                         const model::TrainingOptions& options)
    : law_(require_slope(std::move(law))),
      data_(std::move(data)),
      options_(require_descent(options, *data_)),
      record_(options.record.empty() ? std::vector{options.steps_for(trained())} : options.record),
      seen_(*data_, options),
      rows_(training_first(*data_)),
      blocks_(rows_of_blocks, width),
      parts_{sim::LayerActivation(law_.hidden),
             sim::LateralConvolver(law_.hidden.network.presynaptic(), width),
             sim::LateralConvolver(law_.hidden.network.postsynaptic(), width), options.trained,
             options.threshold_gradient == model::ThresholdGradient::through &&
                 sim::LayerActivation(law_.hidden).needs_whole_layer()},
      layer_law_{law_, parts_, options.learning_rate} {
  if (seen_.fit(width)) return;
  throw model::InputError(
      "training.steps", options.steps_for(trained()),
      fmt::format("{:.0f} vectors of {} neurons that pass a layer need more than the {:.3g} "
                  "normals that a random stream holds; engine = \"direct\" draws weights",
                  std::max(seen_.from_right(), seen_.from_left()), width,
                  static_cast<double>(sim::NormalStream::double_normals)));
}

const WideTrainer::Angles& WideTrainer::angles() const {
  std::call_once(angles_once_, [&] {
    const Eigen::MatrixXd ordered = data_->inputs(rows_, Eigen::all);
    angles_.emplace(ordered * ordered.transpose());
  });
  return *angles_;
}

/// One network on its way.
class WideTrainer::Run {
 public:
  Run(const WideTrainer& trainer, std::uint64_t seed, std::int64_t replicate, int threads)
      : trainer_(trainer),
        threads_(threads),
        id_{seed, trainer.blocks_.width(), replicate},
        network_(trainer.layer_law_, id_, trainer.angles().cosines, trainer.angles().order,
                 trainer.data_->outputs(), trainer.blocks_, threads),
        targets_(trainer.data_->targets(trainer.rows_, Eigen::all)) {}

  std::optional<model::TrainedNetwork> operator()(const GoOn& go_on) {
    model::TrainedNetwork recorded;
    auto next = trainer_.record_.begin();
    const std::int64_t last = trainer_.record_.back();
    for (std::int64_t step = 0;; ++step) {
      const auto pass = network_.forward(0, trainer_.trained());
      require_finite(pass.outputs, step);
      const bool is_recorded = step == *next;
      if (step == 0) at_start_ = outputs_of_all(pass, trainer_.options_.centred || is_recorded);
      const Eigen::MatrixXd slopes = residuals(pass);
      const auto gradients = gradients_at(pass, slopes, step, is_recorded);
      if (is_recorded) {
        recorded.push_back(state(pass, step));
        ++next;
      }
      if (step == last) return recorded;
      const Eigen::VectorXd weights =
          has_units() ? Eigen::VectorXd(slopes.col(0)) : Eigen::VectorXd::Ones(slopes.rows());
      network_.learn(pass, *gradients, weights, slopes);
      if (go_on && step + 1 < last && !go_on(progress(slopes, step + 1))) return std::nullopt;
    }
  }

 private:
  /// Whether gradients are those of the only output itself, and not of the loss.
  bool has_units() const { return targets_.cols() == 1; }

  void require_finite(const Eigen::MatrixXd& outputs, std::int64_t step) const {
    if (!outputs.allFinite()) refuse_divergence(trainer_.options_, id_, step);
  }

  Progress progress(const Eigen::MatrixXd& slopes, std::int64_t step) const {
    Progress progress{step, trainer_.record_.back(), 0.5 * slopes.squaredNorm()};
    if (!trainer_.data_->are_classes) return progress;
    std::vector<Eigen::Index> rows(static_cast<std::size_t>(slopes.rows()));
    std::iota(rows.begin(), rows.end(), 0);
    const Eigen::MatrixXd shown = slopes + targets_.topRows(slopes.rows());
    progress.accuracy = accuracy_of(shown, targets_, rows);
    return progress;
  }

  /// f of all inputs, N × C; of those that train alone where the others are not asked for.
  Eigen::MatrixXd outputs_of_all(const WidePass& pass, bool with_others) {
    Eigen::MatrixXd all = Eigen::MatrixXd::Zero(targets_.rows(), targets_.cols());
    all.topRows(pass.outputs.rows()) = pass.outputs;
    for (std::int64_t first = trainer_.trained(); with_others && first < all.rows();
         first += others_at_once) {
      const auto count = std::min<std::int64_t>(others_at_once, all.rows() - first);
      all.middleRows(first, count) = network_.forward(first, count).outputs;
    }
    return all;
  }

  /// ∂Loss/∂f of the inputs that train, P × C.
  Eigen::MatrixXd residuals(const WidePass& pass) const {
    Eigen::MatrixXd slopes = pass.outputs - targets_.topRows(pass.outputs.rows());
    if (trainer_.options_.centred) slopes -= at_start_.topRows(slopes.rows());
    return slopes;
  }

  /// Those that the step goes along, if there is one to go; tangent kernels on the way.
  std::optional<WideGradients> gradients_at(const WidePass& pass, const Eigen::MatrixXd& slopes,
                                            std::int64_t step, bool is_recorded) {
    const bool learns = step < trainer_.record_.back();
    const bool has_kernel = trainer_.seen_.has_tangent_kernels() && (step == 0 || is_recorded);
    std::optional<WideGradients> units;
    if (has_kernel || (learns && has_units())) {
      Eigen::MatrixXd first = Eigen::MatrixXd::Zero(slopes.rows(), slopes.cols());
      first.col(0).setOnes();
      units = network_.backward(pass, first);
    }
    if (has_kernel) {
      tangent_ = network_.tangent(pass, *units);
      if (step == 0) first_tangent_ = tangent_;
    }
    if (!learns || has_units()) return units;
    return network_.backward(pass, slopes);
  }

  model::TrainedState state(const WidePass& pass, std::int64_t step) {
    const auto& data = *trainer_.data_;
    Eigen::MatrixXd ordered = step == 0 ? at_start_ : outputs_of_all(pass, true);
    if (trainer_.options_.centred) ordered -= at_start_;
    Eigen::MatrixXd outputs(ordered.rows(), ordered.cols());
    outputs(trainer_.rows_, Eigen::all) = ordered;
    model::TrainedState state;
    judge_outputs(outputs, data, model::Loss::squared, state);
    if (!std::isfinite(state.loss)) refuse_divergence(trainer_.options_, id_, step);
    state.outputs = outputs.transpose();
    state.active_fractions = active_fractions(pass, threads_);
    const auto& z = pass.layers.back().z;
    state.effective_dimension = effective_dimension(products_of(z, z, threads_));
    if (trainer_.seen_.has_tangent_kernels())
      state.tangent_drift = relative_change(tangent_, first_tangent_);
    return state;
  }

  const WideTrainer& trainer_;
  int threads_;
  sim::NetworkId id_;
  WideNetwork network_;
  Eigen::MatrixXd targets_;   ///< N × C
  Eigen::MatrixXd at_start_;  ///< f_0, N × C
  Eigen::MatrixXd tangent_, first_tangent_;
};

std::optional<model::TrainedNetwork> WideTrainer::train(std::uint64_t seed, std::int64_t replicate,
                                                        int threads, const GoOn& go_on) const {
  std::optional<model::TrainedNetwork> network;
  std::exception_ptr error;
  // A thread of its own, where LibTorch and BLAS compute on it alone.
  sim::on_worker_threads(1, [&](int) {
    try {
      network = Run(*this, seed, replicate, threads)(go_on);
    } catch (...) {
      error = std::current_exception();
    }
  });
  if (error) std::rethrow_exception(error);
  return network;
}

double WideTrainer::held() const {
  const auto all = static_cast<double>(points());
  return 8 * 2 * all * all;
}

double WideTrainer::memory(int threads) const {
  const auto n = static_cast<double>(blocks_.width());
  const auto p = static_cast<double>(trained());
  const auto c = static_cast<double>(data_->outputs());
  const auto all = static_cast<double>(points());
  const auto deep = static_cast<double>(law_.hidden.network.depth() - 1);
  constexpr auto chunk = static_cast<double>(GrowingRows::chunk_rows);
  const auto rows = [&](double count) { return std::min(n, count) + chunk; };
  const double right = rows(seen_.from_right());
  const double left = rows(seen_.from_left());
  const bool keeps_history = layer_law_.is_filtered() && !layer_law_.trains_field();
  const double history = keeps_history ? 2 * (p * static_cast<double>(record_.back()) + chunk) : 0;
  const double other = std::min(all - p, static_cast<double>(others_at_once));
  // h, z, gradients and what a filter or projection works on; those of other inputs for a while.
  const double passing = (deep + 1) * (3 * p + 2 * other) + 2 * std::max(p, other);
  const double matrices = deep * 3 * right * left + 4 * all * all;
  return 8 * (n * (deep * (2 * (right + left) + history) + all + c + passing) + matrices) +
         8 * threads * (chunk * (right + left) + 64 * n);
}

double WideTrainer::work() const {
  const auto n = static_cast<double>(blocks_.width());
  const auto p = static_cast<double>(trained());
  const auto deep = static_cast<double>(law_.hidden.network.depth() - 1);
  const auto steps = static_cast<double>(record_.back() + 1);
  constexpr double per_number = 300;  // normals, thresholds and the like
  // Each vector meets four times the basis of its side and four that of the other, half grown.
  const double right = std::min(n, seen_.from_right());
  const double left = std::min(n, seen_.from_left());
  return n * (seen_.from_right() + seen_.from_left()) * (deep * 4 * (right + left) + p) +
         (deep + 1) * n * p * steps * per_number;
}

}  // namespace wideproof::train
