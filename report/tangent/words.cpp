// SPDX-License-Identifier: MIT
#include <wideproof/report/tangent/words.hpp>

#include <fmt/format.h>

#include <wideproof/model/tangent/tangent_spec.hpp>

namespace wideproof::report {
namespace {

const char* parameters(model::Trained trained) {
  return trained == model::Trained::weights
             ? "the weights themselves"
             : "the white fields that lateral filters shape into weights";
}

const char* of_threshold(const model::Experiment& experiment, model::ThresholdGradient gradient) {
  const auto& network = experiment.network();
  if (!is_thresholded(network.activation()) || network.threshold() == model::ThresholdRule::fixed)
    return "";
  return gradient == model::ThresholdGradient::through
             ? " Gradients pass through the thresholds, too."
             : " Thresholds count as constants in them.";
}

}  // namespace

GramStudy::FurtherMatrices tangents_in_words(const model::Experiment& experiment) {
  const auto& tangent = model::tangent_of(experiment).tangent;
  const bool all = tangent.layers == model::TangentLayers::all;
  return {.predicted =
              "It also predicts tangent kernels, the inner products of gradients by the "
              "parameters at every two inputs, tangent(1,2) being that of the first two: "
              "they tell how a wide network trains.",
          .taken = fmt::format(
              "Tangent kernels Θ were taken of the output, a sum of the last layer with white "
              "weights whose variance keeps the norm{}; parameters are {}, biases and the "
              "output's weights.{}",
              all ? ", and of each layer's pre-activations, mean over its neurons" : "",
              parameters(tangent.trained), of_threshold(experiment, tangent.threshold_gradient)),
          .figure = "tangent_angle",
          .of_pairs = "Tangent kernel",
          .symbol = "Θ"};
}

SweepWords tangent_sweep_words() {
  return {.compared = "formula and sampled tangent kernels"};
}

}  // namespace wideproof::report
