// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// How one layer of one network tells classes of inputs apart. With μ_ik the mean of neuron i's
/// activity over the inputs of class k, of which there are P_k,
///
///   ccmas              mean over i of (μ_max − μ_−max)/(μ_max + μ_−max), μ_max the largest μ_ik
///   and
///                      μ_−max the mean over all inputs of other classes (Gale et al.)
///   class_selectivity  the same with μ_−max the mean of the other classes' means (Morcos et al.;
///                      Park 2022): differs where classes are of unequal size
///   eta_squared        Σ_i Σ_k P_k (μ_ik − μ_i)² / Σ_i Σ_a (z_i(x_a) − μ_i)²
///
/// and the same of classes that were dealt out at random to the same inputs: what there is without
/// any signal. Neurons that are 0 for every input have none and are left out; classes without
/// inputs are. The first two are of activities that are never negative and NaN for others; all are
/// where there are no two classes.
enum class SelectivityNumber : std::uint8_t {
  ccmas,
  class_selectivity,
  eta_squared,
  null_ccmas,
  null_class_selectivity,
  null_eta_squared
};

/// Of those that have a null.
inline constexpr std::array<std::string_view, 3> selectivity_names = {"ccmas", "class_selectivity",
                                                                      "eta_squared"};
inline constexpr Eigen::Index selectivity_numbers = 6;

constexpr std::string_view name_of(SelectivityNumber number) {
  return selectivity_names[static_cast<std::size_t>(number) % selectivity_names.size()];
}

/// Where a number of layer `layer`, from 1, stands in a network's row.
constexpr Eigen::Index selectivity_column(std::int64_t layer, SelectivityNumber number) {
  return (layer - 1) * selectivity_numbers + static_cast<Eigen::Index>(number);
}

/// What each network of one width showed.
struct WidthSelectivity {
  std::int64_t width = 0;
  Eigen::MatrixXd networks;  ///< networks × layers · numbers, see selectivity_column()

  std::int64_t layers() const { return networks.cols() / selectivity_numbers; }
  Eigen::VectorXd of(std::int64_t layer, SelectivityNumber number) const {
    return networks.col(selectivity_column(layer, number));
  }
};

using SelectivitySeries =
    std::vector<WidthSelectivity>;  ///< by width ascending; empty without labels

}  // namespace wideproof::model
