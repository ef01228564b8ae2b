// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/joint_moments.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

#include "factor_model.hpp"
#include "panels.hpp"

namespace wideproof::theory {
namespace {

using std::numbers::pi;

constexpr double tested_fractions[] = {1e-4, .01, .1, .5, .9};

double fourth_moment(double tau) {
  return TruncatedMoments(tau, 1).single(4);
}

Eigen::Matrix4d on_a_circle(const std::vector<double>& angles) {
  Eigen::Matrix4d c;
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) {
      c(i, j) = std::cos(angles[static_cast<std::size_t>(i)] - angles[static_cast<std::size_t>(j)]);
    }
  }
  return c;
}

/// E[Π(u_i−τ)₊], u_i = r cos(θ−θ_i) for normals in the plane, in polar coordinates: panels end
/// where another normal is the last to become active.
double planar_moment(double tau, const std::vector<double>& angles) {
  std::vector<double> kinks{-pi, pi};
  for (const double a : angles) {
    for (const double b : angles) {
      for (int turn = -3; turn <= 3; ++turn) {
        for (const double kink : {.5 * (a + b) + turn * pi, a + (turn + .5) * pi}) {
          if (kink > -pi && kink < pi) kinks.push_back(kink);
        }
      }
    }
  }
  std::sort(kinks.begin(), kinks.end());
  std::vector<double> edges;
  for (std::size_t i = 0; i + 1 < kinks.size(); ++i) {
    for (int part = 0; part < 8; ++part) {
      edges.push_back(kinks[i] + (kinks[i + 1] - kinks[i]) * part / 8);
    }
  }
  edges.push_back(pi);
  double sum = 0;
  for (const auto& [theta, weight] : panel_nodes(edges)) {
    double low = 0;
    double high = 14;
    for (const double angle : angles) {
      const double cosine = std::cos(theta - angle);
      if (cosine > 0) low = std::max(low, tau / cosine);
      if (cosine <= 0) high = cosine < 0 ? std::min(high, tau / cosine) : high;
    }
    if (!(low < high)) continue;
    std::vector<double> radii;
    for (int part = 0; part <= 14; ++part) radii.push_back(low + (high - low) * part / 14);
    for (const auto& [r, dr] : panel_nodes(radii)) {
      double product = weight * dr * r * std::exp(-.5 * r * r) / (2 * pi);
      for (const double angle : angles) product *= positive_part(r * std::cos(theta - angle) - tau);
      sum += product;
    }
  }
  return sum;
}

TEST(QuadrupleMoment, AgreesWithSumsOverTwoCommonFactors) {
  double largest = 0;
  for (const auto& model : factor_models()) {
    for (const double f : tested_fractions) {
      const double tau = tau_of(f);
      const double expected = model.average([&](const Eigen::Vector4d& means) {
        double product = 1;
        for (int i = 0; i < 4; ++i) product *= model.value(i, tau, means(i));
        return product;
      });
      const double size = fourth_moment(tau);
      EXPECT_NEAR(quadruple_moment(tau, model.correlation()), expected, quadruple_accuracy * size)
          << f << "\n"
          << model.correlation();
      largest = std::max(largest, expected / size);
    }
  }
  EXPECT_GT(largest, .5) << "too little to be off by";
}

TEST(QuadrupleMoment, AgreesWithPolarCoordinatesInAPlane) {
  const std::vector<std::vector<double>> inputs = {{0, .25 * pi, .5 * pi, .75 * pi},
                                                   {0, .1, .3, .35},
                                                   {0, .001, .2, .2001},
                                                   {0, 1e-7, 1, -.7},
                                                   {0, 0, 1, -.7},
                                                   {.3, .3, -.5, -.5},
                                                   {0, pi, .5, .9},
                                                   {0, .4, pi, .4 + pi},
                                                   {0, 0, 0, .4},
                                                   {0, 1e-5, 2e-5, .1},
                                                   {0, 2, 4, 1}};
  for (const auto& angles : inputs) {
    for (const double f : tested_fractions) {
      const double tau = tau_of(f);
      EXPECT_NEAR(quadruple_moment(tau, on_a_circle(angles)), planar_moment(tau, angles),
                  quadruple_accuracy * fourth_moment(tau))
          << f << "\n"
          << on_a_circle(angles);
    }
  }
}

TEST(QuadrupleMoment, OfEqualInputsIsThatOfFewer) {
  for (const double f : tested_fractions) {
    const double tau = tau_of(f);
    const double size = fourth_moment(tau);
    EXPECT_NEAR(quadruple_moment(tau, Eigen::Matrix4d::Ones()), size, quadruple_accuracy * size);
    const TruncatedMoments m(tau, .4);
    Eigen::Matrix4d twice;
    twice << 1, .4, 1, .4, .4, 1, .4, 1, 1, .4, 1, .4, .4, 1, .4, 1;
    EXPECT_NEAR(quadruple_moment(tau, twice), m(2, 2), quadruple_accuracy * size);
    Eigen::Matrix4d thrice = Eigen::Matrix4d::Ones();
    thrice.row(2).setConstant(.4);
    thrice.col(2).setConstant(.4);
    thrice(2, 2) = 1;
    EXPECT_NEAR(quadruple_moment(tau, thrice), m(3, 1), quadruple_accuracy * size);
  }
}

TEST(QuadrupleMoment, OfIndependentInputsIsTheProduct) {
  for (const double f : tested_fractions) {
    const double mean = TruncatedMoments(tau_of(f), 0).single(1);
    EXPECT_NEAR(quadruple_moment(tau_of(f), Eigen::Matrix4d::Identity()), std::pow(mean, 4),
                quadruple_accuracy * std::pow(mean, 4));
  }
}

TEST(TripleMoments, AgreeWithSumsOverTwoCommonFactors) {
  for (const auto& model : factor_models()) {
    const auto c = model.correlation();
    for (const double f : tested_fractions) {
      const double tau = tau_of(f);
      const Eigen::Vector2d expected = model.average([&](const Eigen::Vector4d& means) {
        const double inner = model.value(1, tau, means(1)) * model.value(2, tau, means(2));
        return Eigen::Vector2d(inner * model.active(0, tau, means(0)),
                               inner * model.value(0, tau, means(0)));
      });
      const auto moments = triple_moments(tau, c(0, 1), c(0, 2), c(1, 2));
      const TruncatedMoments m(tau, 1);
      EXPECT_NEAR(moments[0], expected(0), triple_accuracy * m.single(2));
      EXPECT_NEAR(moments[1], expected(1), triple_accuracy * m.single(3));
    }
  }
}

const std::vector<std::vector<double>> planar_triples = {
    {0, 1, 2.5}, {0, .1, .3}, {0, .5, -.4}, {.3, 0, .301}, {0, 1.2, -1.2}, {0, 3, .4}};

TEST(TripleMoments, AgreeWithPolarCoordinatesInAPlane) {
  for (const auto& x : planar_triples) {
    for (const double f : tested_fractions) {
      const double tau = tau_of(f);
      const auto moments =
          triple_moments(tau, std::cos(x[0] - x[1]), std::cos(x[0] - x[2]), std::cos(x[1] - x[2]));
      const TruncatedMoments m(tau, 1);
      EXPECT_NEAR(moments[1], planar_moment(tau, x), triple_accuracy * m.single(3));
      EXPECT_NEAR(moments[2], planar_moment(tau, {x[0], x[0], x[1], x[2]}),
                  triple_accuracy * m.single(4));
    }
  }
}

TEST(QuadrupleMoment, OfThreeInAPlaneAndOneAcrossIsAProduct) {
  for (const auto& x : planar_triples) {
    Eigen::Matrix4d c = on_a_circle({x[0], x[1], x[2], 0});
    c.row(3).setZero();
    c.col(3).setZero();
    c(3, 3) = 1;
    for (const double f : tested_fractions) {
      const double tau = tau_of(f);
      const TruncatedMoments m(tau, 1);
      EXPECT_NEAR(quadruple_moment(tau, c), planar_moment(tau, x) * m.single(1),
                  quadruple_accuracy * m.single(3) * m.single(1));
    }
  }
}

TEST(TripleMoments, OfEqualInputsAreThoseOfFewer) {
  for (const double f : tested_fractions) {
    const double tau = tau_of(f);
    for (const double c : {-1.0, -.5, 0.0, .9, 1.0}) {
      const TruncatedMoments m(tau, c);
      const auto same_as_outer = triple_moments(tau, 1, c, c);
      const auto same_inner = triple_moments(tau, c, c, 1);
      for (int p = 0; p < 3; ++p) {
        const auto i = static_cast<std::size_t>(p);
        const double accuracy = triple_accuracy * m.single(p + 2);
        EXPECT_NEAR(same_as_outer[i], m(p + 1, 1), accuracy) << f << " " << c << " " << p;
        EXPECT_NEAR(same_inner[i], m(p, 2), accuracy) << f << " " << c << " " << p;
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
