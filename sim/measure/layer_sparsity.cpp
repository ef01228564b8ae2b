// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/layer_sparsity.hpp>

#include <cmath>
#include <limits>

namespace wideproof::sim {

Eigen::VectorXd layer_sparsity(const LayerSummary& layer, const Eigen::VectorXd& multiplicity) {
  const auto& gram = layer.gram;
  const double inputs = multiplicity.sum();
  double active = 0;
  double hoyer = 0;
  double treves_rolls = 0;
  for (Eigen::Index a = 0; a < gram.rows(); ++a) {
    if (gram(a, a) == 0) continue;
    const double ratio = layer.mean_magnitude(a) / std::sqrt(gram(a, a));
    active += multiplicity(a);
    hoyer += multiplicity(a) * (1 - ratio);
    treves_rolls += multiplicity(a) * ratio * ratio;
  }
  const double of_all = multiplicity.dot(gram * multiplicity) / inputs;
  const double own = multiplicity.dot(gram.diagonal());
  Eigen::VectorXd numbers(model::sparsity_numbers);
  const auto set = [&](model::SparsityNumber number, double value) {
    numbers(static_cast<Eigen::Index>(number)) = value;
  };
  using Number = model::SparsityNumber;
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  set(Number::hoyer, active > 0 ? hoyer / active : none);
  set(Number::treves_rolls, active > 0 ? treves_rolls / active : none);
  set(Number::lifetime, active > 0 ? 1 - of_all / own : none);
  set(Number::active_fraction, layer.active_fraction);
  set(Number::silent, layer.silent_share);
  set(Number::silent_inputs, 1 - active / inputs);
  set(Number::unit_hoyer, layer.unit_hoyer);
  return numbers;
}

}  // namespace wideproof::sim
