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
