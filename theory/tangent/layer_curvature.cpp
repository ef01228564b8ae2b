// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/layer_curvature.hpp>

#include <cmath>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// Row of (x, a) for inputs x, a ∈ {0, 1}.
constexpr int row_of(int x, int a) {
  return 2 * x + a;
}

/// Derivatives at the threshold, unit variances: of s(x) = g(x) P(v>τ | x), and the second one of
/// y(x) = g(x) E[(v−τ)₊ | x].
struct AtThreshold {
  double density = 0;           ///< of the pair at (τ, τ)
  double first = 0, third = 0;  ///< s', s'''
  double bend = 0;              ///< y''
  double mixed = 0;             ///< E[δ'(u−τ) δ'(v−τ)]

  AtThreshold(double tau, double delta) {
    const double c = 1 - delta;
    const double g = normal_density(tau);
    const double spread = std::sqrt(delta * (2 - delta));
    const double z = tau * delta / spread;
    const double tail = normal_tail(z);
    const double lean = c / spread;
    density = g * normal_density(z) / spread;
    const double s = g * tail;
    const double edge = g * normal_density(z);
    const double turn = lean * z - tau;
    first = -tau * s + lean * edge;
    const double second = -s - tau * first + lean * turn * edge;
    third = -2 * first - tau * second + lean * (turn * turn - lean * lean - 1) * edge;
    const double mean = spread * (normal_density(z) - z * tail);
    bend = g * ((tau * tau - 1) * mean - 2 * tau * c * tail + c * lean * normal_density(z));
    // ∂p/∂K_ab = p (m_a m_b − (K⁻¹)_ab), m = K⁻¹ (τ, τ).
    const double m = tau / (1 + c);
    mixed = density * (m * m + c / (spread * spread));
  }
};

void set_symmetric(Eigen::Matrix3d& matrix, double own, double own_pair, double across,
                   double pair) {
  matrix << own, own_pair, across, own_pair, pair, own_pair, across, own_pair, own;
}

}  // namespace

LayerCurvature::LayerCurvature(const model::Network& network, double q, double delta) {
  for (int i = 0; i < 3; ++i) {
    const auto entry = static_cast<std::size_t>(i);
    gram[entry].setZero();
    slope[entry].setZero();
    pull[entry].setZero();
  }
  regression.setZero();
  if (network.activation() == model::Activation::linear) {
    set_linear(q, delta);
    return;
  }
  const bool has_threshold = network.activation() == model::Activation::thresholded_relu;
  const double tau = has_threshold ? tau_of(network.active_fraction()) : 0.0;
  const TruncatedMoments m(tau, 1 - delta);
  const double g = m.density();
  for (const std::size_t entry : {std::size_t{0}, std::size_t{2}}) {
    const auto own = static_cast<Eigen::Index>(entry);
    gram[entry](own, own) = tau * g / (2 * q);
    slope[entry](own, own) = (tau * tau - 3) * tau * g / (4 * q * q);
    pull[entry](own / 2, own / 2) = tau * g / q;
  }
  if (delta > 0) {
    const AtThreshold at(tau, delta);
    set_symmetric(gram[1], at.bend / (4 * q), -at.first / (2 * q), at.density / (4 * q),
                  at.density / q);
    set_symmetric(slope[1], -at.third / (4 * q * q), 0, at.mixed / (4 * q * q), at.mixed / (q * q));
    // ½ ∂p/∂K_aa·2: E[∂_a³∂_b] halved is ∂p/∂K_aa = p (m_a² − (K⁻¹)_aa)/2.
    const double lean = tau / (2 - delta);
    const double by_own = at.density * (lean * lean - 1 / (delta * (2 - delta))) / 2;
    slope[1](0, 1) = slope[1](1, 0) = slope[1](1, 2) = slope[1](2, 1) = by_own / (q * q);
    pull[1] << -at.first, at.density, at.density, -at.first;
    pull[1] /= q;
  } else {
    gram[1](0, 0) = gram[0](0, 0);
    slope[1](0, 0) = slope[0](0, 0);
    pull[1](0, 0) = pull[0](0, 0);
  }
  const double across = g * m.at_threshold(1);
  for (const int x : {0, 1}) {
    regression(row_of(x, x), x) = m.single(0);
    regression(row_of(x, 1 - x), x) = m(0, 0);
    regression(row_of(x, 1 - x), 1 - x) = across;
    for (const int a : {0, 1}) {
      for (const int y : {0, 1}) {
        for (const int b : {0, 1}) {
          const bool is_alone = x == y && a == x && b == x;
          const double moment = is_alone ? m.single(2) : x == y ? m(2, 0) : m(1, 1);
          moments(row_of(x, a), row_of(y, b)) = q * moment;
        }
      }
    }
  }
}

void LayerCurvature::set_linear(double q, double delta) {
  for (const int x : {0, 1}) {
    for (const int a : {0, 1}) {
      regression(row_of(x, a), x) = 1;
      for (const int y : {0, 1}) {
        for (const int b : {0, 1}) {
          moments(row_of(x, a), row_of(y, b)) = x == y ? q : q * (1 - delta);
        }
      }
    }
  }
}

Eigen::Vector3d LayerCurvature::pulled(const Products& products) const {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  constexpr int first[] = {0, 0, 1};
  constexpr int second[] = {0, 1, 1};
  for (int entry = 0; entry < 3; ++entry) {
    for (const int w : {0, 1}) {
      for (const int other : {0, 1}) {
        sum(entry) += pull[static_cast<std::size_t>(entry)](w, other) *
                      products(row_of(w, first[entry]), row_of(other, second[entry]));
      }
    }
  }
  return sum;
}

LayerCurvature::Products LayerCurvature::next(const Products& products,
                                              const Eigen::Vector3d& tangent) const {
  Products result;
  for (const int x : {0, 1}) {
    for (const int a : {0, 1}) {
      for (const int y : {0, 1}) {
        for (const int b : {0, 1}) {
          const int row = row_of(x, a), column = row_of(y, b);
          double sum = moments(row, column) * tangent(a + b);
          for (const int w : {0, 1}) {
            for (const int other : {0, 1}) {
              sum += regression(row, w) * regression(column, other) *
                     products(row_of(w, a), row_of(other, b));
            }
          }
          result(row, column) = sum;
        }
      }
    }
  }
  return result;
}

}  // namespace wideproof::theory
