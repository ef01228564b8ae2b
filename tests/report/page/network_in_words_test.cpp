// SPDX-License-Identifier: MIT
#include <wideproof/report/page/network_in_words.hpp>

#include <utility>

#include <gmock/gmock.h>
#include <wideproof/model/gram/gram_spec.hpp>

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

model::Experiment experiment_of(const model::Network::Options& network) {
  auto options = model::GramSpec::defaults();
  options.inputs.count = 8;
  options.network = model::Network(network);
  return model::Experiment(std::move(options));
}

TEST(NetworkInWords, NamesNoWeightsOfLayersThatAreNotThere) {
  model::Network::Options network;
  network.depth = 1;
  EXPECT_EQ(network_in_words(experiment_of(network), {}).at(1),
            "Weights are random and Gaussian, not trained.");
  network.depth = 2;
  EXPECT_THAT(network_in_words(experiment_of(network), {}).at(1),
              HasSubstr("; from the second layer on their variance is σ²/n"));
}

TEST(NetworkInWords, CountsLayersAndSaysWhatIsActive) {
  model::Network::Options network;
  network.depth = 1;
  network.active_fraction = 0.1;
  network.threshold = model::ThresholdRule::quantile;
  EXPECT_EQ(network_in_words(experiment_of(network)),
            "Networks of 1 hidden layer of n neurons, activation thresholded-relu. A fraction f = "
            "0.1 of each layer is meant to be active; the threshold is the layer's own quantile "
            "for each input.");
  network.depth = 3;
  network.activation = model::Activation::tanh;
  EXPECT_EQ(network_in_words(experiment_of(network)),
            "Networks of 3 hidden layers of n neurons, activation tanh.");
}

TEST(NetworkInWords, TellsLayersApartThatDiffer) {
  model::Network::Options network;
  network.depth = 4;
  network.activation = model::Activation::relu;
  network.input_weight_variance = 1.5;
  network.input_bias_variance = 0.1;
  network.layers.resize(4);
  network.layers[1].width_factor = 0.5;
  network.layers[1].weight_variance = 2.5;
  network.layers[3].activation = model::Activation::tanh;
  network.layers[3].bias_variance = 0.2;
  const auto experiment = experiment_of(network);
  model::Prediction theory;
  theory.layer_weight_variances = {2.5, 2, 2, 2};
  const auto words = network_in_words(experiment, theory);
  EXPECT_EQ(words.at(0),
            "Networks of 4 hidden layers: layer 1 of n neurons, relu; layer 2 of 0.5 n neurons, "
            "relu; layer 3 of n neurons, relu; layer 4 of n neurons, tanh.");
  EXPECT_EQ(
      words.at(1),
      "Weights are random and Gaussian, not trained; from the second layer on their variance "
      "is σ²/n with σ² = 2.5 into layer 2, 2 into layer 3, 2 into layer 4. The first layer's "
      "weights have variance 1.5, its biases 0.1. Biases have variance 0 into layer 2, 0 into "
      "layer 3, 0.2 into layer 4.");
  network.layers[1] = {};
  EXPECT_THAT(network_in_words(experiment_of(network)),
              HasSubstr("layers 1 to 3 of n neurons, relu; layer 4"));
}

TEST(NetworkInWords, SaysHowWeightsAreCorrelated) {
  model::Network::Options network;
  network.depth = 2;
  EXPECT_THAT(network_in_words(experiment_of(network), {}).at(1), Not(HasSubstr("neighbouring")));
  network.presynaptic = model::LateralFilter::box(13);
  EXPECT_THAT(network_in_words(experiment_of(network), {}).at(1),
              HasSubstr("Weights of neighbouring sending neurons are correlated: white noise on a "
                        "ring, filtered by a box of 13 taps."));
}

}  // namespace
}  // namespace wideproof::report
