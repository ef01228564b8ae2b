// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/near_inputs.hpp>

#include <cstddef>

namespace wideproof::sim {
namespace {

constexpr double near = 1e-6;

}  // namespace

std::vector<NearInput> near_inputs(const Eigen::MatrixXd& kernel,
                                   const std::vector<Eigen::Index>& order) {
  std::vector<NearInput> found;
  for (std::size_t place = 1; place < order.size(); ++place) {
    const auto input = order[place];
    double least = near * kernel(input, input);
    NearInput nearest{input, input};
    for (std::size_t before = 0; before < place; ++before) {
      const auto other = order[before];
      const double square = kernel(input, input) + kernel(other, other) - 2 * kernel(input, other);
      if (!(square < least)) continue;
      least = square;
      nearest.neighbour = other;
    }
    if (nearest.neighbour != input) found.push_back(nearest);
  }
  return found;
}

}  // namespace wideproof::sim
