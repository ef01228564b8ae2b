// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/network_engine.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/kinds/training/predicted_persistence.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/train/auto_encoder/auto_encoder_trainer.hpp>
#include <wideproof/train/descent/network_trainer.hpp>
#include <wideproof/train/wide/readout_trainer.hpp>
#include <wideproof/train/wide/seen_vectors.hpp>
#include <wideproof/train/wide/wide_trainer.hpp>

namespace wideproof::app {
namespace {

using PartGoesOn = TaskRun::Work::PartGoesOn;

constexpr int threads_of_network = 1;

/// Wider networks are not trained weight by weight unless asked for.
constexpr std::int64_t widest_direct = 16384;

/// Readouts on no more inputs than these are solved in closed form, whatever their steps cost.
constexpr std::int64_t most_closed_points = 3000;

/// Fewer inputs at a time cost as much: weights have to be read from memory whatever they meet.
constexpr double least_inputs = 12;

std::function<bool(const train::Progress&)> told_of_steps(const PartGoesOn& go_on) {
  return [&go_on](const train::Progress& progress) {
    const bool has_accuracy = std::isfinite(progress.accuracy);
    return go_on(
        static_cast<double>(progress.step) / static_cast<double>(progress.steps),
        fmt::format("step {} of {}, loss {:.3g}{}", progress.step, progress.steps, progress.loss,
                    has_accuracy ? fmt::format(", {:.1f}% right", 100 * progress.accuracy) : ""));
  };
}

std::optional<model::TrainedNetwork> train_network(const train::ReadoutTrainer& trainer,
                                                   std::uint64_t seed, std::int64_t replicate,
                                                   std::string&, const PartGoesOn&) {
  return trainer.train(seed, replicate, threads_of_network);
}

std::optional<model::TrainedNetwork> train_network(const train::WideTrainer& trainer,
                                                   std::uint64_t seed, std::int64_t replicate,
                                                   std::string&, const PartGoesOn& go_on) {
  return trainer.train(seed, replicate, threads_of_network, told_of_steps(go_on));
}

template <class Trainer>  // of networks that have weights
std::optional<model::TrainedNetwork> train_network(const Trainer& trainer, std::uint64_t seed,
                                                   std::int64_t replicate, std::string& saved,
                                                   const PartGoesOn& go_on) {
  std::string stopped;
  auto network = trainer.train(
      seed, replicate, threads_of_network,
      {.go_on = told_of_steps(go_on), .resume_from = std::move(saved), .saved = &stopped});
  saved = std::move(stopped);
  if (!saved.empty()) return std::nullopt;
  return network;
}

double bytes_saved(const train::ReadoutTrainer&) {
  return 0;
}
double bytes_saved(const train::WideTrainer&) {
  return 0;
}
template <class Trainer>  // of networks that have weights
double bytes_saved(const Trainer& trainer) {
  return trainer.saved();
}

template <class Trainer>
class TrainerEngine final : public NetworkEngine {
 public:
  template <class... Arguments>
  explicit TrainerEngine(std::uint64_t seed, const Arguments&... arguments)
      : seed_(seed), trainer_(arguments...) {}

  std::optional<model::TrainedNetwork> train(std::int64_t replicate, std::string& saved,
                                             const PartGoesOn& go_on) const override {
    return train_network(trainer_, seed_, replicate, saved, go_on);
  }
  double memory() const override { return trainer_.memory(threads_of_network); }
  double held() const override { return trainer_.held(); }
  double saved() const override { return bytes_saved(trainer_); }
  double work() const override { return trainer_.work(); }

 private:
  std::uint64_t seed_;
  Trainer trainer_;
};

template <class Trainer, class... Arguments>
std::unique_ptr<const NetworkEngine> engine_with(const PreparedTraining& study,
                                                 const Arguments&... arguments) {
  return std::make_unique<TrainerEngine<Trainer>>(study.experiment.study().seed, arguments...);
}

}  // namespace

bool may_do_without_weights(const model::Experiment& experiment, std::int64_t inputs) {
  const auto& training = model::training_of(experiment).training;
  const bool trains_projections =
      experiment.network().activation() == model::Activation::sparse_projection &&
      training.layers == model::TrainedLayers::all;
  return !trains_projections && experiment.simulation().engine != model::Engine::direct &&
         !experiment.compare().persistence && experiment.network().has_one_width() &&
         training.loss == model::Loss::squared &&
         training.parameterisation == model::Parameterisation::tangent &&
         training.is_plain_descent(inputs);
}

std::unique_ptr<const NetworkEngine> network_engine(const PreparedTraining& study,
                                                    std::int64_t width) {
  const auto& experiment = study.experiment;
  auto training = model::training_of(experiment).training;
  training.record = study.record;
  const auto& data = study.loaded->data;
  if (training.architecture == model::Architecture::soae)
    return engine_with<train::AutoEncoderTrainer>(study, experiment.network(), width, data,
                                                  training);
  const auto& simulation = experiment.simulation();
  const auto direct = [&] {
    return engine_with<train::NetworkTrainer>(study, study.law, width, data, training,
                                              sim::scalar_type(simulation.dtype),
                                              persistence_inputs(experiment, *study.loaded));
  };
  if (!may_do_without_weights(experiment, static_cast<std::int64_t>(data->training.size())))
    return direct();
  const bool may_choose = simulation.engine == model::Engine::automatic && width <= widest_direct;
  const auto of_less_work = [&](std::unique_ptr<const NetworkEngine> without) {
    auto weights = direct();
    const auto inputs = static_cast<double>(data->training.size());
    const double cost = weights->work() * std::max(1.0, least_inputs / inputs);
    return without->work() <= cost ? std::move(without) : std::move(weights);
  };
  if (training.layers == model::TrainedLayers::readout) {
    auto closed = engine_with<train::ReadoutTrainer>(study, study.law, width, data, training,
                                                     simulation.dtype, simulation.engine);
    const bool may_step = may_choose && training.ridge == 0 && data->points() > most_closed_points;
    return may_step ? of_less_work(std::move(closed)) : std::move(closed);
  }
  if (may_choose && !train::SeenVectors(*data, training).fit(width)) return direct();
  auto collapsed = engine_with<train::WideTrainer>(study, study.law, width, data, training);
  return may_choose ? of_less_work(std::move(collapsed)) : std::move(collapsed);
}

}  // namespace wideproof::app
