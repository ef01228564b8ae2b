// SPDX-License-Identifier: MIT
#include <wideproof/sim/projection/sparseness_projection.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

using Vector = std::vector<double>;

/// Half a unit in the last of ten printed digits behind the point.
constexpr double printed_digits = 0.5e-10;

double norm_of(const Vector& x) {
  return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
}
double sum_of(const Vector& x) {
  return std::accumulate(x.begin(), x.end(), 0.0,
                         [](double sum, double value) { return sum + std::abs(value); });
}

/// α by bisection of the ratio, which falls with α... of all entries at every step.
Vector by_bisection(const Vector& x, double ratio, double norm) {
  const double top = *std::max_element(x.begin(), x.end());
  const double bottom = *std::min_element(x.begin(), x.end());
  const auto cut = [&](double alpha) {
    Vector p = x;
    for (auto& value : p) value = std::max(value - alpha, 0.0);
    return p;
  };
  double low = bottom - 1e6 * (top - bottom + 1);
  double high = top;
  for (int i = 0; i < 200; ++i) {
    const double middle = low + (high - low) / 2;
    const auto p = cut(middle);
    (sum_of(p) >= ratio * norm_of(p) ? low : high) = middle;
  }
  auto p = cut(low);
  const double scale = norm / norm_of(p);
  for (auto& value : p) value *= scale;
  return p;
}

Vector normals(std::size_t size, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  Vector x(size);
  for (auto& value : x) value = normal(engine);
  return x;
}

// Sums of n terms carry n roundings, and a few times as many once means are taken off.
void expect_on_target(const Vector& p, double ratio, double norm) {
  const double rounding = std::max(static_cast<double>(p.size()), 400.) * 0x1p-52;
  EXPECT_NEAR(norm_of(p), norm, rounding * norm);
  EXPECT_NEAR(sum_of(p), ratio * norm, 4 * rounding * ratio * norm);
}

TEST(SparsenessProjection, HasThePrintedValues) {
  Vector x = {3, 1, 2, 5};
  auto project = SparsenessProjection::of_hoyer(4, .6, 1, false);
  const auto scale = project(x.data());
  const Vector printed = {.3758153142, 0, .1032612566, .9209234292};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(x[i], printed[i], printed_digits);
  EXPECT_NEAR(scale.alpha, 1.6211347667, printed_digits);
  EXPECT_NEAR(scale.beta, .2725540575, printed_digits);
  EXPECT_EQ(scale.support, 3);
  Vector g = {1, 2, 3, 4};
  pass_back_projection(scale, x.data(), 4, g.data());
  const Vector of_g = {-.4088310863, 0, .2725540575, .1362770288};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(g[i], of_g[i], printed_digits);
}

// The sparseness of x − min x, .4725, is where the last entry starts to be active; that of x is
// .2386.
TEST(SparsenessProjection, ActivatesEveryEntryBelowTheSparsenessOfTheVectorLessItsLeast) {
  for (const double sparseness : {.4724, .4726}) {
    Vector x = {3, 1, 2, 5};
    const auto scale = SparsenessProjection::of_hoyer(4, sparseness, 1, false)(x.data());
    EXPECT_EQ(scale.support, sparseness < .4725 ? 4 : 3);
  }
  EXPECT_NEAR(2 - 11 / std::sqrt(39.), .2386, 5e-5);
}

// The lowest entry is counted by its deficit: its magnitude, top less that, rounds to another.
TEST(SparsenessProjection, MakesAllEntriesAlikeAtNoSparseness) {
  for (const std::size_t size : {2, 3, 5, 100, 1000, 20000}) {
    for (unsigned seed = 0; seed < 5; ++seed) {
      for (const bool is_signed : {false, true}) {
        auto x = normals(size, seed);
        const auto n = static_cast<std::int64_t>(size);
        SparsenessProjection::of_hoyer(n, 0, 1, is_signed)(x.data());
        for (const double value : x)
          EXPECT_NEAR(std::abs(value), 1 / std::sqrt(static_cast<double>(size)), 1e-12);
      }
    }
  }
}

// Neither squares that overflow nor such that underflow are taken for ties.
TEST(SparsenessProjection, DependsOnNoScale) {
  for (const std::size_t size : {4, 100, 20000}) {
    for (const bool is_signed : {false, true}) {
      const auto x = normals(size, 1);
      auto plain = x;
      const auto n = static_cast<std::int64_t>(size);
      auto projection = SparsenessProjection::of_hoyer(n, .6, 1, is_signed);
      const auto scale = projection(plain.data());
      auto of_plain = x;
      pass_back_projection(scale, plain.data(), n, of_plain.data());
      for (const int exponent : {-1000, -700, -400, 400, 700, 1020}) {
        auto scaled = x;
        for (auto& value : scaled) value = std::ldexp(value, exponent);
        const auto other = projection(scaled.data());
        EXPECT_EQ(scaled, plain) << exponent;
        EXPECT_EQ(other.support, scale.support);
        EXPECT_EQ(other.alpha, std::ldexp(scale.alpha, exponent));
        EXPECT_EQ(other.beta, std::ldexp(scale.beta, -exponent));
      }
      // Of the smallest doubles fewer digits are there, and 1/x is no number.
      auto smallest = x;
      for (auto& value : smallest) value = std::ldexp(value, -1040);
      const auto other = projection(smallest.data());
      EXPECT_EQ(other.support, scale.support);
      EXPECT_TRUE(std::isfinite(other.beta));
      for (std::size_t i = 0; i < size; ++i) EXPECT_NEAR(smallest[i], plain[i], 1e-6);
      auto back = x;
      pass_back_projection(other, smallest.data(), n, back.data());
      for (const double value : back) EXPECT_FALSE(std::isnan(value));
    }
  }
}

TEST(SparsenessProjection, IsThatOfBisection) {
  for (const std::size_t size : {2, 3, 7, 100, 1001}) {
    for (unsigned seed = 0; seed < 5; ++seed) {
      for (const double sparseness : {.05, .3, .6, .8, .95, .99}) {
        for (const double offset : {0., 1e3}) {
          auto x = normals(size, seed);
          for (auto& value : x) value += offset;
          auto project = SparsenessProjection::of_hoyer(static_cast<std::int64_t>(size), sparseness,
                                                        2.5, false);
          const auto expected = by_bisection(x, project.ratio(), project.norm());
          project(x.data());
          expect_on_target(x, project.ratio(), project.norm());
          for (std::size_t i = 0; i < size; ++i) EXPECT_NEAR(x[i], expected[i], 1e-6) << size;
        }
      }
    }
  }
}

/// Normals; of heavy tails; of two values and noise; of many ties.
std::vector<Vector> long_vectors() {
  const auto normal = normals(40000, 4);
  std::vector<Vector> all(4, normal);
  for (auto& value : all[1]) value = std::exp(4 * value);
  for (auto& value : all[2]) value = value > 1 ? 1 + 1e-9 * value : 1e-3 * value;
  for (auto& value : all[3]) value = std::round(value);
  return all;
}

// Long vectors start from a guess and go on by Newton's steps.
TEST(SparsenessProjection, OfLongVectorsIsThatOfBisection) {
  for (const auto& x : long_vectors()) {
    for (const double sparseness : {.1, .5, .7, .9, .97}) {
      auto project = SparsenessProjection::of_hoyer(40000, sparseness, 1, false);
      const auto expected = by_bisection(x, project.ratio(), 1);
      auto p = x;
      const auto scale = project(p.data());
      expect_on_target(p, project.ratio(), 1);
      if (scale.beta == 0) continue;  // ties at the top: no nearest point
      for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(p[i], expected[i], 1e-7);
    }
  }
}

TEST(SparsenessProjection, OfASignedVectorIsThatOfItsMagnitudes) {
  const auto x = normals(300, 1);
  auto p = x;
  auto magnitudes = x;
  for (auto& value : magnitudes) value = std::abs(value);
  auto of_signed = SparsenessProjection::of_hoyer(300, .7, 1, true);
  of_signed(p.data());
  SparsenessProjection::of_hoyer(300, .7, 1, false)(magnitudes.data());
  for (std::size_t i = 0; i < 300; ++i) {
    EXPECT_EQ(std::abs(p[i]), magnitudes[i]);
    EXPECT_GE(p[i] * x[i], 0);
  }
  // In float32 to its rounding.
  std::vector<float> single(x.begin(), x.end());
  of_signed(single.data());
  for (std::size_t i = 0; i < 300; ++i) EXPECT_NEAR(single[i], p[i], 3e-7);
}

TEST(SparsenessProjection, LeavesWhatIsOnTargetAlone) {
  auto p = normals(200, 3);
  auto project = SparsenessProjection::of_hoyer(200, .8, 1, true);
  project(p.data());
  auto again = p;
  project(again.data());
  // 200 roundings of sums whose difference is a tenth of them.
  for (std::size_t i = 0; i < 200; ++i) EXPECT_NEAR(again[i], p[i], 200 * 10 * 0x1p-52);
}

TEST(SparsenessProjection, IsNearest) {
  const auto x = normals(40, 5);
  auto project = SparsenessProjection::of_hoyer(40, .6, 1, false);
  const auto distance = [&](const Vector& p) {
    double sum = 0;
    for (std::size_t i = 0; i < 40; ++i) sum += (p[i] - x[i]) * (p[i] - x[i]);
    return sum;
  };
  auto nearest = x;
  project(nearest.data());
  for (unsigned seed = 10; seed < 200; ++seed) {
    // Another point of the set, near: the projection of what lies beside.
    auto other = normals(40, seed);
    for (std::size_t i = 0; i < 40; ++i) other[i] = nearest[i] + .1 * other[i];
    project(other.data());
    EXPECT_GE(distance(other), distance(nearest) - 1e-12);
  }
}

TEST(SparsenessProjection, OfTiesIsAPointOfTheSet) {
  const double sparseness = .8;
  for (const bool is_signed : {false, true}) {
    for (const auto& x : std::vector<Vector>{Vector(50, 1.0),
                                             Vector(50, 0.0),
                                             Vector(50, -2.0),
                                             {1, 1, 1, 1, 0},
                                             {2, -2, 2, -2, 2, 2, 1}}) {
      auto p = x;
      auto project = SparsenessProjection::of_hoyer(static_cast<std::int64_t>(x.size()), sparseness,
                                                    1, is_signed);
      const auto scale = project(p.data());
      expect_on_target(p, project.ratio(), 1);
      EXPECT_EQ(scale.beta, 0);
      for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_TRUE(std::isfinite(p[i]));
        if (!is_signed) {
          EXPECT_GE(p[i], 0);
        }
      }
      Vector g(x.size(), 1);
      pass_back_projection(scale, p.data(), static_cast<std::int64_t>(x.size()), g.data());
      for (const double value : g) EXPECT_EQ(value, 0);
    }
  }
}

TEST(SparsenessProjection, ReachesBothEndsOfSparseness) {
  auto x = normals(30, 2);
  const auto top = std::max_element(x.begin(), x.end()) - x.begin();
  auto sparsest = x;
  SparsenessProjection::of_hoyer(30, 1, 3, false)(sparsest.data());
  for (std::size_t i = 0; i < 30; ++i)
    EXPECT_EQ(sparsest[i], static_cast<std::ptrdiff_t>(i) == top ? 3 : 0);
  SparsenessProjection::of_hoyer(30, 0, 3, false)(x.data());
  for (const double value : x) EXPECT_NEAR(value, 3 / std::sqrt(30.), 1e-14);
  Vector one = {-7};
  SparsenessProjection(1, 1, 2, true)(one.data());
  EXPECT_EQ(one[0], -2);
}

TEST(SparsenessProjection, PassesBackWhatFiniteDifferencesSay) {
  constexpr std::int64_t size = 25;
  const auto x = normals(size, 8);
  const auto g = normals(size, 9);
  for (const bool is_signed : {false, true}) {
    auto project = SparsenessProjection::of_hoyer(size, .5, 1.5, is_signed);
    auto p = x;
    const auto scale = project(p.data());
    auto back = g;
    pass_back_projection(scale, p.data(), size, back.data());
    for (std::size_t i = 0; i < size; ++i) {
      constexpr double step = 1e-6;
      double difference = 0;
      for (const double sign : {1., -1.}) {
        auto moved = x;
        moved[i] += sign * step;
        project(moved.data());
        difference += sign * std::inner_product(moved.begin(), moved.end(), g.begin(), 0.0);
      }
      EXPECT_NEAR(back[i], difference / (2 * step), 1e-7);
    }
  }
}

TEST(SparsenessProjection, RefusesWhatNoVectorHas) {
  EXPECT_THROW(SparsenessProjection(10, .9, 1, false), std::invalid_argument);
  EXPECT_THROW(SparsenessProjection(10, 3.2, 1, false), std::invalid_argument);
  EXPECT_THROW(SparsenessProjection(10, 2, 0, false), std::invalid_argument);
  EXPECT_THROW(SparsenessProjection(0, 1, 1, false), std::invalid_argument);
}

}  // namespace
}  // namespace wideproof::sim
