// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/parameter_step.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include <torch/optim/adagrad.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/sgd.h>
#include <torch/serialize/archive.h>

#include <wideproof/train/regularizers/parameter_penalty.hpp>
#include <wideproof/train/saved/saved_bytes.hpp>

namespace wideproof::train {
namespace {

/// Parameters with their gradients and two moments fit the second-level cache.
constexpr std::int64_t parameters_at_once = std::int64_t{1} << 16;

std::unique_ptr<torch::optim::Optimizer> make_optimizer(const model::TrainingOptions& options,
                                                        const at::Tensor& parameters) {
  const std::vector<at::Tensor> all = {parameters};
  const double rate = options.learning_rate;
  const double decay = options.weight_decay;
  switch (options.optimizer) {
    case model::Optimizer::sgd:
      return std::make_unique<torch::optim::SGD>(all, torch::optim::SGDOptions(rate)
                                                          .momentum(options.momentum)
                                                          .nesterov(options.nesterov)
                                                          .weight_decay(decay));
    case model::Optimizer::adam:
      return std::make_unique<torch::optim::Adam>(
          all, torch::optim::AdamOptions(rate).weight_decay(decay));
    case model::Optimizer::adamw:
      return std::make_unique<torch::optim::AdamW>(
          all, torch::optim::AdamWOptions(rate).weight_decay(decay));
    case model::Optimizer::rmsprop:
      return std::make_unique<torch::optim::RMSprop>(
          all, torch::optim::RMSpropOptions(rate).momentum(options.momentum).weight_decay(decay));
    case model::Optimizer::adagrad:
      return std::make_unique<torch::optim::Adagrad>(
          all, torch::optim::AdagradOptions(rate).weight_decay(decay));
  }
  throw std::logic_error("ParameterStep: unknown optimizer");
}

/// Whether the gradient is that of one backward pass, which may move parameters as it goes.
bool is_of_one_pass(const model::TrainingOptions& options) {
  const auto& regularizer = options.regularizer;
  if (!regularizer.exists() || regularizer.strength == 0) return true;
  return regularizer.is_of_correlations() && options.dropout == 0;
}

bool is_plain(const model::TrainingOptions& options) {
  return options.optimizer == model::Optimizer::sgd && options.momentum == 0 &&
         options.weight_decay == 0 && !options.clip_norm && is_of_one_pass(options);
}

}  // namespace

class ParameterStep::Optimizers {
 public:
  Optimizers(const model::TrainingOptions& options, const NetworkParameters& parameters,
             WorkerTeam& team)
      : clip_norm_(options.clip_norm),
        regularizer_(options.regularizer),
        team_(team),
        gradients_(like(parameters)) {
    const auto moved = tensors_of(parameters);
    const auto gradients = tensors_of(gradients_);
    for (std::size_t i = 0; i < moved.size(); ++i) {
      const std::int64_t size = moved[i].numel();
      for (std::int64_t first = 0; first < size; first += parameters_at_once) {
        const std::int64_t count = std::min(parameters_at_once, size - first);
        auto block = moved[i].view(-1).narrow(0, first, count);
        block.mutable_grad() = gradients[i].view(-1).narrow(0, first, count);
        moved_.push_back(block.detach());
        blocks_.push_back(block.grad());
        optimizers_.push_back(make_optimizer(options, block));
      }
    }
  }

  NetworkParameters& gradients() { return gradients_; }

  void step(double rate) {
    add_penalty();
    const double factor = clip_factor();
    team_.for_each(static_cast<std::int64_t>(optimizers_.size()), [&](std::int64_t block) {
      const auto i = static_cast<std::size_t>(block);
      if (factor != 1) blocks_[i].mul_(factor);
      optimizers_[i]->param_groups().front().options().set_lr(rate);
      optimizers_[i]->step();
    });
  }

  std::string save() const {
    ByteWriter writer;
    for (const auto& optimizer : optimizers_) {
      torch::serialize::OutputArchive archive;
      optimizer->save(archive);
      std::ostringstream stream;
      archive.save_to(stream);
      writer.put(stream.str());
    }
    return std::move(writer).bytes();
  }

  void load(const std::string& bytes) {
    ByteReader reader(bytes);
    for (const auto& optimizer : optimizers_) {
      std::istringstream stream(reader.get_text());
      torch::serialize::InputArchive archive;
      archive.load_from(stream);
      optimizer->load(archive);
    }
  }

 private:
  void add_penalty() {
    if (!regularizer_.is_of_parameters() || regularizer_.strength == 0) return;
    team_.for_each(static_cast<std::int64_t>(blocks_.size()), [&](std::int64_t block) {
      const auto i = static_cast<std::size_t>(block);
      add_penalty_gradient(regularizer_.kind, regularizer_.strength, moved_[i], blocks_[i]);
    });
  }

  /// clip_norm over the norm of all gradients; 1 where they are shorter.
  double clip_factor() {
    if (!clip_norm_) return 1;
    std::vector<double> squares(blocks_.size());
    team_.for_each(static_cast<std::int64_t>(blocks_.size()), [&](std::int64_t block) {
      const auto i = static_cast<std::size_t>(block);
      const auto wide = blocks_[i].to(at::kDouble);
      squares[i] = wide.dot(wide).item<double>();
    });
    double sum = 0;
    for (const double square : squares) sum += square;
    return sum > *clip_norm_ * *clip_norm_ ? *clip_norm_ / std::sqrt(sum) : 1;
  }

  std::optional<double> clip_norm_;
  model::RegularizerOptions regularizer_;
  WorkerTeam& team_;
  NetworkParameters gradients_;
  std::vector<at::Tensor> moved_;   ///< blocks of the parameters, one an optimizer
  std::vector<at::Tensor> blocks_;  ///< of the gradients, likewise
  std::vector<std::unique_ptr<torch::optim::Optimizer>> optimizers_;
};

ParameterStep::ParameterStep(const model::TrainingOptions& options, NetworkParameters& parameters,
                             WorkerTeam& team)
    : parameters_(parameters) {
  if (!is_plain(options)) optimizers_ = std::make_unique<Optimizers>(options, parameters, team);
}

ParameterStep::~ParameterStep() = default;

NetworkPass::Use ParameterStep::use(double rate) {
  if (!optimizers_) return {.into = &parameters_, .weight = -rate, .keep = 1};
  return {.into = &optimizers_->gradients(), .weight = 1, .keep = 0};
}

void ParameterStep::finish(double rate) {
  if (optimizers_) optimizers_->step(rate);
}

std::string ParameterStep::save() const {
  return optimizers_ ? optimizers_->save() : std::string();
}

void ParameterStep::load(const std::string& bytes) {
  if (optimizers_) optimizers_->load(bytes);
}

double ParameterStep::numbers_per_parameter(const model::TrainingOptions& options) {
  if (is_plain(options)) return 0;
  const double of_momentum = options.momentum > 0 ? 1 : 0;
  switch (options.optimizer) {
    case model::Optimizer::sgd:
      return 1 + of_momentum;
    case model::Optimizer::adam:
    case model::Optimizer::adamw:
      return 3;
    case model::Optimizer::rmsprop:
      return 2 + of_momentum;
    case model::Optimizer::adagrad:
      return 2;
  }
  throw std::logic_error("ParameterStep: unknown optimizer");
}

}  // namespace wideproof::train
