// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/network_engine.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/train/descent/network_trainer.hpp>
#include <wideproof/train/wide/readout_trainer.hpp>
#include <wideproof/train/wide/wide_trainer.hpp>

namespace wideproof::app {
namespace {

using PartGoesOn = TaskRun::Work::PartGoesOn;

constexpr int threads_of_network = 1;

/// Wider networks are not trained weight by weight unless asked for.
constexpr std::int64_t widest_direct = 16384;

/// Fewer inputs at a time cost as much: weights have to be read from memory whatever they meet.
constexpr double least_inputs = 12;

std::function<bool(const train::Progress&)> told_of_steps(const PartGoesOn& go_on) {
  return [&go_on](const train::Progress& progress) {
    return go_on(
        static_cast<double>(progress.step) / static_cast<double>(progress.steps),
        fmt::format("step {} of {}, loss {:.3g}", progress.step, progress.steps, progress.loss));
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

std::optional<model::TrainedNetwork> train_network(const train::NetworkTrainer& trainer,
                                                   std::uint64_t seed, std::int64_t replicate,
                                                   std::string& saved, const PartGoesOn& go_on) {
  std::string stopped;
  auto network = trainer.train(
      seed, replicate, threads_of_network,
      {.go_on = told_of_steps(go_on), .resume_from = std::move(saved), .saved = &stopped});
  saved = std::move(stopped);
  if (!saved.empty()) return std::nullopt;
  return network;
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
  return experiment.simulation().engine != model::Engine::direct &&
         experiment.network().has_one_width() && training.loss == model::Loss::squared &&
         training.parameterisation == model::Parameterisation::tangent &&
         training.is_plain_descent(inputs);
}

std::unique_ptr<const NetworkEngine> network_engine(const PreparedTraining& study,
                                                    std::int64_t width) {
  const auto& experiment = study.experiment;
  auto training = model::training_of(experiment).training;
  training.record = study.record;
  const auto& data = study.loaded->data;
  const auto& simulation = experiment.simulation();
  const auto direct = [&] {
    return engine_with<train::NetworkTrainer>(study, study.law, width, data, training,
                                              sim::scalar_type(simulation.dtype));
  };
  if (!may_do_without_weights(experiment, static_cast<std::int64_t>(data->training.size())))
    return direct();
  if (training.layers == model::TrainedLayers::readout)
    return engine_with<train::ReadoutTrainer>(study, study.law, width, data, training,
                                              simulation.dtype, simulation.engine);
  auto collapsed = engine_with<train::WideTrainer>(study, study.law, width, data, training);
  if (simulation.engine == model::Engine::collapsed || width > widest_direct) return collapsed;
  auto weights = direct();
  const auto inputs = static_cast<double>(data->training.size());
  const double cost = weights->work() * std::max(1.0, least_inputs / inputs);
  return collapsed->work() <= cost ? std::move(collapsed) : std::move(weights);
}

}  // namespace wideproof::app
