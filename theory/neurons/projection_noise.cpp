// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/projection_noise.hpp>

#include <Eigen/Core>

#include <wideproof/theory/neurons/difference_moments.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// What NeuronFeatures are of φ² and φ, of φ² and |φ|: of x_a ± x_b and of Δ²/2.
struct MagnitudeFeatures {
  double mean_square;  ///< κ
  double mean;         ///< μ
  double active_fraction;
  double drop;    ///< κd
  double missed;  ///< μ − M
  double slope;   ///< κ dc_φ/dc
  Eigen::Matrix2d own;
  Eigen::Matrix2d differences;
  Eigen::Vector2d distance_with_sums;  ///< E[Δ²/2 (x_a + x_b)], the means' product not taken off
  double distance_square;              ///< E[Δ⁴]/4

  /// Of (u−α)₊, times `sides`: without what neurons do together on opposite sides.
  MagnitudeFeatures(const DifferenceMoments& m, double sides)
      : mean_square(sides * m.single(2)),
        mean(sides * m.single(1)),
        active_fraction(sides * m.single(0)),
        drop(sides * m.drop()),
        missed(sides * m.alone(1)),
        slope(sides * m.both_active()),
        distance_with_sums(0.5 * sides * m.square_with_squares(),
                           0.5 * sides * m.square_with_values()),
        distance_square(0.25 * sides * m.fourth()) {
    own << sides * m.single(4) - mean_square * mean_square,
        sides * m.single(3) - mean_square * mean, 0, mean_square - mean * mean;
    differences << sides * m.difference_of_squares(), sides * m.square_with_values(), 0,
        sides * 2 * m.drop();
    own(1, 0) = own(0, 1);
    differences(1, 0) = differences(0, 1);
  }

  /// Adds it for signed neurons: `m` of u and −v.
  void add_opposite_sides(const TruncatedMoments& m) {
    drop += 2 * m(1, 1);
    missed += 2 * m(0, 1);
    slope += 2 * m(0, 0);
    Eigen::Matrix2d products;
    products << m(2, 2), m(2, 1), m(2, 1), m(1, 1);
    differences -= 4 * products;
    distance_with_sums += Eigen::Vector2d(4 * m(3, 1) + 2 * m(2, 2), 6 * m(2, 1));
    distance_square += 4 * m(3, 1) + 3 * m(2, 2);
  }
};

MagnitudeFeatures features_of(double alpha, bool is_signed, double delta) {
  MagnitudeFeatures features(DifferenceMoments(alpha, delta), is_signed ? 2 : 1);
  if (is_signed) features.add_opposite_sides(TruncatedMoments(alpha, delta - 1));
  return features;
}

}  // namespace

ProjectedPair::ProjectedPair(double alpha, bool is_signed, double delta) {
  const auto features = features_of(alpha, is_signed, delta);
  const double square = features.mean_square;
  const double mean = features.mean;
  deficit = features.drop / square;
  slope = features.slope / square;
  const double by_threshold =
      (features.missed - deficit * mean) / (features.active_fraction - mean * mean / square);
  // On sums of φ² and of |φ|; both leave Δ²/2 − w·(x_a + x_b).
  const Eigen::Vector2d w(0.5 * deficit - 0.5 * by_threshold * mean / square, by_threshold);
  const Eigen::Vector2d covariance =
      features.distance_with_sums - 2 * features.drop * Eigen::Vector2d(square, mean);
  const Eigen::Matrix2d sums = 4 * features.own - features.differences;
  variance = (features.distance_square - features.drop * features.drop - 2 * w.dot(covariance) +
              w.dot(sums * w)) /
             (square * square);
}

}  // namespace wideproof::theory
