// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/joint_features.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include <wideproof/theory/neurons/joint_moments.hpp>
#include <wideproof/theory/neurons/packed_triangle.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

using Eigen::Index;

/// E[φ_a^p φ_bφ_c], p ≤ 2, and E[φ_aφ_bφ_cφ_d] of all inputs.
class MomentTable {
 public:
  MomentTable(double tau, const Eigen::MatrixXd& c) : tau_(tau), c_(c), inputs_(c.rows()) {
    for (Index b = 0; b < inputs_; ++b) {
      for (Index a = 0; a <= b; ++a) pairs_.emplace_back(tau, c(a, b));
    }
    for (Index a = 0; a < inputs_; ++a) {
      for (Index last = 0; last < inputs_; ++last) {
        for (Index b = 0; b <= last; ++b) triples_.push_back(triple(a, b, last));
      }
    }
  }

  const TruncatedMoments& pair(Index a, Index b) const {
    return pairs_[static_cast<std::size_t>(packed_index(a, b))];
  }

  /// E[φ_a^p φ_bφ_c], φ⁰ = 1(u>τ)
  double triple(int p, Index a, Index b, Index c) const {
    return triples_[triple_index(a, b, c)][static_cast<std::size_t>(p)];
  }

  /// E[φ_aφ_bφ_cφ_d]
  double quadruple(Index a, Index b, Index c, Index d) {
    std::array<Index, 4> x{a, b, c, d};
    std::sort(x.begin(), x.end());
    for (std::size_t i = 0; i + 1 < 4; ++i) {
      if (x[i] == x[i + 1]) return triple(2, x[i], x[i == 0 ? 2 : 0], x[i == 2 ? 1 : 3]);
    }
    const Eigen::Matrix4d block = c_(x, x);
    const auto [place, is_new] = quadruples_.try_emplace(key(block), 0.0);
    if (is_new) place->second = quadruple_moment(tau_, block);
    return place->second;
  }

 private:
  using Key = std::array<long long, 6>;

  std::size_t triple_index(Index a, Index b, Index c) const {
    return static_cast<std::size_t>(a * packed_size(inputs_) + packed_index(b, c));
  }

  std::array<double, 3> triple(Index a, Index b, Index c) const {
    if (a == b || a == c || b == c) {
      const Index other = b == c ? b : a == b ? c : b;
      const TruncatedMoments& m = pair(a, other);
      if (b != c) return {m(1, 1), m(2, 1), m(3, 1)};
      if (a == b) return {m.single(2), m.single(3), m.single(4)};
      return {m(0, 2), m(1, 2), m(2, 2)};
    }
    return triple_moments(tau_, c_(a, b), c_(a, c), c_(b, c));
  }

  /// The six correlations in that order of the inputs which puts them first.
  static Key key(const Eigen::Matrix4d& block) {
    constexpr double resolution = 1e13;
    std::array<int, 4> order{0, 1, 2, 3};
    Key first{};
    first.fill(std::numeric_limits<long long>::max());
    do {
      Key candidate{};
      std::size_t place = 0;
      for (std::size_t j = 1; j < 4; ++j) {
        for (std::size_t i = 0; i < j; ++i) {
          candidate[place++] = std::llround(resolution * block(order[i], order[j]));
        }
      }
      first = std::min(first, candidate);
    } while (std::next_permutation(order.begin(), order.end()));
    return first;
  }

  double tau_;
  const Eigen::MatrixXd& c_;
  Index inputs_;
  std::vector<TruncatedMoments> pairs_;
  std::vector<std::array<double, 3>> triples_;
  std::map<Key, double> quadruples_;
};

}  // namespace

JointFeatures::JointFeatures(const NeuronResponse& response, const Eigen::MatrixXd& correlation)
    : inputs_(correlation.rows()) {
  const Index size = packed_size(inputs_) + 2 * inputs_;
  covariance_ = Eigen::MatrixXd::Zero(size, size);
  if (response.linear) {
    set_linear(correlation);
  } else {
    set_rectified(response, correlation);
  }
  covariance_.triangularView<Eigen::StrictlyLower>() = covariance_.transpose();
}

Eigen::Index JointFeatures::value(Eigen::Index a) const {
  return packed_size(inputs_) + a;
}

Eigen::Index JointFeatures::threshold(Eigen::Index a) const {
  return packed_size(inputs_) + inputs_ + a;
}

void JointFeatures::set_linear(const Eigen::MatrixXd& c) {
  for (Index b = 0; b < inputs_; ++b) {
    for (Index a = 0; a <= b; ++a) {
      covariance_(value(a), value(b)) = c(a, b);
      const Index row = packed_index(a, b);
      for (Index q = 0; q < inputs_; ++q) {
        for (Index p = 0; p <= q; ++p) {
          covariance_(row, packed_index(p, q)) = c(a, p) * c(b, q) + c(a, q) * c(b, p);
        }
      }
    }
  }
}

void JointFeatures::set_rectified(const NeuronResponse& response, const Eigen::MatrixXd& c) {
  MomentTable moments(response.tau, c);
  const TruncatedMoments& own = moments.pair(0, 0);
  const double density = own.density();
  const double f = own.single(0);
  const double mean = own.single(1);
  const double tau = response.tau;
  for (Index b = 0; b < inputs_; ++b) {
    for (Index a = 0; a <= b; ++a) {
      const TruncatedMoments& m = moments.pair(a, b);
      const double kernel = m(1, 1);
      const double cosine = m.correlation();
      const Index row = packed_index(a, b);
      for (Index q = 0; q <= b; ++q) {
        for (Index p = 0; p <= q; ++p) {
          const Index column = packed_index(p, q);
          if (column > row) break;
          covariance_(column, row) =
              moments.quadruple(a, b, p, q) - kernel * moments.pair(p, q)(1, 1);
        }
      }
      for (Index p = 0; p < inputs_; ++p) {
        covariance_(row, value(p)) = moments.triple(1, p, a, b) - kernel * mean;
        if (response.is_quantile()) {
          covariance_(row, threshold(p)) = (moments.triple(0, p, a, b) - f * kernel) / density;
        } else if (response.is_std()) {
          const double to_a = c(p, a);
          const double to_b = c(p, b);
          covariance_(row, threshold(p)) =
              0.5 * tau *
              ((to_a * to_a + to_b * to_b) * density * m.at_threshold(1) +
               2 * to_a * to_b * m(0, 0));
        }
      }
      covariance_(value(a), value(b)) = kernel - mean * mean;
      double cross = 0;
      double both = 0;
      if (response.is_quantile()) {
        cross = (m(0, 1) - f * mean) / density;
        both = (m(0, 0) - f * f) / (density * density);
      } else if (response.is_std()) {
        cross = 0.5 * tau * cosine * cosine * density;
        both = 0.5 * tau * tau * cosine * cosine;
      }
      covariance_(value(a), threshold(b)) = covariance_(value(b), threshold(a)) = cross;
      covariance_(threshold(a), threshold(b)) = both;
    }
  }
}

}  // namespace wideproof::theory
