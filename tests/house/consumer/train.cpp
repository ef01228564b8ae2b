// SPDX-License-Identifier: MIT
#include <memory>

#include <wideproof/model.hpp>
#include <wideproof/train.hpp>

int main() {
  using namespace wideproof;
  auto data = std::make_shared<model::TrainingData>();
  data->inputs = model::circle_inputs(2).vectors();
  data->targets = Eigen::VectorXd{{1.0, -1.0}};
  data->training = {0, 1};
  model::TrainingOptions options;
  options.steps = 3;
  options.record = {0, 3};
  train::TrainableLaw law;
  law.hidden.network = model::Network({.depth = 2, .activation = model::Activation::relu});
  const train::WideTrainer trainer(law, 64, data, options);
  const auto states = trainer.train(1, 0, 1);
  return states.back().loss < states.front().loss ? 0 : 1;
}
