// SPDX-License-Identifier: MIT
#include <wideproof/app/study/network_text.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wideproof::app {
namespace {

/// Of an expression, what it is and where it is not smooth, and who says so.
std::string expression_text(const model::Network& network) {
  const auto& options = network.function();
  if (options.function != model::Function::expression) return {};
  std::vector<std::string> places;
  for (const auto& kink : network.nonlinearity().kinks())
    places.push_back(fmt::format("{:.10g}{}", kink.at, kink.jump != 0 ? " (a jump)" : ""));
  const std::string kinks = places.empty()
                                ? std::string("smooth")
                                : fmt::format("not smooth at x = {}", fmt::join(places, ", "));
  return fmt::format(" {}, {}{}", options.expression, kinks,
                     options.kinks    ? ""
                     : places.empty() ? " as far as is found"
                                      : " (found)");
}

/// Of a uniform network.
std::string activation_text(const model::Network& network) {
  if (network.activation() == model::Activation::sparse_projection) {
    return fmt::format("{}sparse-projection of sparseness {}", network.is_signed() ? "signed " : "",
                       network.sparseness());
  }
  const std::string name = network.activation_name() + expression_text(network);
  if (!model::is_thresholded(network.activation())) return name;
  return fmt::format("{} f = {}", name, network.active_fraction());
}

}  // namespace

std::string network_text(const model::Network& network) {
  if (network.is_uniform()) return activation_text(network);
  std::vector<std::string> layers;
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer)
    layers.push_back(activation_text(network.like_layer(layer)));
  return fmt::format("{}", fmt::join(layers, ", then "));
}

}  // namespace wideproof::app
