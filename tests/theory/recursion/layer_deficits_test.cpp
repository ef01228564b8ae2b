// SPDX-License-Identifier: MIT
// What LayerRecursion and predict say of inputs that nearly or exactly coincide.
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/theory/kernels/kernel_interpolant.hpp>
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::Deficits;
using model::LateralFilter;
using model::Network;

/// A row of deficit_reference.inc, see deficit_values.py.
struct Reference {
  Activation activation;
  double active_fraction;
  int presynaptic_taps, postsynaptic_taps;
  double weight_variance;  ///< 0: critical
  double bias_variance;
  std::vector<double> deficits;  ///< of layers 1 to 20

  Network network() const {
    const auto box = [](int taps) { return taps > 1 ? LateralFilter::box(taps) : LateralFilter(); };
    return Network(
        {.depth = static_cast<std::int64_t>(deficits.size()),
         .activation = activation,
         .active_fraction = active_fraction,
         .weight_variance = weight_variance > 0 ? std::optional(weight_variance) : std::nullopt,
         .bias_variance = bias_variance,
         .presynaptic = box(presynaptic_taps),
         .postsynaptic = box(postsynaptic_taps)});
  }

  std::string name() const {
    return std::string(name_of(activation)) + " " + std::to_string(active_fraction) + " " +
           std::to_string(presynaptic_taps) + " " + std::to_string(postsynaptic_taps) + " from " +
           std::to_string(std::log10(deficits.front()));
  }
};

const std::vector<Reference>& references() {
  static const std::vector<Reference> rows = {
#include "deficit_reference.inc"
  };
  return rows;
}

Deficits pair_of(double delta) {
  return Deficits(Eigen::MatrixXd{{0, delta}, {delta, 0}});
}

double largest_error(const Reference& reference, const model::Prediction& prediction) {
  double largest = 0;
  for (std::size_t l = 0; l < reference.deficits.size(); ++l) {
    const double found = prediction.layers[l].preactivation_deficit(0, 1);
    largest = std::max(largest, std::abs(found / reference.deficits[l] - 1));
  }
  return largest;
}

TEST(LayerDeficits, KeepTwelveDigitsOverTwentyLayers) {
  double largest = 0;
  for (const auto& reference : references()) {
    const auto prediction = predict(reference.network(), pair_of(reference.deficits.front()));
    const double error = largest_error(reference, prediction);
    EXPECT_LE(error, 1e-12) << reference.name();
    largest = std::max(largest, error);
  }
  RecordProperty("largest_error", std::to_string(largest * 1e15) + "e-15");
}

TEST(LayerDeficits, TheirCheckRejectsAWeightVarianceThatIsSlightlyOff) {
  for (const auto& reference : references()) {
    if (reference.weight_variance == 0) continue;
    auto wrong = reference;
    wrong.weight_variance *= 1 + 1e-9;
    EXPECT_GT(
        largest_error(reference, predict(wrong.network(), pair_of(reference.deficits.front()))),
        1e-12)
        << reference.name();
  }
}

TEST(LayerDeficits, AreWhatCorrelationsLackOfOne) {
  for (const auto& reference : references()) {
    for (const auto& layer :
         predict(reference.network(), pair_of(reference.deficits.front())).layers) {
      EXPECT_NEAR(layer.correlation(0, 1), 1 - layer.deficit(0, 1), 2e-16);
      const double variance = layer.preactivation(0, 0);
      EXPECT_NEAR(layer.preactivation(0, 1), variance * (1 - layer.preactivation_deficit(0, 1)),
                  4e-16 * variance);
      EXPECT_NEAR(layer.gram(0, 1), layer.gram(0, 0) * layer.correlation(0, 1),
                  4e-16 * layer.gram(0, 0));
    }
  }
}

TEST(LayerDeficits, OfTheGramAreTheNextKernelsWithoutFiltersAndBias) {
  const auto layers = predict(Network({.depth = 6, .active_fraction = .2}), pair_of(1e-13)).layers;
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
    const double next = layers[l + 1].preactivation_deficit(0, 1);
    EXPECT_NEAR(layers[l].deficit(0, 1), next, 1e-14 * next);
  }
}

/// Twins, a multiple, an opposite and another direction.
model::Inputs coinciding_rows() {
  return {"rows",
          Eigen::MatrixXd{{3, 1, 1}, {3, 1, 1}, {0.3, 0.1, 0.1}, {-9, -3, -3}, {1, -2, 0.5}}};
}

void expect_coinciding(const Network& network) {
  const auto prediction = predict(network, coinciding_rows().deficits());
  for (const auto& layer : prediction.layers) {
    for (const auto* deficit : {&layer.deficit, &layer.preactivation_deficit}) {
      EXPECT_EQ((*deficit)(0, 1), 0);
      EXPECT_EQ((*deficit)(0, 2), 0);
      EXPECT_EQ((*deficit)(0, 4), (*deficit)(2, 4));
      EXPECT_EQ(*deficit, deficit->transpose());
    }
    EXPECT_EQ(layer.correlation(0, 2), 1);
    EXPECT_EQ(layer.gram(0, 2), layer.gram(0, 0));
    EXPECT_EQ(layer.preactivation(0, 2), layer.preactivation(0, 0));
  }
}

TEST(LayerDeficits, OfCoincidingInputsAreExactlyNoneAtEveryLayer) {
  expect_coinciding(Network({.depth = 5,
                             .activation = Activation::thresholded_step,
                             .active_fraction = .1,
                             .threshold = model::ThresholdRule::fixed}));
  expect_coinciding(Network({.depth = 20, .active_fraction = 1e-4}));
  expect_coinciding(Network({.depth = 40, .activation = Activation::erf, .weight_variance = 25.0}));
  for (const auto& reference : references()) expect_coinciding(reference.network());
}

TEST(LayerDeficits, OfOppositeInputsAreExactlyTwoForOddActivations) {
  for (const auto activation : {Activation::erf, Activation::tanh, Activation::linear}) {
    for (const auto& receivers : {LateralFilter(), LateralFilter::box(3)}) {
      const auto prediction = predict(Network({.depth = 40,
                                               .activation = activation,
                                               .weight_variance = 4.0,
                                               .presynaptic = LateralFilter::box(5),
                                               .postsynaptic = receivers}),
                                      pair_of(2));
      for (const auto& layer : prediction.layers) {
        EXPECT_EQ(layer.deficit(0, 1), 2) << name_of(activation);
        EXPECT_EQ(layer.correlation(0, 1), -1) << name_of(activation);
        EXPECT_EQ(layer.preactivation(0, 1), -layer.preactivation(0, 0)) << name_of(activation);
      }
    }
  }
}

TEST(LayerDeficits, OfOppositeInputsShareNoActiveNeuronAboveAThresholdOfZero) {
  for (const auto activation : {Activation::thresholded_relu, Activation::thresholded_step}) {
    for (const double f : {1e-4, .1, .5}) {
      const auto layer =
          predict(Network({.depth = 1, .activation = activation, .active_fraction = f}), pair_of(2))
              .layers.front();
      // At f = ½ the threshold is 0 to rounding.
      EXPECT_NEAR(layer.gram(0, 1), 0, f < .5 ? 0.0 : 1e-15);
      EXPECT_NEAR(layer.deficit(0, 1), 1, f < .5 ? 0.0 : 1e-15);
    }
  }
}

TEST(LayerDeficits, StayWithinTheirBoundsWhereASurroundCancelsThem) {
  const LateralFilter hat(
      "network.presynaptic",
      {.kind = LateralFilter::Kind::mexican_hat, .scale = 1, .surround_scale = 2});
  for (const auto activation : {Activation::thresholded_relu, Activation::thresholded_step,
                                Activation::erf, Activation::tanh}) {
    const Network network({.depth = 30,
                           .activation = activation,
                           .presynaptic = hat,
                           .postsynaptic = LateralFilter::box(9)});
    for (const double delta : {0.0, 1e-20, 1e-9, .3, 1.5, 2.0}) {
      for (const auto& layer : predict(network, pair_of(delta)).layers) {
        EXPECT_GE(layer.preactivation_deficit(0, 1), 0);
        EXPECT_LE(layer.preactivation_deficit(0, 1), 2);
        if (delta == 0) {
          EXPECT_EQ(layer.preactivation_deficit(0, 1), 0);
        }
      }
    }
  }
}

/// Inputs of many different deficits, from 1e-20 up, enough of them for an interpolant.
Deficits many_deficits(Eigen::Index count) {
  Eigen::MatrixXd rows(count, 2);
  for (Eigen::Index a = 0; a < count; ++a) {
    rows.row(a) << 1,
        a == 0 ? 0.0
               : std::pow(10.0, -10 + 9.0 * static_cast<double>(a) / static_cast<double>(count));
  }
  return model::Inputs("rows", rows).deficits();
}

TEST(LayerDeficits, OfManyInputsAreThoseOfFew) {
  const Eigen::Index count = 200;
  ASSERT_GT(count * (count - 1) / 2, RectifierDualKernel::exact_evaluations);
  const Deficits deficits = many_deficits(count);
  for (const auto& receivers : {LateralFilter(), LateralFilter::box(5)}) {
    const Network network({.depth = 10,
                           .active_fraction = .1,
                           .presynaptic = LateralFilter::box(13),
                           .postsynaptic = receivers});
    const auto large = predict(network, deficits);
    const double bound =
        KernelInterpolant(ThresholdedReluKernel::from_active_fraction(.1)).drop_error_bound();
    for (const Eigen::Index b : {1, 50, 120, 199}) {
      const auto small = predict(network, pair_of(deficits.values()(0, b)));
      for (std::size_t l = 0; l < 10; ++l) {
        // A layer adds its own relative error to what it is given and enlarges none. With A < 1 the
        // terms' drops are differences, some 100 times less exact.
        const double each = receivers.is_none() ? bound : 200 * bound;
        const double expected = small.layers[l].deficit(0, 1);
        EXPECT_NEAR(large.layers[l].deficit(0, b), expected,
                    static_cast<double>(l + 1) * each * expected)
            << b << " " << l;
      }
    }
  }
}

TEST(LayerDeficits, OfCosinesAreThoseOfTheirDeficits) {
  const auto inputs = model::gaussian_inputs(6, 3, 5);
  const Network network({.depth = 4, .presynaptic = LateralFilter::box(4)});
  const auto from_deficits = predict(network, inputs.deficits());
  const auto from_cosines = predict(network, inputs.cosines());
  for (std::size_t l = 0; l < 4; ++l) {
    EXPECT_TRUE(from_deficits.layers[l].gram.isApprox(from_cosines.layers[l].gram, 1e-13));
  }
}

TEST(LayerDeficits, RefuseMatricesThatAreNone) {
  const Network network({});
  const auto refused = [&](const Eigen::MatrixXd& deficits) {
    EXPECT_THROW(predict(network, Deficits(deficits)), model::InputError);
  };
  refused(Eigen::MatrixXd::Zero(2, 3));
  refused(Eigen::MatrixXd(0, 0));
  refused(pair_of(-1e-9).values());
  refused(pair_of(2.1).values());
  refused(pair_of(std::nan("")).values());
  refused(Eigen::MatrixXd::Identity(2, 2));
}

}  // namespace
}  // namespace wideproof::theory
