// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// What one layer of one network shows of its sparsity on P inputs of n neurons, with
/// r_a = (Σ_i |z_i|/n)/√(Σ_i z_i²/n) of input a and G the layer's Gram:
///
///   hoyer            mean over a of 1 − r_a: Hoyer's sparseness times (√n − 1)/√n
///   treves_rolls     mean over a of r_a², Treves and Rolls' activity ratio
///   lifetime         1 − (Σ_ab G_ab/P²)/(Σ_a G_aa/P)
///   active_fraction  of z > 0, over neurons and inputs
///   silent           share of the neurons with z = 0 for all inputs
///   silent_inputs    share of the inputs that activate no neuron: the first two leave them out
///   unit_hoyer       mean over neurons that are not silent of (√P − ‖z_i‖₁/‖z_i‖₂)/(√P − 1),
///   Hoyer's
///                    sparseness of a neuron over the inputs
///
/// The first three and the last are NaN where no input activates a neuron, the last also for P = 1.
enum class SparsityNumber : std::uint8_t {
  hoyer,
  treves_rolls,
  lifetime,
  active_fraction,
  silent,
  silent_inputs,
  unit_hoyer
};

inline constexpr std::array<std::string_view, 7> sparsity_number_names = {
    "hoyer",  "treves_rolls",  "lifetime",  "active_fraction",
    "silent", "silent_inputs", "unit_hoyer"};
inline constexpr auto sparsity_numbers = static_cast<Eigen::Index>(sparsity_number_names.size());

constexpr std::string_view name_of(SparsityNumber number) {
  return sparsity_number_names[static_cast<std::size_t>(number)];
}

/// Where a number of layer `layer`, from 1, stands in a network's row.
constexpr Eigen::Index sparsity_column(std::int64_t layer, SparsityNumber number) {
  return (layer - 1) * sparsity_numbers + static_cast<Eigen::Index>(number);
}

/// What each network of one width showed.
struct WidthSparsity {
  std::int64_t width = 0;
  Eigen::MatrixXd networks;  ///< networks × layers · numbers, see sparsity_column()

  std::int64_t layers() const { return networks.cols() / sparsity_numbers; }
  Eigen::VectorXd of(std::int64_t layer, SparsityNumber number) const {
    return networks.col(sparsity_column(layer, number));
  }
};

using SparsitySeries = std::vector<WidthSparsity>;  ///< by width ascending

}  // namespace wideproof::model
