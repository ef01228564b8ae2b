// SPDX-License-Identifier: MIT
#include <wideproof/app/study/network_text.hpp>

#include <fmt/format.h>

namespace wideproof::app {

std::string network_text(const model::Network& network) {
  if (network.activation() == model::Activation::sparse_projection) {
    return fmt::format("{}sparse-projection of sparseness {}", network.is_signed() ? "signed " : "",
                       network.sparseness());
  }
  if (!model::is_thresholded(network.activation())) {
    return network.activation_name();
  }
  return fmt::format("{} f = {}", network.activation_name(), network.active_fraction());
}

}  // namespace wideproof::app
