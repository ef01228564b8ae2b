// SPDX-License-Identifier: MIT
#include <wideproof/model/gradients.hpp>

#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

constexpr auto trained_names =
    name_table<Trained>({{Trained::weights, "weights"}, {Trained::field, "field"}});
constexpr auto gradient_names = name_table<ThresholdGradient>(
    {{ThresholdGradient::detached, "detached"}, {ThresholdGradient::through, "through"}});

}  // namespace

std::string_view name_of(Trained trained) {
  return trained_names[trained];
}
Trained trained_from_name(std::string_view key, std::string_view name) {
  return trained_names.value(key, name);
}

std::string_view name_of(ThresholdGradient gradient) {
  return gradient_names[gradient];
}
ThresholdGradient threshold_gradient_from_name(std::string_view key, std::string_view name) {
  return gradient_names.value(key, name);
}

}  // namespace wideproof::model
