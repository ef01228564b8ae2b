// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/layer_mean.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <boost/math/special_functions/owens_t.hpp>
#include <wideproof/theory/pointwise/power_forms.hpp>
#include <wideproof/theory/pointwise/smooth_forms.hpp>

#include "printed.hpp"
#include "test_function.hpp"

namespace wideproof::theory {
namespace {

using model::Function;
using model::PointwiseOptions;

std::shared_ptr<const PairMean> mean_of(const PointwiseOptions& options) {
  return make_pair_mean(options, model::make_nonlinearity(options));
}

struct Printed {
  std::string name;
  PointwiseOptions options;
  double value, slope;      ///< q = 1, 1, c = 0.5
  double other, its_slope;  ///< q = 2, 0.5, c = −0.3
};

std::ostream& operator<<(std::ostream& out, const Printed& row) {
  return out << row.name;
}

/// Ten printed digits, from quadrature of another program. A slope that is not there is 0.
const std::vector<Printed>& printed_values() {
  static const std::vector<Printed> rows = {
      {"gelu",
       {.function = Function::gelu},
       0.2272949150,
       0.3422672425,
       0.0075631534,
       0.1995243110},
      {"sin", {.function = Function::sin}, 0.1917002498, 0.4148304099, -0.0872465248, 0.2994944986},
      {"cos", {.function = Function::cos}, 0.4148304099, 0.1917002498, 0.2994944986, -0.0872465248},
      {"leaky",
       {.function = Function::leaky_relu, .slope = 0.1},
       0.2966441013,
       0.3700000000,
       0.0440114350,
       0.2632203930},
      {"abs", {.function = Function::abs}, 0.7179955621, 0.3333333333, 0.6654885677, -0.1939733680},
      {"sign", {.function = Function::sign}, 0.3333333333, 0, -0.1939733680, 0},
      {"step",
       {.function = Function::rectified_power, .order = 0},
       0.3333333333,
       0,
       0.2015066580,
       0},
      {"relu",
       {.function = Function::rectified_power, .order = 1},
       0.3044988905,
       0.3333333333,
       0.0913721419,
       0.2015066580},
      {"relu2",
       {.function = Function::rectified_power, .order = 2},
       0.7067483358,
       1.2179955621,
       0.1011361310,
       0.3654885677},
      {"square", {.function = Function::monomial, .order = 2}, 1.5, 2, 1.18, -1.2},
      {"cube", {.function = Function::monomial, .order = 3}, 5.25, 13.5, -2.862, 10.62},
      {"hermite3", {.function = Function::hermite, .order = 3}, 0.125, 0.75, 0.198, -0.48},
      {"exp", {.function = Function::exp}, 4.4816890703, 4.4816890703, 2.5857096593, 2.5857096593},
      {"gauss",
       {.function = Function::gauss},
       0.3535533906,
       0.0883883476,
       0.3220783132,
       -0.0400927361},
      {"gaussHalf",
       {.function = Function::gauss, .rate = 0.5},
       0.5163977795,
       0.0688530373,
       0.4761904762,
       -0.0323939099},
      {"rbf", {.function = Function::rbf}, 0.3678794412, 0.7357588823, 0.0450492024, 0.0900984048},
      {"sigmoidLike",
       {.function = Function::sigmoid_like},
       0.2705405669,
       0.0413107535,
       0.2382474711,
       0.0392464573},
      {"elu", {.function = Function::elu}, 0.3247836490, 0.6171842101, -0.1451008133, 0.5576188958},
      {"softplus",
       {.function = Function::softplus},
       0.7800781652,
       0.2714283256,
       0.6058757130,
       0.2377484804}};
  return rows;
}

class PrintedMean : public testing::TestWithParam<Printed> {};

TEST_P(PrintedMean, IsReproduced) {
  const auto& row = GetParam();
  const auto mean = mean_of(row.options);
  const auto pair = GaussianPair::of(1, 1, 0.5);
  const auto other = GaussianPair::of(2, 0.5, -0.3);
  EXPECT_NEAR(mean->value(pair), row.value, printed(10));
  EXPECT_NEAR(mean->value(other), row.other, printed(10));
  if (!mean->has_slope(1)) return;
  EXPECT_NEAR(mean->slope(pair), row.slope, printed(10));
  EXPECT_NEAR(mean->slope(other), row.its_slope, printed(10));
}

INSTANTIATE_TEST_SUITE_P(Functions, PrintedMean, testing::ValuesIn(printed_values()),
                         [](const auto& row) { return row.param.name; });

/// Each closed form with some of its parameters.
std::vector<PointwiseOptions> closed_forms() {
  std::vector<PointwiseOptions> all;
  for (const Function function :
       {Function::gelu, Function::abs, Function::sign, Function::gabor, Function::sigmoid_like}) {
    all.push_back({.function = function});
  }
  for (const double b : {1.0, -0.7, 2.5}) {
    all.push_back({.function = Function::sin, .frequency = b});
    all.push_back({.function = Function::cos, .frequency = b});
    all.push_back({.function = Function::gauss, .rate = std::abs(b)});
    all.push_back({.function = Function::rbf, .rate = std::abs(b)});
  }
  for (const double b : {1.0, -0.7}) all.push_back({.function = Function::exp, .rate = b});
  for (const double a : {0.01, -0.4, 1.7}) {
    all.push_back({.function = Function::leaky_relu, .slope = a});
  }
  for (const std::int64_t n : {0, 1, 2, 3, 7, 12}) {
    all.push_back({.function = Function::rectified_power, .order = n});
    all.push_back({.function = Function::monomial, .order = n});
    all.push_back({.function = Function::hermite, .order = n});
  }
  return all;
}

constexpr std::array<std::array<double, 2>, 3> variances = {{{1, 1}, {2, 0.5}, {1e-4, 30}}};

class ClosedForm : public testing::TestWithParam<PointwiseOptions> {
 protected:
  std::shared_ptr<const PairMean> closed = mean_of(GetParam());
  std::shared_ptr<const PanelMean> panels = panels_of(GetParam());
};

TEST_P(ClosedForm, AgreesWithQuadratureOfTheFunction) {
  constexpr double tolerance = 1e-14;
  for (const auto& [qa, qb] : variances) {
    const double scale = scale_of(*panels, qa, qb);
    const double slope_scale = closed->has_slope(qa) ? scale_of(*panels, qa, qb, true) : 0;
    for (const double c : {-1.0, -0.9, -0.3, 0.0, 0.5, 0.99, 1 - 1e-6, 1.0}) {
      const auto pair = GaussianPair::of(qa, qb, c * std::sqrt(qa * qb));
      EXPECT_NEAR(closed->value(pair), panels->value(pair), tolerance * scale)
          << qa << ' ' << qb << ' ' << c;
      if (!closed->has_slope(qa)) continue;
      EXPECT_NEAR(closed->slope(pair), panels->slope(pair), tolerance * slope_scale)
          << qa << ' ' << qb << ' ' << c;
    }
  }
}

TEST_P(ClosedForm, AgreesWithQuadratureOfWhatNearPairsLose) {
  // What the ends of the line leave out of a constant, which loses nothing.
  const double of_ends = 1e-18 * scale_of(*closed, 1, 1);
  for (const double delta : {0.4, 0.02, 0.01, 1e-4, 1e-8, 1e-14, 1e-20}) {
    const auto pair = GaussianPair::of_deficit(1, delta);
    const double drop = closed->drop(pair);
    if (drop == 0) {
      EXPECT_NEAR(panels->drop(pair), 0, of_ends) << delta;
      continue;
    }
    EXPECT_NEAR(panels->drop(pair), drop, 1e-14 * drop) << delta;
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, ClosedForm, testing::ValuesIn(closed_forms()),
                         [](const auto& row) {
                           std::string name = std::to_string(row.index) + '_';
                           for (const char c : model::name_of(row.param.function)) {
                             name += c == '-' ? '_' : c;
                           }
                           return name;
                         });

// Steep, where the quadrature has to find the scale of φ in a small part of the line.
TEST(ClosedForms, AgreeWithQuadratureAtLargeAndSmallVariances) {
  for (const Function function :
       {Function::gelu, Function::sigmoid_like, Function::gauss, Function::gabor}) {
    const PointwiseOptions options{.function = function};
    const auto closed = mean_of(options);
    const auto panels = panels_of(options);
    for (const auto& [qa, qb] :
         {std::array{1e4, 1e4}, std::array{1e6, 1e-2}, std::array{1e-8, 1e-8}}) {
      for (const double c : {-0.9, 0.5, 1 - 1e-6}) {
        const auto pair = GaussianPair::of(qa, qb, c * std::sqrt(qa * qb));
        EXPECT_NEAR(closed->value(pair), panels->value(pair), 1e-14 * scale_of(*closed, qa, qb))
            << name_of(function) << ' ' << qa << ' ' << c;
        EXPECT_NEAR(closed->slope(pair), panels->slope(pair),
                    1e-14 * scale_of(*closed, qa, qb, true))
            << name_of(function) << ' ' << qa << ' ' << c;
      }
    }
  }
}

/// E[(e^u − 1)(e^v − 1); u, v < 0] and so on, by tilting the Gaussian: exact, with a loss of digits
/// at small and large variances.
double elu_by_tilting(double qa, double qb, double r) {
  const double c = r / std::sqrt(qa * qb), s = std::sqrt(1 - c * c);
  const auto cdf = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
  const auto density = [](double x) {
    return std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi);
  };
  const auto both_below = [&](double h, double k) {
    using boost::math::owens_t;
    const double sum = 0.5 * (cdf(h) + cdf(k)) - owens_t(h, (k - c * h) / (h * s)) -
                       owens_t(k, (h - c * k) / (k * s));
    return h * k < 0 || (h * k == 0 && h + k < 0) ? sum - 0.5 : sum;
  };
  const auto tilted = [&](double a, double b) {
    const double h = -(a * qa + b * r) / std::sqrt(qa), k = -(a * r + b * qb) / std::sqrt(qb);
    const double probability =
        a == 0 && b == 0 ? 0.25 + std::asin(c) / (2 * std::numbers::pi) : both_below(h, k);
    return std::exp(0.5 * (a * a * qa + 2 * a * b * r + b * b * qb)) * probability;
  };
  // E[(x + m)₊; y < k] of standard normals, less the same with m = 0, k = 0 untilted.
  const auto mixed = [&](double q, double other) {
    const auto part = [&](double a, double b, double mean) {
      const double first =
          density(a) * cdf((b - c * a) / s) - c * density(b) * cdf(-(a - c * b) / s);
      const double probability =
          cdf(b) -
          (a == 0 && b == 0 ? 0.25 + std::asin(c) / (2 * std::numbers::pi) : both_below(a, b));
      return std::sqrt(q) * first + mean * probability;
    };
    return std::exp(0.5 * other) * part(-r / std::sqrt(q), -std::sqrt(other), r) - part(0, 0, 0);
  };
  const double linear = LeakyReluForm{0}.value(GaussianPair::of(qa, qb, r));
  return linear + mixed(qa, qb) + mixed(qb, qa) + tilted(1, 1) - tilted(1, 0) - tilted(0, 1) +
         tilted(0, 0);
}

TEST(ClosedForms, OfEluByTiltingAgreesWithItsQuadrature) {
  const auto mean = mean_of({.function = Function::elu});
  for (const auto& [qa, qb, r] :
       {std::array{1.0, 1.0, 0.5}, std::array{2.0, 0.5, -0.3}, std::array{1.5, 0.8, 0.9}}) {
    EXPECT_NEAR(mean->value(GaussianPair::of(qa, qb, r)), elu_by_tilting(qa, qb, r), 1e-14);
  }
}

TEST(ClosedForms, OfHermitePolynomialsAreAPowerOfTheCorrelation) {
  for (const std::int64_t n : {1, 5, 50}) {
    const auto mean = mean_of({.function = Function::hermite, .order = n});
    for (const double c : {-0.8, 0.3, 0.99}) {
      EXPECT_NEAR(mean->value(GaussianPair::of(1, 1, c)), std::pow(c, n), 1e-15);
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
