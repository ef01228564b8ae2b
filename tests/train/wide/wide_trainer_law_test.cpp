// SPDX-License-Identifier: MIT
// Whether WideTrainer's networks have the law of networks that are drawn and trained weight by
// weight. same_law() states the chance of a false alarm, 10⁻⁶ a test.
#include <wideproof/train/wide/wide_trainer.hpp>

#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "same_law.hpp"
#include "wide/dense_network.hpp"

namespace wideproof::train {
namespace {

using testing::Mistake;
using wideproof::testing::same_law;
constexpr auto box = [](std::int64_t taps) { return model::LateralFilter::box(taps); };

struct LawCase {
  model::Network::Options network;
  model::TrainingOptions options;
  Eigen::Index width = 14;
  Eigen::Index outputs = 1;
  bool has_duplicates = false;
  int networks = 6000;
};

/// Three inputs that train, one that does not; of duplicates, the first is the last that trains and
/// the test's too.
std::shared_ptr<const model::TrainingData> data_of(const LawCase& of) {
  auto data = std::make_shared<model::TrainingData>();
  const std::vector<double> angles =
      of.has_duplicates ? std::vector{0.0, 0.0, 0.0, 1.5} : std::vector{0.0, 0.7, 2.0, 1.2};
  data->inputs.resize(4, 2);
  data->targets.resize(4, of.outputs);
  for (Eigen::Index a = 0; a < 4; ++a) {
    const double angle = angles[static_cast<std::size_t>(a)];
    data->inputs.row(a) << std::cos(angle), std::sin(angle);
    for (Eigen::Index k = 0; k < of.outputs; ++k) {
      data->targets(a, k) = std::cos(2.0 * static_cast<double>(a) + static_cast<double>(k));
    }
  }
  data->training = {0, 2, 3};
  data->test = {1};
  return data;
}

TrainableLaw law_of(const LawCase& of) {
  return {{.network = model::Network(of.network), .weight_variance = 2.2}, 1.7};
}

Eigen::VectorXd features_of(const model::TrainedNetwork& network) {
  std::vector<double> features;
  for (std::size_t i = 0; i < network.size(); ++i) {
    const Eigen::MatrixXd outputs = network[i].outputs.transpose();
    features.insert(features.end(), outputs.reshaped().begin(), outputs.reshaped().end());
    if (i > 0) features.push_back(testing::bounded(network[i].tangent_drift));
    features.push_back(testing::bounded(network[i].effective_dimension));
  }
  return Eigen::Map<const Eigen::VectorXd>(features.data(),
                                           static_cast<Eigen::Index>(features.size()));
}

Eigen::ArrayXXd wide_sample(const LawCase& of) {
  const WideTrainer trainer(law_of(of), of.width, data_of(of), of.options);
  Eigen::ArrayXXd sample;
  for (int i = 0; i < of.networks; ++i) {
    const auto features = features_of(trainer.train(20260301, i, 1));
    if (i == 0) sample.resize(of.networks, features.size());
    sample.row(i) = features.transpose();
  }
  return sample;
}

Eigen::ArrayXXd dense_sample(const LawCase& of, Mistake mistake) {
  std::mt19937_64 engine(20260302);
  const auto data = data_of(of);
  Eigen::ArrayXXd sample;
  const int networks = 4 * of.networks;
  for (int i = 0; i < networks; ++i) {
    const auto features =
        testing::dense_features(law_of(of), of.width, *data, of.options, mistake, engine);
    if (i == 0) sample.resize(networks, features.size());
    sample.row(i) = features.transpose();
  }
  return sample;
}

model::TrainingOptions three_steps(model::Trained trained = model::Trained::weights) {
  model::TrainingOptions options;
  options.trained = trained;
  options.learning_rate = 0.3;
  options.steps = 3;
  options.record = {0, 1, 3};
  return options;
}

void expect_law(const LawCase& of, const std::vector<Mistake>& mistakes) {
  const auto wide = wide_sample(of);
  EXPECT_TRUE(same_law(wide, dense_sample(of, Mistake::none)));
  for (const auto mistake : mistakes) {
    EXPECT_FALSE(same_law(wide, dense_sample(of, mistake))) << static_cast<int>(mistake);
  }
}

TEST(WideTrainerLaw, IsThatOfDrawnWeightsWithoutFilters) {
  expect_law(
      {.network = {.depth = 2,
                   .active_fraction = .4,
                   .threshold = model::ThresholdRule::quantile,
                   .bias_variance = .3},
       .options = three_steps()},
      {Mistake::fresh_backward, Mistake::late_step, Mistake::frozen_readout, Mistake::frozen_bias});
}

TEST(WideTrainerLaw, IsThatOfFieldsBelowFilters) {
  expect_law({.network = {.depth = 3,
                          .active_fraction = .4,
                          .threshold = model::ThresholdRule::std,
                          .bias_variance = .3,
                          .presynaptic = box(3),
                          .postsynaptic = box(2)},
              .options = three_steps(model::Trained::field)},
             {Mistake::fresh_backward, Mistake::no_postsynaptic});
}

TEST(WideTrainerLaw, IsThatOfWeightsAboveFilters) {
  expect_law({.network = {.depth = 2,
                          .active_fraction = .4,
                          .threshold = model::ThresholdRule::fixed,
                          .bias_variance = .3,
                          .presynaptic = box(3),
                          .postsynaptic = box(2)},
              .options = three_steps(),
              .outputs = 2},
             {Mistake::fresh_backward, Mistake::no_postsynaptic, Mistake::late_step});
}

TEST(WideTrainerLaw, IsThatOfThresholdsWithGradients) {
  auto options = three_steps();
  options.threshold_gradient = model::ThresholdGradient::through;
  options.centred = true;
  expect_law({.network = {.depth = 3,
                          .active_fraction = .3,
                          .threshold = model::ThresholdRule::quantile,
                          .presynaptic = box(3)},
              .options = options,
              .outputs = 2},
             {Mistake::fresh_backward});
  expect_law(
      {.network = {.depth = 2, .active_fraction = .3, .threshold = model::ThresholdRule::std},
       .options = options},
      {Mistake::fresh_backward});
}

TEST(WideTrainerLaw, IsThatOfInputsThatCoincideAndOfOneLayer) {
  expect_law({.network = {.depth = 2, .activation = model::Activation::tanh},
              .options = three_steps(),
              .width = 9,
              .has_duplicates = true},
             {Mistake::fresh_backward});
  expect_law({.network = {.depth = 1, .active_fraction = .4, .postsynaptic = box(3)},
              .options = three_steps(model::Trained::field)},
             {Mistake::late_step});
}

}  // namespace
}  // namespace wideproof::train
