// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/network_engine.hpp>

#include <utility>

#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/train/descent/network_trainer.hpp>
#include <wideproof/train/wide/readout_trainer.hpp>
#include <wideproof/train/wide/wide_trainer.hpp>

namespace wideproof::app {
namespace {

constexpr int threads_of_network = 1;

template <class Trainer>
class TrainerEngine final : public NetworkEngine {
 public:
  TrainerEngine(std::uint64_t seed, Trainer trainer) : seed_(seed), trainer_(std::move(trainer)) {}

  model::TrainedNetwork train(std::int64_t replicate) const override {
    return trainer_.train(seed_, replicate, threads_of_network);
  }
  double memory() const override { return trainer_.memory(threads_of_network); }
  double work() const override { return trainer_.work(); }

 private:
  std::uint64_t seed_;
  Trainer trainer_;
};

template <class Trainer>
std::unique_ptr<const NetworkEngine> engine_with(const PreparedTraining& study, Trainer trainer) {
  return std::make_unique<TrainerEngine<Trainer>>(study.experiment.study().seed,
                                                  std::move(trainer));
}

}  // namespace

std::unique_ptr<const NetworkEngine> network_engine(const PreparedTraining& study,
                                                    std::int64_t width) {
  const auto& experiment = study.experiment;
  auto training = model::training_of(experiment).training;
  training.record = study.record;
  training.steps = study.record.back();
  const auto& data = study.loaded->data;
  const auto inputs = static_cast<std::int64_t>(data->training.size());
  const auto engine = experiment.simulation().engine;
  const bool can_collapse = engine != model::Engine::direct &&
                            training.loss == model::Loss::squared &&
                            training.parameterisation == model::Parameterisation::tangent &&
                            training.is_plain_descent(inputs);
  const auto direct = [&] {
    return engine_with(study, train::NetworkTrainer(
                                  study.law, width, data, model::training_of(experiment).training,
                                  sim::scalar_type(experiment.simulation().dtype)));
  };
  if (!can_collapse) return direct();
  if (training.layers == model::TrainedLayers::readout)
    return engine_with(study, train::ReadoutTrainer(study.law, width, data, training));
  auto collapsed = engine_with(study, train::WideTrainer(study.law, width, data, training));
  if (engine == model::Engine::collapsed) return collapsed;
  constexpr std::int64_t widest_direct = 16384;
  if (width > widest_direct) return collapsed;
  auto weights = direct();
  return collapsed->work() <= weights->work() ? std::move(collapsed) : std::move(weights);
}

}  // namespace wideproof::app
