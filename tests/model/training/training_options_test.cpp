// SPDX-License-Identifier: MIT
#include <wideproof/model/training/training_options.hpp>

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::HasSubstr;

TrainingOptions valid_options() {
  TrainingOptions options;
  options.steps = 20;
  return options;
}

std::string options_refusal(const std::function<void(TrainingOptions&)>& change) {
  auto options = valid_options();
  change(options);
  return refusal([&] { options.validate(); });
}

TEST(TrainingOptions, AnEpochsLastBatchMayBeSmaller) {
  TrainingOptions options;
  options.epochs = 3;
  options.batch_size = 4;
  EXPECT_EQ(options.steps_for(10), 9);
  EXPECT_EQ(options.steps_for(8), 6);
  options.batch_size.reset();
  EXPECT_EQ(options.steps_for(10), 3);
}

TEST(TrainingOptions, OnlyPlainDescentHasALimit) {
  EXPECT_TRUE(valid_options().is_plain_descent(10));
  const auto is_plain = [](const std::function<void(TrainingOptions&)>& change) {
    auto options = valid_options();
    change(options);
    return options.is_plain_descent(10);
  };
  EXPECT_TRUE(is_plain([](auto& o) { o.batch_size = 10; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.batch_size = 9; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.momentum = 0.5; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.optimizer = Optimizer::adam; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.weight_decay = 1e-3; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.clip_norm = 1; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.schedule = RateSchedule::cosine; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.regularizer.kind = Regularizer::l2; }));
  EXPECT_FALSE(is_plain([](auto& o) { o.dropout = 0.5; }));
}

TEST(TrainingOptions, RefusesWhatIsOutOfRange) {
  EXPECT_NO_THROW(valid_options().validate());
  EXPECT_EQ(options_refusal([](auto& o) { o.learning_rate = 0; }),
            "training.learning_rate = 0: must be positive and finite");
  EXPECT_THAT(options_refusal([](auto& o) { o.learning_rate = std::nan(""); }),
              HasSubstr("must be positive"));
  EXPECT_EQ(options_refusal([](auto& o) { o.momentum = 1; }),
            "training.momentum = 1: must lie in [0, 1)");
  EXPECT_THAT(options_refusal([](auto& o) { o.weight_decay = -1; }),
              HasSubstr("training.weight_decay = -1"));
  EXPECT_THAT(options_refusal([](auto& o) { o.clip_norm = 0.0; }),
              HasSubstr("training.clip_norm = 0"));
  EXPECT_THAT(options_refusal([](auto& o) { o.batch_size = 0; }),
              HasSubstr("training.batch_size = 0"));
  EXPECT_THAT(options_refusal([](auto& o) { o.steps = 0; }), HasSubstr("training.steps = 0"));
  EXPECT_THAT(options_refusal([](auto& o) { o.validation_fraction = 1; }),
              HasSubstr("training.validation_fraction = 1: must lie in [0, 1)"));
  EXPECT_THAT(options_refusal([](auto& o) { o.readout_variance = -2.0; }),
              HasSubstr("training.readout_variance = -2"));
}

TEST(TrainingOptions, HasARidgeForReadoutsInClosedFormAlone) {
  const auto with_ridge = [](const std::function<void(TrainingOptions&)>& change) {
    return options_refusal([&](auto& o) {
      o.layers = TrainedLayers::readout;
      o.ridge = 0.5;
      change(o);
    });
  };
  auto closed = valid_options();
  closed.layers = TrainedLayers::readout;
  closed.ridge = 0.5;
  EXPECT_NO_THROW(closed.validate());
  EXPECT_EQ(with_ridge([](auto& o) { o.ridge = -1; }),
            "training.ridge = -1: must be at least 0 and finite");
  for (const auto& change : std::vector<std::function<void(TrainingOptions&)>>{
           [](auto& o) { o.layers = TrainedLayers::all; }, [](auto& o) { o.batch_size = 4; },
           [](auto& o) { o.weight_decay = 1e-3; }, [](auto& o) { o.loss = Loss::cross_entropy; },
           [](auto& o) { o.parameterisation = Parameterisation::standard; }}) {
    EXPECT_THAT(with_ridge(change), HasSubstr("training.ridge = 0.5: needs layers = \"readout\""));
  }
}

TEST(TrainingOptions, RefusesRegularisersOutOfRange) {
  const auto with = [](const std::function<void(TrainingOptions&)>& change) {
    return options_refusal([&](auto& o) {
      o.regularizer.kind = Regularizer::t2;
      change(o);
    });
  };
  auto valid = valid_options();
  valid.regularizer = {.kind = Regularizer::t2, .strength = 0, .a = 1, .share = 1e-3};
  EXPECT_NO_THROW(valid.validate());
  EXPECT_EQ(with([](auto& o) { o.regularizer.strength = -1; }),
            "training.regularizer.strength = -1: must be at least 0 and finite");
  EXPECT_THAT(with([](auto& o) { o.regularizer.strength = std::nan(""); }),
              HasSubstr("training.regularizer.strength = nan"));
  for (const double a : {-0.1, 1.1, std::nan("")})
    EXPECT_THAT(with([&](auto& o) { o.regularizer.a = a; }), HasSubstr("must lie in [0, 1]"));
  EXPECT_THAT(with([](auto& o) { o.regularizer.neurons = 0; }),
              HasSubstr("training.regularizer.neurons = 0: must be at least 1"));
  for (const double share : {0.0, 1.5, -1.0})
    EXPECT_THAT(with([&](auto& o) { o.regularizer.share = share; }),
                HasSubstr("must lie in (0, 1] as a share"));
  EXPECT_THAT(with([](auto& o) { o.batch_size = 1; }),
              HasSubstr("training.regularizer.kind = \"t2\": needs batches of at least 2 inputs"));
  EXPECT_THAT(with([](auto& o) { o.layers = TrainedLayers::readout; }),
              HasSubstr("needs layers = \"all\""));
  for (const double dropout : {-0.1, 1.0, std::nan("")})
    EXPECT_THAT(options_refusal([&](auto& o) { o.dropout = dropout; }),
                HasSubstr("must lie in [0, 1)"));
  EXPECT_THAT(options_refusal([](auto& o) {
                o.dropout = 0.5;
                o.layers = TrainedLayers::readout;
              }),
              HasSubstr("training.dropout = 0.5: needs layers = \"all\""));
}

TEST(RegularizerOptions, TakesAShareOrANumberOfNeuronsThatLayersHave) {
  RegularizerOptions options{.kind = Regularizer::t1, .share = 0.005};
  EXPECT_EQ(options.neurons_of(450), 2);
  EXPECT_EQ(options.neurons_of(20), 1);
  options.neurons = 20;
  EXPECT_EQ(options.neurons_of(450), 20);
  EXPECT_NO_THROW(options.check_fits({450, 20}));
  EXPECT_EQ(refusal([&] {
              options.check_fits({450, 19});
            }),
            "training.regularizer.neurons = 20: must not exceed the 19 neurons of the narrowest "
            "hidden layer");
  EXPECT_NO_THROW(options.check_batches(8, 24));
  EXPECT_NO_THROW(options.check_batches(8, 26));
  EXPECT_THAT(refusal([&] { options.check_batches(8, 25); }),
              HasSubstr("25 inputs in batches of 8 leave 1 to the last"));
  options.kind = Regularizer::l1;
  EXPECT_NO_THROW(options.check_batches(8, 25));
  EXPECT_NO_THROW(options.check_fits({1}));
}

TEST(TrainingOptions, RefusesWhatAnAutoEncoderHasNot) {
  const auto of_auto_encoder = [](const std::function<void(TrainingOptions&)>& change) {
    return options_refusal([&](auto& o) {
      o.architecture = Architecture::soae;
      o.loss = Loss::cross_entropy;
      change(o);
    });
  };
  auto valid = valid_options();
  valid.architecture = Architecture::soae;
  valid.loss = Loss::cross_entropy;
  EXPECT_NO_THROW(valid.validate());
  EXPECT_FALSE(valid.is_plain_descent(1));
  valid.steps = 0;
  valid.epochs = 3;
  EXPECT_EQ(valid.steps_for(100), 3 * 21600);
  EXPECT_EQ(
      of_auto_encoder([](auto& o) { o.learning_rate = 1e39; }),
      "training.learning_rate = 1e+39: architecture \"soae\" trains in float32, which ends at "
      "3.4e38");
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.loss = Loss::squared; }), HasSubstr("training.loss"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.batch_size = 2; }),
              HasSubstr("training.batch_size = 2: architecture \"soae\" takes one input"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.centred = true; }), HasSubstr("training.centred"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.momentum = .5; }),
              HasSubstr("training.momentum = 0.5: architecture \"soae\" has none"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.trained = Trained::field; }),
              HasSubstr("training.trained = \"field\": architecture \"soae\" has weights alone"));
  EXPECT_THAT(
      of_auto_encoder([](auto& o) { o.threshold_gradient = ThresholdGradient::through; }),
      HasSubstr("training.threshold_gradient = \"through\": architecture \"soae\" has no thresh"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.readout_variance = 2; }),
              HasSubstr("training.readout_variance = 2: architecture \"soae\" has training.auto"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.auto_encoder.connectivity = 1; }),
              HasSubstr("training.auto_encoder.connectivity = 1: must lie in (0, 1)"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.auto_encoder.samples = 0; }),
              HasSubstr("training.auto_encoder.samples = 0"));
  EXPECT_THAT(of_auto_encoder([](auto& o) { o.auto_encoder.rate_decay = 0; }),
              HasSubstr("training.auto_encoder.rate_decay = 0"));
}

TEST(TrainingOptions, RefusesWhatDoesNotGoTogether) {
  EXPECT_THAT(options_refusal([](auto& o) { o.epochs = 2; }),
              HasSubstr("excludes training.steps, which is 20"));
  EXPECT_THAT(options_refusal([](auto& o) {
                o.optimizer = Optimizer::adam;
                o.momentum = 0.9;
              }),
              HasSubstr("optimizer \"adam\" does not read it"));
  EXPECT_THAT(options_refusal([](auto& o) { o.nesterov = true; }), HasSubstr("a momentum above 0"));
  EXPECT_THAT(options_refusal([](auto& o) { o.patience = 3; }),
              HasSubstr("needs training.validation_fraction above 0"));
  EXPECT_THAT(options_refusal([](auto& o) { o.schedule = RateSchedule::step; }),
              HasSubstr("training.every"));
  EXPECT_THAT(options_refusal([](auto& o) { o.every = 3; }),
              HasSubstr("schedule \"constant\" does not read it"));
  EXPECT_THAT(options_refusal([](auto& o) {
                o.record = {3, 3};
              }),
              HasSubstr("each above the one before"));
  EXPECT_THAT(options_refusal([](auto& o) {
                o.record = {3, 21};
              }),
              HasSubstr("must not exceed training.steps, which is 20"));
}

}  // namespace
}  // namespace wideproof::model
