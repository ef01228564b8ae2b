// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/panel_mean.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/piecewise_function.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/pointwise/pair_curve.hpp>

#include "kernel_reference.hpp"
#include "test_function.hpp"

namespace wideproof::theory {
namespace {

using model::Function;
using model::Kink;
using testing::AllOf;
using testing::HasSubstr;

struct Reference {
  Function function;
  double tau, qa, qb, c;
  double value, slope;
};

// Conditional panels with 40 points each, 33 digits.
const std::vector<Reference>& references() {
  static const std::vector<Reference> rows = {
      {Function::hard_swish, 0, 1, 1, -0.9, -0.153716302474140717242, 0.1527092186545615092524},
      {Function::hard_swish, 0, 1, 1, 0.5, 0.1660820035445987670527, 0.3038427590806585502522},
      {Function::hard_swish, 0, 1, 1, 0.999999, 0.3315670166072786390198, 0.3585301576462701486212},
      {Function::silu, 0, 1, 1, 0.5, 0.1831696630881595408246, 0.3122796152935397991094},
      {Function::silu, 0, 2, 0.5, -0.3, -0.02903204261563971351104, 0.2153970179510881327232},
      {Function::silu, 0, 0.0001, 30, 0.99, 0.0136637423293991742481, 0.2520537800517928004389},
      {Function::softplus, 0, 1, 1, 0.999, 0.9209525522407729175491, 0.2933342019862871186639},
      {Function::gelu, 1, 1, 1, 0.5, 0.01959918007403726455095, 0.06280321887695377094688},
      {Function::gelu, 2.5, 1, 1, -0.3, 0.0009984271911666327194642, 0.001364547676994920041965},
      {Function::gelu, 1, 2, 0.5, 0.9, 0.05177032493839995563911, 0.1097897878081238566449},
      {Function::hard_tanh, 0, 2, 0.5, -0.3, -0.1324176086250679008583, 0.4469848813167636113525},
      {Function::hard_tanh, 1, 1, 1, 0.99, 0.674763213373978931941, 0.4516846719301044697427},
      {Function::mish, 0, 1, 1, 0.7, 0.3169483119439504996812, 0.4250058314771009464125},
      {Function::mish, 2, 3, 3, 0.999, 0.03852046634394284863505, 0.02724233568744606793813},
      {Function::elu, 0, 1, 1, 0.5, 0.324783648956762436293, 0.617184210078258470992},
      {Function::elu, 0, 0.0001, 30, -0.9, -0.02793292977997091715676, 0.566771100232766946465},
      {Function::elu, 0, 100, 100, 0.99, 49.92711556970883589766, 0.5088412905872220873669},
  };
  return rows;
}

TEST(PanelMean, AgreesWithQuadratureOf33Digits) {
  for (const auto& row : references()) {
    const auto mean = panels_of({.function = row.function}, row.tau);
    const auto pair = GaussianPair::of(row.qa, row.qb, row.c * std::sqrt(row.qa * row.qb));
    EXPECT_NEAR(mean->value(pair), row.value, 1e-14 * scale_of(*mean, row.qa, row.qb))
        << name_of(row.function) << ' ' << row.c;
    EXPECT_NEAR(mean->slope(pair), row.slope, 1e-14 * scale_of(*mean, row.qa, row.qb, true))
        << name_of(row.function) << ' ' << row.c;
  }
}

TEST(PanelMean, OfThresholdedReluAgreesWithFortyDigitQuadrature) {
  const model::PointwiseOptions relu{.function = Function::rectified_power, .order = 1};
  const model::PointwiseOptions step{.function = Function::rectified_power, .order = 0};
  for (const auto& row : kernel_references()) {
    const auto of_relu = panels_of(relu, row.tau);
    const auto of_step = panels_of(step, row.tau);
    const auto pair = GaussianPair::of(1, 1, row.c);
    EXPECT_NEAR(of_relu->value(pair), row.value, 1e-14 * scale_of(*of_relu, 1, 1)) << row.c;
    EXPECT_NEAR(of_relu->slope(pair), row.derivative, 1e-14 * row.active_fraction) << row.c;
    EXPECT_NEAR(of_step->value(pair), row.derivative, 1e-14 * row.active_fraction) << row.c;
  }
}

TEST(PanelMean, OfAJumpAgreesWithItsClosedForm) {
  // e^{1+c} P(u, v > 3/2 + c), 60 digits.
  const PanelMean mean({cut_exponential(), 0, "network.activation", "callable"});
  EXPECT_NEAR(mean.value(GaussianPair::of(1, 1, 0.5)), 0.018164044844797734316, 1e-15);
  EXPECT_NEAR(mean.value(GaussianPair::of(1, 1, -0.9)), 0.00022557094245516388395, 1e-15);
  EXPECT_NEAR(mean.value(GaussianPair::of_deficit(1, 1e-6)), 0.045810576525829489279, 1e-15);
}

TEST(PanelMean, KeepsTheDigitsOfWhatNearPairsOfAJumpLose) {
  const PanelMean mean({cut_exponential(), 0, "network.activation", "callable"});
  struct Drop {
    double delta, value;
  };
  for (const auto& [delta, value] : {Drop{0.3, 0.023959839653842800936},
                                     {1e-3, 0.0022295214322042182836},
                                     {1e-8, 7.306411573416408811e-6},
                                     {1e-15, 2.3107545753023828103e-9},
                                     {1e-22, 7.307247836000979812e-13},
                                     {1e-30, 7.3072478360846054788e-17}}) {
    constexpr double digits = 2e-14;
    EXPECT_NEAR(mean.drop(GaussianPair::of_deficit(1, delta)), value, digits * value) << delta;
  }
}

TEST(PanelMean, OfThresholdedReluKeepsTheDigitsOfDrops) {
  const model::PointwiseOptions relu{.function = Function::rectified_power, .order = 1};
  for (const auto& row : drop_references()) {
    if (row.scaling != 1 || row.delta > 1) continue;
    const double tau = ThresholdedReluKernel::from_active_fraction(row.active_fraction).tau();
    const double drop = panels_of(relu, tau)->drop(GaussianPair::of_deficit(1, row.delta));
    EXPECT_NEAR(drop, row.value, 2e-14 * row.value) << row.active_fraction << ' ' << row.delta;
  }
}

/// √|x|: E √|uv| = √2 Γ(¾)²/π ₂F₁(−¼, −¼; ½; c²), 40 digits.
TEST(PanelMean, OfARootTakesDropsFromDifferences) {
  const auto root = std::make_shared<const PanelMean>(layer_function(
      {.function = Function::expression, .expression = "sqrt(abs(x))"},
      model::make_nonlinearity({.function = Function::expression, .expression = "sqrt(abs(x))"})));
  EXPECT_FALSE(root->has_slope(1));
  const PairCurve curve(root, 1);
  const std::pair<double, double> drops[] = {{0.3, 0.075641906984952003},
                                             {1e-2, 0.0059157756429401271},
                                             {1e-3, 0.00082104882846944762},
                                             {1e-6, 1.5099620823695342e-6},
                                             {1e-10, 2.4285605514115873e-10}};
  for (const auto& [lack, exact] : drops) {
    EXPECT_NEAR(root->drop(GaussianPair::of_deficit(1, lack)), exact, 1e-9 * exact) << lack;
    EXPECT_NEAR(curve.drop(lack), exact, 1e-7 * exact) << lack;
  }
}

TEST(PanelMean, ErrorEstimateIsThatOfRoundingWhereTheFunctionIsWhatItSays) {
  for (const Function function : {Function::mish, Function::hard_swish, Function::softplus}) {
    const auto mean = panels_of({.function = function}, 1.0);
    for (const double lack : {0.0, 1e-6, 0.3, 1.5}) {
      EXPECT_LE(mean->error_estimate(GaussianPair::of_deficit(1, lack)), 5e-15);
    }
  }
}

TEST(PanelMean, FindsTheScaleOfAFunctionAtLargeVariances) {
  for (const double q : {1e4, 1e6}) {
    for (const double lack : {1e-6, 0.3, 1.5}) {
      EXPECT_LE(
          panels_of({.function = Function::elu})->error_estimate(GaussianPair::of_deficit(q, lack)),
          5e-15)
          << q << ' ' << lack;
    }
  }
}

TEST(PanelMean, FindsAKinkThatItWasNotTold) {
  const auto kinked = [](double x) { return std::abs(x - 0.3); };
  const auto told = panels_of(kinked, {{0.3, 0, 2}});
  const auto untold = panels_of(kinked);
  const auto pair = GaussianPair::of(1, 1, 0.5);
  EXPECT_NEAR(untold->value(pair), told->value(pair), 1e-14);
}

std::string refusal(const TestFunction::Function& f, double q) {
  try {
    panels_of(f)->value(GaussianPair::of(q, q, 0.5 * q));
  } catch (const model::InputError& error) {
    return error.what();
  }
  return "";
}

TEST(PanelMean, RefusesFunctionsWithoutASecondMoment) {
  const auto square = [](double x) { return std::exp(x * x); };
  EXPECT_THAT(refusal(square, 1), AllOf(HasSubstr("network.expression = \"f\""),
                                        HasSubstr("does not exist"), HasSubstr("is 1:")));
  EXPECT_EQ(refusal(square, 0.1), "");
  EXPECT_THAT(refusal([](double x) { return std::exp(x); }, 1e4), HasSubstr("does not exist"));
  EXPECT_THAT(refusal([](double x) { return std::exp(0.24 * x * x); }, 1),
              HasSubstr("beyond doubles"));
}

TEST(PanelMean, RefusesWhatIsNotFiniteWithinReachAndNamesWhere) {
  EXPECT_THAT(refusal([](double x) { return std::sqrt(x + 2); }, 1),
              HasSubstr("phi is not a number at x = -2.0"));
  EXPECT_EQ(refusal([](double x) { return std::sqrt(x + 2); }, 0.01), "");
  EXPECT_THAT(
      refusal([](double x) { return x < -2 ? std::numeric_limits<double>::infinity() : 1; }, 1),
      HasSubstr("phi is infinite at x = -2.0"));
  EXPECT_THAT(refusal([](double x) { return 1 / x; }, 1), HasSubstr("changes too fast"));
  EXPECT_THAT(refusal([](double x) { return x > 0.3 ? 1 : 0; }, 1), HasSubstr("near x = 0.3"));
  EXPECT_THAT(refusal([](double x) { return std::sin(1000 * x); }, 1),
              HasSubstr("changes too fast"));
}

TEST(PanelMean, OfNothingIsNothing) {
  const auto mean = panels_of([](double) { return 0.0; });
  const auto pair = GaussianPair::of(1, 1, 0.5);
  EXPECT_EQ(mean->value(pair), 0);
  EXPECT_EQ(mean->drop(pair), 0);
  const auto beyond = panels_of([](double x) { return x > 40 ? 1.0 : 0.0; });
  EXPECT_EQ(beyond->value(pair), 0);
}

/// x + e^{−b(x−0.3)²} and the bump alone, in closed form.
TEST(PanelMean, OfABumpThatIsNarrow) {
  for (const double b : {1e2, 1e3, 1e4, 1e5, 1e6}) {
    for (const double m : {0.3, -0.71}) {
      const auto phi =
          model::nonlinearity_of([=](double x) { return std::exp(-b * (x - m) * (x - m)); });
      const PanelMean mean(LayerFunction{phi, 0.0, "network.expression", "\"f\""});
      for (const double q : {0.2, 1.0, 9.0}) {
        const double exact = std::exp(-2 * b * m * m / (1 + 4 * b * q)) / std::sqrt(1 + 4 * b * q);
        EXPECT_NEAR(mean.value(GaussianPair::of_deficit(q, 0)), exact, 1e-12 * exact)
            << b << ' ' << m << ' ' << q;
        // D = (1 + 2bq)² − (2bqc)²
        const double c = 0.999;
        const double d = (1 + 2 * b * q) * (1 + 2 * b * q) - 4 * b * b * q * q * c * c;
        const double pair = std::exp(-2 * b * m * m * (1 + 2 * b * q * (1 - c)) / d) / std::sqrt(d);
        EXPECT_NEAR(mean.value(GaussianPair::of_deficit(q, 1 - c)), pair, 1e-11 * exact)
            << b << ' ' << m << ' ' << q;
      }
      const auto tilted =
          model::nonlinearity_of([=](double x) { return x + std::exp(-b * (x - m) * (x - m)); });
      const PanelMean sum(LayerFunction{tilted, 0.0, "network.expression", "\"f\""});
      const double square = std::exp(-2 * b * m * m / (1 + 4 * b)) / std::sqrt(1 + 4 * b);
      const double product =
          std::exp(-b * m * m / (1 + 2 * b)) / std::sqrt(1 + 2 * b) * 2 * b * m / (1 + 2 * b);
      EXPECT_NEAR(sum.value(GaussianPair::of_deficit(1, 0)), 1 + 2 * product + square, 1e-12)
          << b << ' ' << m;
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
