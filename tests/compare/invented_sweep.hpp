// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include <fmt/format.h>

#include <wideproof/compare/generalization/sweep_numbers.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare::testing {

inline constexpr std::int64_t sweep_training_points = 128;

/// A sweep over `f` whose errors are log-normal with known means: error(f) · data · own, where the
/// draw of data is the same at every point.
struct InventedSweep {
  std::vector<std::pair<double, double>> means = {
      {0.01, 0.08}, {0.05, 0.06}, {0.2, 0.05}, {0.3, 0.055}, {0.5, 0.07}};
  std::int64_t draws = 5;
  double data_spread = 0.1;
  double own_spread = 0.005;
};

inline SweepResult draw_sweep(const InventedSweep& law, boost::random::mt19937_64& rng) {
  boost::random::normal_distribution<double> normal;
  const auto log_normal = [&](double spread) {
    return std::exp(spread * normal(rng) - spread * spread / 2.0);
  };
  std::vector<double> data;
  for (std::int64_t d = 0; d < law.draws; ++d) data.push_back(log_normal(law.data_spread));
  SweepResult sweep{{"network.active_fraction"}, {}};
  for (const auto& [f, mean] : law.means) {
    SweepNumber error{.quantity = error_quantity(), .training_points = sweep_training_points};
    for (const double shared : data)
      error.draws.push_back(mean * shared * log_normal(law.own_spread));
    sweep.points.push_back({.values = {fmt::format("{}", f)}, .numbers = {error}});
  }
  return sweep;
}

}  // namespace wideproof::compare::testing
