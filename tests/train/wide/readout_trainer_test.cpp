// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/readout_trainer.hpp>

#include <cmath>
#include <memory>
#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <Eigen/Cholesky>

#include <wideproof/model/input_error.hpp>
#include <wideproof/train/descent/network_trainer.hpp>

#include "false_alarm.hpp"

namespace wideproof::train {
namespace {

using ::testing::HasSubstr;
using wideproof::testing::agrees;
using wideproof::testing::mean_of;

/// Five inputs, the first and the last of which do not train, two outputs.
std::shared_ptr<model::TrainingData> five_inputs() {
  auto data = std::make_shared<model::TrainingData>();
  data->inputs.resize(5, 2);
  data->targets.resize(5, 2);
  for (Eigen::Index a = 0; a < 5; ++a) {
    const auto angle = 1.1 * static_cast<double>(a);
    data->inputs.row(a) << std::cos(angle), std::sin(angle);
    data->targets.row(a) << std::cos(2 * angle), std::sin(3 * angle);
  }
  data->training = {1, 2, 3};
  data->test = {0, 4};
  return data;
}

const TrainableLaw readout_law{
    {.network = model::Network({.depth = 2, .active_fraction = .3}), .weight_variance = 5}, 4.0};

model::TrainingOptions readout_steps(double rate, std::vector<std::int64_t> record) {
  model::TrainingOptions options;
  options.layers = model::TrainedLayers::readout;
  options.learning_rate = rate;
  options.steps = record.back();
  options.record = std::move(record);
  return options;
}

Eigen::MatrixXd kernel_of(const model::TrainingData& data, std::int64_t width, std::uint64_t seed,
                          std::int64_t replicate) {
  const sim::ReadoutSampler sampler({.law = readout_law.hidden, .width = width}, data.inputs);
  return readout_law.readout_variance * sampler.gram(seed, replicate);
}

TEST(ReadoutTrainer, GoesStepByStep) {
  const auto data = five_inputs();
  for (const bool centred : {false, true}) {
    auto options = readout_steps(.1, {0, 1, 2, 3, 4, 5, 6});
    options.centred = centred;
    // With two neurons for three inputs the kernel is short of rank.
    for (const std::int64_t width : {2, 500}) {
      const auto network = ReadoutTrainer(readout_law, width, data, options).train(7, 1, 1);
      const auto kernel = kernel_of(*data, width, 7, 1);
      Eigen::MatrixXd outputs = network[0].outputs.transpose();
      EXPECT_EQ(outputs.isZero(0), centred);
      for (const auto& state : network) {
        EXPECT_LE((state.outputs.transpose() - outputs).cwiseAbs().maxCoeff(), 1e-12);
        const Eigen::MatrixXd missing = (outputs - data->targets)(data->training, Eigen::all);
        EXPECT_NEAR(state.loss, missing.squaredNorm() / 2, 1e-12);
        outputs -= options.learning_rate * kernel(Eigen::all, data->training) * missing;
      }
    }
  }
}

TEST(ReadoutTrainer, ARidgePullsBackToTheStart) {
  const auto data = five_inputs();
  auto options = readout_steps(.1, {0, 1, 2, 3, 1000000});
  options.ridge = .7;
  // The weights' own descent, in the coordinates of the kernel's root: f = R u, u_0 unknown.
  for (const std::int64_t width : {2, 500}) {
    const auto network = ReadoutTrainer(readout_law, width, data, options).train(7, 1, 1);
    const auto kernel = kernel_of(*data, width, 7, 1);
    const Eigen::MatrixXd start = network[0].outputs.transpose();
    Eigen::MatrixXd dual = Eigen::MatrixXd::Zero(3, 2);  // f - f_0 = K(., d) dual
    for (std::size_t i = 0; i < 4; ++i) {
      const Eigen::MatrixXd outputs = start + kernel(Eigen::all, data->training) * dual;
      EXPECT_LE((network[i].outputs.transpose() - outputs).cwiseAbs().maxCoeff(), 1e-12);
      const Eigen::MatrixXd missing = (outputs - data->targets)(data->training, Eigen::all);
      dual -= options.learning_rate * (missing + options.ridge * dual);
    }
    // The end: ridge regression on y - f_0.
    Eigen::MatrixXd among = kernel(data->training, data->training);
    among.diagonal().array() += options.ridge;
    const Eigen::MatrixXd left = (data->targets - start)(data->training, Eigen::all);
    const Eigen::MatrixXd end =
        start + kernel(Eigen::all, data->training) * among.llt().solve(left);
    EXPECT_LE((network[4].outputs.transpose() - end).cwiseAbs().maxCoeff(), 1e-12);
  }
}

TEST(ReadoutTrainer, StartsWithTheKernelAsCovariance) {
  const auto data = five_inputs();
  const ReadoutTrainer trainer(readout_law, 20, data, readout_steps(.1, {0}));
  constexpr int networks = 20000;
  // Each network beside its own kernel; and beside nine tenths of it.
  Eigen::ArrayXXd differences(networks, 3);
  Eigen::ArrayXd wrong(networks);
  for (int i = 0; i < networks; ++i) {
    const Eigen::MatrixXd f = trainer.train(20260304, i, 1)[0].outputs.transpose();
    const auto kernel = kernel_of(*data, 20, 20260304, i);
    differences.row(i) << f(0, 0) * f(0, 0) - kernel(0, 0), f(1, 1) * f(2, 1) - kernel(1, 2),
        f(3, 0) * f(3, 1);
    wrong(i) = differences(i, 0) + .1 * kernel(0, 0);
  }
  for (int j = 0; j < 3; ++j) EXPECT_TRUE(agrees(mean_of(differences.col(j)), 0, 3));
  EXPECT_FALSE(agrees(mean_of(wrong), 0));
}

TEST(ReadoutTrainer, GivesTheSameBitsOnAnyNumberOfThreads) {
  const auto data = five_inputs();
  const ReadoutTrainer trainer(readout_law, 30000, data, readout_steps(.1, {0, 9}));
  const auto network = trainer.train(3, 0, 1);
  for (const int threads : {2, 3}) {
    const auto again = trainer.train(3, 0, threads);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(network[i].outputs, again[i].outputs);
  }
  EXPECT_EQ(network[1].tangent_drift, 0);
  EXPECT_GE(network[1].effective_dimension, 1);
}

/// As the trainer of weights has them, of the inputs that train.
TEST(ReadoutTrainer, ShowsActiveFractions) {
  const auto data = five_inputs();
  auto law = readout_law;
  law.hidden.network = model::Network({.depth = 2,
                                       .active_fraction = .3,
                                       .threshold = model::ThresholdRule::fixed,
                                       .presynaptic = model::LateralFilter::box(3)});
  law.hidden.preactivation_variance = {1, 1};
  const auto options = readout_steps(.1, {0, 3});
  const auto weights = NetworkTrainer(law, 200, data, options, at::kDouble).train(7, 1, 1);
  const auto closed =
      ReadoutTrainer(law, 200, data, options, model::DType::float64, model::Engine::direct)
          .train(7, 1, 1);
  for (const std::size_t i : {0, 1}) {
    EXPECT_LE((closed[i].active_fractions - weights[i].active_fractions).norm(), 1e-14) << i;
  }
  // A quantile leaves as many of each layer active, whichever way it is drawn.
  for (const auto engine : {model::Engine::direct, model::Engine::collapsed}) {
    const auto state =
        ReadoutTrainer(readout_law, 200, data, options, model::DType::float32, engine)
            .train(7, 1, 2)[1];
    EXPECT_LE((state.active_fractions.array() - .3).matrix().norm(), 1e-14);
  }
}

TEST(ReadoutTrainer, HoldsNothingOfInputsBeforeItTrains) {
  constexpr Eigen::Index inputs = 100000;
  const auto data = std::make_shared<model::TrainingData>();
  data->inputs = Eigen::VectorXd::LinSpaced(inputs, 0, 1).replicate(1, 2).rowwise().normalized();
  data->targets = Eigen::MatrixXd::Ones(inputs, 1);
  data->training = {0};
  const ReadoutTrainer trainer(readout_law, 50, data, readout_steps(.1, {4}));
  EXPECT_GT(trainer.held(), 7.9e10);
}

TEST(ReadoutTrainer, RefusesOtherTrainingAndTellsOfRatesThatDiverge) {
  const auto data = five_inputs();
  auto all = readout_steps(.1, {4});
  all.layers = model::TrainedLayers::all;
  EXPECT_THROW(ReadoutTrainer(readout_law, 50, data, all), std::invalid_argument);
  const ReadoutTrainer trainer(readout_law, 50, data, readout_steps(100, {4, 10000}));
  try {
    trainer.train(1, 1, 1);
    FAIL();
  } catch (const model::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("training.learning_rate = 100: the loss of network 2 of "
                                        "width 50 is no longer finite after step 10000"));
  }
}

}  // namespace
}  // namespace wideproof::train
