// SPDX-License-Identifier: MIT
#include <wideproof/model/activation.hpp>

#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

constexpr auto activations = name_table<Activation>({
    {Activation::thresholded_relu, "thresholded-relu"},
    {Activation::thresholded_step, "thresholded-step"},
    {Activation::relu, "relu"},
    {Activation::erf, "erf"},
    {Activation::tanh, "tanh"},
    {Activation::linear, "linear"},
    {Activation::sparse_projection, "sparse-projection"},
    {Activation::pointwise, "pointwise"},
    {Activation::thresholded_pointwise, "thresholded-pointwise"},
});

constexpr auto threshold_rules = name_table<ThresholdRule>({
    {ThresholdRule::fixed, "fixed"},
    {ThresholdRule::std, "std"},
    {ThresholdRule::quantile, "quantile"},
});

}  // namespace

bool is_thresholded(Activation activation) {
  return activation == Activation::thresholded_relu || activation == Activation::thresholded_step ||
         activation == Activation::thresholded_pointwise;
}

bool is_pointwise(Activation activation) {
  return activation == Activation::pointwise || activation == Activation::thresholded_pointwise;
}

void require_active_fraction(double active_fraction) {
  require_between("network.active_fraction", active_fraction, least_active_fraction,
                  most_active_fraction);
}

std::string_view name_of(Activation activation) {
  return activations[activation];
}

std::string_view name_of(ThresholdRule rule) {
  return threshold_rules[rule];
}

ThresholdRule threshold_rule_from_name(std::string_view key, std::string_view name) {
  return threshold_rules.value(key, name);
}

}  // namespace wideproof::model
