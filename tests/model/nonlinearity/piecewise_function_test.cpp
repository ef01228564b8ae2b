// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/piecewise_function.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/pointwise.hpp>

namespace wideproof::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::shared_ptr<const Nonlinearity> of(const std::string& expression,
                                       std::optional<std::vector<double>> kinks = std::nullopt) {
  return make_nonlinearity(
      {.function = Function::expression, .expression = expression, .kinks = std::move(kinks)});
}

std::string complaint_of(const std::string& expression,
                         std::optional<std::vector<double>> kinks = std::nullopt) {
  try {
    of(expression, std::move(kinks));
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

TEST(PiecewiseFunction, EvaluatesExpressions) {
  const auto phi = of("x > 0.3 ? (x-0.3)^2 : 0");
  EXPECT_DOUBLE_EQ((*phi)(1.3), 1);
  EXPECT_EQ((*phi)(.2), 0);
  EXPECT_DOUBLE_EQ((*of("erf(x)+erfc(2*x)+expm1(x)-log1p(abs(x))"))(.4),
                   std::erf(.4) + std::erfc(.8) + std::expm1(.4) - std::log1p(.4));
}

/// A jump in φ, in φ' and in φ'', where nobody said that they are.
TEST(PiecewiseFunction, FindsKinks) {
  const auto curved = of("x > 0.3 ? (x-0.3)^2 : 0")->kinks();
  ASSERT_EQ(curved.size(), 1);
  EXPECT_NEAR(curved[0].at, .3, 1e-9);
  EXPECT_EQ(curved[0].jump, 0);
  EXPECT_EQ(curved[0].slope_jump, 0);

  const auto bent = of("max(x-0.7, 0) - 2*max(-x-0.2, 0)")->kinks();
  ASSERT_EQ(bent.size(), 2);
  EXPECT_NEAR(bent[0].at, -.2, 1e-13);
  EXPECT_NEAR(bent[0].slope_jump, -2, 1e-9);
  EXPECT_NEAR(bent[1].at, .7, 1e-13);
  EXPECT_NEAR(bent[1].slope_jump, 1, 1e-9);

  const auto broken = of("x > 0.5 ? exp(-x) : 0")->kinks();
  ASSERT_EQ(broken.size(), 1);
  EXPECT_NEAR(broken[0].at, .5, 1e-15);
  EXPECT_NEAR(broken[0].jump, std::exp(-.5), 1e-12);

  EXPECT_TRUE(of("tanh(5*x) + x^3*sin(x)")->kinks().empty());
  // Rounding of what large parts leave of each other is no kink.
  EXPECT_TRUE(of("x*(1+erf(x/sqrt(2)))/2")->kinks().empty());
  EXPECT_TRUE(of("0.5*x*(1+tanh(0.7978845608*(x+0.044715*x^3)))")->kinks().empty());
  EXPECT_TRUE(of("(1000+x)-1000")->kinks().empty());
  EXPECT_TRUE(of("ln(1+exp(x))")->kinks().empty());
  const auto zigzag = of("abs(abs(abs(x)-1)-0.25)")->kinks();
  ASSERT_EQ(zigzag.size(), 7);
  EXPECT_EQ(zigzag[3].at, 0);
}

/// However they lie to the nodes of polynomials.
TEST(PiecewiseFunction, FindsKinksWhereverTheyAre) {
  std::vector<double> places = {5.1057941870770165, -0.27134797990078496};
  for (int i = 0; i < 300; ++i) places.push_back(-9 + 18 * std::fmod(i * 0.6180339887498949, 1));
  for (const double at : places) {
    const auto kinks = nonlinearity_of([at](double x) { return x > at ? 1.0 : 0.0; })->kinks();
    ASSERT_EQ(kinks.size(), 1) << at;
    EXPECT_NEAR(kinks[0].at, at, 1e-14 * std::abs(at)) << at;
    EXPECT_EQ(kinks[0].jump, 1) << at;
    const auto hinge = nonlinearity_of([at](double x) { return std::abs(x - at); })->kinks();
    ASSERT_EQ(hinge.size(), 1) << at;
    EXPECT_NEAR(hinge[0].at, at, 1e-11) << at;
  }
}

TEST(PiecewiseFunction, FindsWhatIsNarrow) {
  const auto box = of("x + (abs(x-0.3) < 0.004 ? 1 : 0)")->kinks();
  ASSERT_EQ(box.size(), 2);
  EXPECT_NEAR(box[0].at, .296, 1e-14);
  EXPECT_NEAR(box[1].at, .304, 1e-14);
  const auto bump = of("x + exp(-1e5*(x-0.3)^2)");
  EXPECT_NEAR(bump->slope(.302), 1 - 400 * std::exp(-.4), 1e-8);
  EXPECT_EQ(complaint_of("exp(-1e5*(x-0.312)^2)"), "");
  EXPECT_EQ(complaint_of("x > 39.9999 ? x : 0"), "");
}

/// What x and large parts are rounded by is neither a kink nor a reason to refuse.
TEST(PiecewiseFunction, FindsNoKinksInRounding) {
  for (const std::string expression :
       {"sin(10*x)", "sin(100*x)", "cos(x^2/2)", "exp(x^2/5)", "x*sin(30*x) + 1000"}) {
    EXPECT_TRUE(of(expression)->kinks().empty()) << expression;
  }
  EXPECT_NEAR(of("sin(30*x)")->slope(.3), 30 * std::cos(9), 1e-10);
  EXPECT_NEAR(of("exp(x^2/5)")->slope(15), 6 * std::exp(45), 1e-11 * std::exp(45));
  for (const std::string expression : {"abs(x) - abs(x-0.001)", "1e-13*abs(x) - 1e-13*abs(x-1)"}) {
    const auto kinks = of(expression)->kinks();
    EXPECT_TRUE(std::any_of(kinks.begin(), kinks.end(), [](const Kink& kink) {
      return std::abs(kink.at) < 1e-9;
    })) << expression;
  }
  const auto waves = of("asin(sin(x))")->kinks();
  ASSERT_EQ(waves.size(), 26);
  EXPECT_NEAR(waves[13].at, std::acos(-1) / 2, 1e-7);
}

TEST(PiecewiseFunction, HasSlopesUpToItsKinks) {
  const auto phi = of("x > 0.5 ? exp(-x) : sin(3*x)");
  for (const double x : {-39.9, -2., .1, .499999999, .4999}) {
    EXPECT_NEAR(phi->slope(x), 3 * std::cos(3 * x), 1e-11) << x;
  }
  for (const double x : {.500000001, .51, 2., 39.}) {
    EXPECT_NEAR(phi->slope(x), -std::exp(-x), 1e-11) << x;
  }
  EXPECT_NEAR(phi->slope(100), -std::exp(-100), 1e-12);
  EXPECT_EQ(of("x-x+3")->slope(.7), 0);  // no rounding of 3
  const auto hinge = of("abs(x)");
  EXPECT_NEAR(hinge->slope(0), 0, 1e-12);
  EXPECT_NEAR(hinge->slope(-60), -1, 1e-9);
}

/// As large variances ask for them.
TEST(PiecewiseFunction, HasSlopesBeyondWhereItLooksForKinks) {
  const auto wave = of("sin(x)");
  for (const double x : {41., -60.3, 150., 3000.7})
    EXPECT_NEAR(wave->slope(x), std::cos(x), 1e-14 * std::max(100.0, std::abs(x))) << x;
  const auto slow = of("1e-3*sinh(1e-3*x)");
  EXPECT_NEAR(slow->slope(5e3), 1e-6 * std::cosh(5), 1e-17);
  const auto cap = of("max(min(x, 90), 50)", std::vector<double>{50, 90});
  EXPECT_NEAR(cap->kinks()[0].slope_jump, 1, 1e-9);
  for (const auto& cut : {cap, of("max(min(x, 90), 50)")}) {
    EXPECT_NEAR(cut->slope(49.999), 0, 1e-12);
    EXPECT_NEAR(cut->slope(50.001), 1, 1e-10);
    EXPECT_NEAR(cut->slope(89.999), 1, 1e-10);
    EXPECT_NEAR(cut->slope(90.001), 0, 1e-10);
  }
  EXPECT_TRUE(of("x > 70 ? 1 : 0", std::vector<double>{70})->has_jumps());
  EXPECT_TRUE(std::isnan(of("exp(x^2/5)")->slope(70)));
}

/// Jumps and bends are told by what φ is around them.
TEST(PiecewiseFunction, FindsKinksOfAnySize) {
  for (const double size : {1e-200, 1e-13, 1.0, 1e13, 1e200}) {
    const auto step =
        nonlinearity_of([=](double x) { return x > 0.7 ? 3 * size : 2 * size; })->kinks();
    ASSERT_EQ(step.size(), 1) << size;
    EXPECT_NEAR(step[0].jump, size, 1e-14 * size);
    EXPECT_EQ(step[0].slope_jump, 0);
    const auto bend = nonlinearity_of([=](double x) { return std::max(x - 0.7, 0.0) * size; });
    ASSERT_EQ(bend->kinks().size(), 1) << size;
    EXPECT_NEAR(bend->kinks()[0].at, .7, 1e-12);
    EXPECT_EQ(bend->kinks()[0].jump, 0);
    EXPECT_NEAR(bend->kinks()[0].slope_jump, size, 1e-9 * size);
  }
}

/// φ as muParser reads it and as C++ does, from several threads.
TEST(PiecewiseFunction, IsTheSameFromSeveralThreads) {
  const auto phi = of("x > 0 ? x*tanh(ln(1+exp(x))) : x^2/(1+abs(x))");
  const auto own = nonlinearity_of([](double x) {
    return x > 0 ? x * std::tanh(std::log(1 + std::exp(x))) : x * x / (1 + std::abs(x));
  });
  std::vector<double> x(5000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = -10 + .004 * static_cast<double>(i);
  std::vector<std::vector<double>> found(4, x);
  std::vector<std::thread> threads;
  for (auto& out : found)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i)
        phi->values(x.data(), static_cast<std::int64_t>(x.size()), out.data());
    });
  for (auto& thread : threads) thread.join();
  for (const auto& out : found)
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_NEAR(out[i], (*own)(x[i]), 1e-14 * std::max(1., std::abs(out[i]))) << x[i];
      ASSERT_NEAR(phi->slope(x[i]), own->slope(x[i]), 1e-9) << x[i];
    }
}

TEST(PiecewiseFunction, TakesGivenKinks) {
  const auto phi = of("x > 0.3 ? x : 0", std::vector<double>{.3, 70});
  ASSERT_EQ(phi->kinks().size(), 2);
  EXPECT_EQ(phi->kinks()[0].at, .3);
  EXPECT_NEAR(phi->kinks()[0].jump, .3, 1e-13);
  EXPECT_THAT(complaint_of("x > 0.3 ? x : 0", std::vector<double>{.4}),
              StartsWith("network.kinks = [0.4]: leaves out x = 0.3, where"));
}

TEST(PiecewiseFunction, SaysWhatIsWrong) {
  EXPECT_THAT(complaint_of("x + * 2"),
              StartsWith("network.expression = \"x + * 2\": cannot be parsed at "));
  EXPECT_THAT(complaint_of("y + 1"), HasSubstr("cannot be parsed at character 1"));
  EXPECT_EQ(complaint_of("(x"),
            "network.expression = \"(x\": cannot be parsed at its end: Missing parenthesis");
  EXPECT_EQ(
      complaint_of("x+"),
      "network.expression = \"x+\": cannot be parsed at its end: Unexpected end of expression");
  EXPECT_EQ(complaint_of("x+sin()"),
            "network.expression = \"x+sin()\": cannot be parsed at character 7: Too few parameters "
            "for function \"sin\"");
  EXPECT_EQ(
      complaint_of("x+z"),
      "network.expression = \"x+z\": cannot be parsed at character 3: Unexpected token \"z\"");
  EXPECT_THAT(complaint_of(""), HasSubstr("network.expression"));
  EXPECT_THAT(complaint_of("3 + 4"), HasSubstr("must depend on x"));
  EXPECT_THAT(complaint_of("x = 3"), HasSubstr("must not assign"));
  EXPECT_THAT(complaint_of("x, x^2"), HasSubstr("must be one expression, not 2"));
  EXPECT_THAT(complaint_of("sqrt(x)"), HasSubstr("is not a number at x = -3"));
  EXPECT_THAT(complaint_of("exp(x^2)"), HasSubstr("is infinite at x = -3"));
  EXPECT_THAT(complaint_of("1/x"), HasSubstr("grows without bound near x = "));
  EXPECT_THAT(complaint_of("rint(50*x)"), HasSubstr("is not smooth "));
  EXPECT_THAT(complaint_of(std::string(5000, 'x')), HasSubstr("has 5000 characters"));
}

}  // namespace
}  // namespace wideproof::model
