// SPDX-License-Identifier: MIT
#include <wideproof/train/auto_encoder/auto_encoder_trainer.hpp>

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/train/auto_encoder/sample_order.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Activation;
using ::testing::HasSubstr;

model::TrainingOptions some_options() {
  model::TrainingOptions options;
  options.architecture = model::Architecture::soae;
  options.loss = model::Loss::cross_entropy;
  options.learning_rate = .1;
  options.epochs = 4;
  options.record = {0, 30, 80, 120};
  options.auto_encoder.samples = 30;
  options.auto_encoder.blend_epochs = 1;
  options.auto_encoder.connectivity.reset();
  options.auto_encoder.rate_decay = .9;
  return options;
}

AutoEncoderTrainer some_trainer(const model::TrainingOptions& options, std::int64_t width = 24) {
  return {model::Network({.depth = 1, .activation = Activation::tanh}), width,
          testing::some_data(40, 9, 3, 8, true), options};
}

void expect_same(const model::TrainedNetwork& a, const model::TrainedNetwork& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].outputs, b[i].outputs);
}

TEST(AutoEncoderTrainer, LearnsClasses) {
  const auto states = some_trainer(some_options()).train(1, 0, 1);
  ASSERT_EQ(states.size(), 4u);
  EXPECT_LT(states.back().loss, .8 * states.front().loss);
  EXPECT_GT(states.back().accuracy, states.front().accuracy);
  EXPECT_EQ(states.back().active_fractions[0], 1);
}

TEST(AutoEncoderTrainer, IsTheSameWhereItWasStoppedAndResumed) {
  const auto trainer = some_trainer(some_options());
  const auto whole = trainer.train(1, 2, 1);
  for (const int stop : {1, 29, 30, 31, 80, 119}) {
    std::string saved;
    const auto part = trainer.train(
        1, 2, 1, {.go_on = [&](const Progress& p) { return p.step < stop; }, .saved = &saved});
    EXPECT_LT(part.size(), whole.size());
    ASSERT_FALSE(saved.empty());
    expect_same(trainer.train(1, 2, 1, {.resume_from = saved}), whole);
    EXPECT_THROW(trainer.train(1, 3, 1, {.resume_from = saved}), model::InputError);
  }
}

TEST(AutoEncoderTrainer, OtherNetworksAreOthers) {
  const auto trainer = some_trainer(some_options());
  EXPECT_NE(trainer.train(1, 0, 1)[0].outputs, trainer.train(1, 1, 1)[0].outputs);
  EXPECT_NE(trainer.train(1, 0, 1)[0].outputs, trainer.train(2, 0, 1)[0].outputs);
}

TEST(AutoEncoderTrainer, StopsEarlyAndKeepsTheBest) {
  auto options = some_options();
  options.patience = 1;
  options.learning_rate = 1e-9;  // nothing is learnt, so that nothing falls
  const auto states = some_trainer(options).train(1, 0, 1);
  EXPECT_EQ(states[1].outputs, states[3].outputs);
}

TEST(AutoEncoderTrainer, TellsOfARateThatDiverges) {
  auto options = some_options();
  options.learning_rate = 3e38;
  try {
    some_trainer(options).train(1, 0, 1);
    FAIL();
  } catch (const model::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("training.learning_rate = 3e+38: the objective of network "
                                        "1 of width 24 is no longer finite"));
  }
}

/// The objective of a step is that of the weights before it.
TEST(AutoEncoderTrainer, TellsOfAnOverflowInTheLastStepOfAnEpoch) {
  for (const auto& connectivity : {std::optional<double>(), std::optional(.75)}) {
    auto options = some_options();
    options.learning_rate = 3e38;
    options.auto_encoder.samples = 1;
    options.auto_encoder.connectivity = connectivity;
    options.auto_encoder.blend_epochs = 0;
    options.auto_encoder.start_deviation = 1e3;
    options.record = {1};
    try {
      some_trainer(options).train(1, 0, 1);
      FAIL();
    } catch (const model::InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr("a weight of network 1 of width 24 is no longer finite"));
    }
  }
}

TEST(AutoEncoderTrainer, MovesSquareImagesAlone) {
  auto options = some_options();
  options.auto_encoder.jitter = true;
  const auto moved = some_trainer(options).train(1, 0, 1);
  EXPECT_NE(moved.back().outputs, some_trainer(some_options()).train(1, 0, 1).back().outputs);
  EXPECT_THROW(AutoEncoderTrainer(model::Network({.depth = 1, .activation = Activation::tanh}), 24,
                                  testing::some_data(40, 8, 3), options),
               model::InputError);
}

TEST(SampleOrder, ShiftsByAPixel) {
  const std::vector<float> image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  std::vector<float> moved(9);
  shift_image(image.data(), 3, 0, moved.data());
  EXPECT_EQ(moved, image);
  shift_image(image.data(), 3, 1, moved.data());  // up and to the left
  EXPECT_EQ(moved, (std::vector<float>{5, 6, 0, 8, 9, 0, 0, 0, 0}));
  std::vector<std::vector<float>> all;
  for (int shift = 0; shift < 9; ++shift) {
    shift_image(image.data(), 3, shift, moved.data());
    EXPECT_EQ(moved[4] > 0, true);
    for (const auto& other : all) EXPECT_NE(moved, other);
    all.push_back(moved);
  }
}

TEST(SampleOrder, DrawsAllInputsAlike) {
  constexpr std::int64_t samples = 90000;
  const auto drawn = drawn_samples({.seed = 3, .width = 5, .replicate = 1}, 2, samples, 10, true);
  std::vector<int> inputs(10), shifts(9);
  for (const auto& sample : drawn) {
    ++inputs[static_cast<std::size_t>(sample.input)];
    ++shifts[static_cast<std::size_t>(sample.shift)];
  }
  // 19 counts within 5 standard deviations: a false alarm in 1e5.
  for (const int count : inputs) EXPECT_NEAR(count, 9000, 5 * std::sqrt(9000. * .9));
  for (const int count : shifts) EXPECT_NEAR(count, 10000, 5 * std::sqrt(10000. * 8 / 9));
  EXPECT_NE(drawn[0].input * 9 + drawn[1].input,
            drawn_samples({.seed = 3, .width = 5, .replicate = 2}, 2, 2, 1000, true)[0].input);
}

}  // namespace
}  // namespace wideproof::train
