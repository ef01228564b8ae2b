// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::compare::testing {

/// Errors that no regression made, log-normal with known means. With P training points
///
///   E kernel = 1/P,   E predicted = (1 + theory_off)/P
///   E[network | draw] = kernel · (1 + excess_off + excess/n + curvature/n² + pole/|n/P − 1|)
///
/// The last is how the error of a readout without ridge behaves about n = P.
/// `spread` is the standard deviation of the logarithm of the kernel's error from draw to draw, of
/// which the prediction shares the part `shared`; `network_spread` that of one network on a draw.
struct InventedErrors {
  std::vector<std::int64_t> training_points = {128, 256, 512};
  std::int64_t draws = 5;
  std::vector<std::int64_t> widths = {512, 1024, 2048, 4096};
  std::int64_t networks = 4;
  double theory_off = 0.0;
  double excess_off = 0.0;
  double excess = 100.0;
  double curvature = 0.0;
  double pole = 0.0;
  double spread = 0.05;
  double shared = 0.5;
  double network_spread = 0.02;
  bool predicted = true;
};

inline model::GeneralizationMeasurement draw_errors(const InventedErrors& law,
                                                    boost::random::mt19937_64& rng) {
  boost::random::normal_distribution<double> normal;
  const auto log_normal = [](double noise, double spread) {
    return std::exp(spread * noise - spread * spread / 2.0);
  };
  model::GeneralizationMeasurement measured;
  for (const std::int64_t points : law.training_points) {
    for (std::int64_t draw = 0; draw < law.draws; ++draw) {
      const double mean = 1.0 / static_cast<double>(points);
      const double noise = normal(rng);
      model::DrawnRegression regression{points, 2 * points, draw, {}, {}};
      const double pool = mean * log_normal(noise, law.spread);
      regression.kernel = {pool, 0.0, 2.0 * pool};
      if (law.predicted)
        regression.predicted = model::PredictedError{
            mean * (1.0 + law.theory_off) * log_normal(noise, law.shared * law.spread), 0.1, 0.5,
            10.0, 20.0};
      measured.draws.push_back(regression);
      for (const std::int64_t width : law.widths) {
        const auto n = static_cast<double>(width);
        for (std::int64_t r = 0; r < law.networks; ++r) {
          const double descent =
              law.pole == 0.0 ? 0.0 : law.pole / std::abs(n / static_cast<double>(points) - 1.0);
          const double error =
              pool * (1.0 + law.excess_off + law.excess / n + law.curvature / n / n + descent) *
              log_normal(normal(rng), law.network_spread);
          measured.networks.push_back({points, draw, width, r, {error, 0.0, 2.0 * error}});
        }
      }
    }
  }
  return measured;
}

}  // namespace wideproof::compare::testing
