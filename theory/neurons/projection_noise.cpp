// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/projection_noise.hpp>

#include <cmath>
#include <cstddef>

#include <Eigen/Core>
#include <boost/math/quadrature/gauss.hpp>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/difference_moments.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// m_pq = E[(u−α)₊^p (−v−α)₊^q] of u and v of correlation 1 − δ.
struct OppositeSides {
  double m00, m01, m11, m21, m22, m31;

  OppositeSides(double alpha, double delta) {
    if (delta < 1) {
      set_near(alpha, delta);
      return;
    }
    const TruncatedMoments m(alpha, delta - 1);
    m00 = m(0, 0);
    m01 = m(0, 1);
    m11 = m(1, 1);
    m21 = m(2, 1);
    m22 = m(2, 2);
    m31 = m(3, 1);
  }

 private:
  /// With u = α + rz, r² = δ(2−δ), −v is normal of mean −(1−δ)u and deviation r:
  /// m_pq = r^{p+q+1} ∫₀^∞ z^p g(α + rz) e_q(α(2−δ)/r + (1−δ)z) dz, which vanishes with δ.
  void set_near(double alpha, double delta) {
    m00 = m01 = m11 = m21 = m22 = m31 = 0;
    const double r = std::sqrt(delta * (2 - delta));
    const double shift = r > 0 ? alpha * (2 - delta) / r : 0;
    using Gauss = boost::math::quadrature::gauss<double, 30>;
    constexpr double end = 10;
    for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
      for (const double side : {-1.0, 1.0}) {
        const double z = 0.5 * end * (1 + side * Gauss::abscissa()[i]);
        const double h = shift + (1 - delta) * z;
        const auto e = tail_moments<2>(normal_density(h), normal_tail(h), h);
        const double weight = 0.5 * end * Gauss::weights()[i] * normal_density(alpha + r * z);
        m00 += weight * e[0];
        m01 += weight * e[1];
        m11 += weight * z * e[1];
        m21 += weight * z * z * e[1];
        m22 += weight * z * z * e[2];
        m31 += weight * z * z * z * e[1];
      }
    }
    m00 *= r;
    m01 *= r * r;
    m11 *= std::pow(r, 3);
    m21 *= std::pow(r, 4);
    m22 *= std::pow(r, 5);
    m31 *= std::pow(r, 5);
  }
};

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

  /// Adds that for signed neurons.
  void add(const OppositeSides& m) {
    drop += 2 * m.m11;
    missed += 2 * m.m01;
    slope += 2 * m.m00;
    Eigen::Matrix2d products;
    products << m.m22, m.m21, m.m21, m.m11;
    differences -= 4 * products;
    distance_with_sums += Eigen::Vector2d(4 * m.m31 + 2 * m.m22, 6 * m.m21);
    distance_square += 4 * m.m31 + 3 * m.m22;
  }
};

MagnitudeFeatures features_of(double alpha, bool is_signed, double delta) {
  MagnitudeFeatures features(DifferenceMoments(alpha, delta), is_signed ? 2 : 1);
  if (is_signed) features.add(OppositeSides(alpha, delta));
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
