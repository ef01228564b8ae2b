// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/named_functions.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>
#include <vector>

namespace wideproof::model {
namespace {

/// φ and φ' as two callables of one number.
template <class Value, class Slope>
class NamedFunction final : public Nonlinearity {
 public:
  NamedFunction(Value value, Slope slope, std::vector<Kink> kinks)
      : value_(value), slope_(slope), kinks_(std::move(kinks)) {}

  void values(const double* x, std::int64_t count, double* out) const override {
    for (std::int64_t i = 0; i < count; ++i) out[i] = value_(x[i]);
  }
  void slopes(const double* x, std::int64_t count, double* out) const override {
    for (std::int64_t i = 0; i < count; ++i) out[i] = slope_(x[i]);
  }
  const std::vector<Kink>& kinks() const override { return kinks_; }

 private:
  Value value_;
  Slope slope_;
  std::vector<Kink> kinks_;
};

template <class Value, class Slope>
std::shared_ptr<const Nonlinearity> function_of(Value value, Slope slope,
                                                std::vector<Kink> kinks = {}) {
  return std::make_shared<NamedFunction<Value, Slope>>(value, slope, std::move(kinks));
}

double density(double x) {
  return std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi);
}

double cumulative(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double logistic(double x) {
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

/// `below` for x < 0, `above` for x > 0, their mean at 0.
double on_sides(double x, double below, double above) {
  return x > 0 ? above : x < 0 ? below : 0.5 * (below + above);
}

double power(double x, std::int64_t order) {
  return std::pow(x, static_cast<double>(order));
}

/// He_n(x)/√n! by its three-term recurrence.
double hermite(double x, std::int64_t order) {
  double value = 1, before = 0;
  for (std::int64_t n = 0; n < order; ++n) {
    const auto k = static_cast<double>(n);
    before = std::exchange(value, (x * value - std::sqrt(k) * before) / std::sqrt(k + 1));
  }
  return value;
}

std::shared_ptr<const Nonlinearity> rectified_power(std::int64_t n) {
  if (n == 0)
    return function_of([](double x) { return on_sides(x, 0, 1); }, [](double) { return 0.0; },
                       {{0, 1, 0}});
  return function_of([n](double x) { return x > 0 ? power(x, n) : 0; },
                     [n](double x) {
                       if (n == 1) return on_sides(x, 0, 1);
                       return x > 0 ? static_cast<double>(n) * power(x, n - 1) : 0;
                     },
                     {{0, 0, n == 1 ? 1.0 : 0.0}});
}

std::shared_ptr<const Nonlinearity> hard_tanh() {
  return function_of([](double x) { return std::clamp(x, -1.0, 1.0); },
                     [](double x) { return on_sides(1 - std::abs(x), 0, 1); },
                     {{-1, 0, 1}, {1, 0, -1}});
}

double hard_sigmoid(double x) {
  return std::clamp((x + 3) / 6, 0.0, 1.0);
}

double hard_sigmoid_slope(double x) {
  return on_sides(3 - std::abs(x), 0, 1. / 6);
}

std::shared_ptr<const Nonlinearity> hard_swish() {
  return function_of([](double x) { return x * hard_sigmoid(x); },
                     [](double x) { return hard_sigmoid(x) + x * hard_sigmoid_slope(x); },
                     {{-3, 0, -0.5}, {3, 0, -0.5}});
}

std::shared_ptr<const Nonlinearity> mish() {
  return function_of([](double x) { return x * std::tanh(softplus(x)); },
                     [](double x) {
                       const double t = std::tanh(softplus(x));
                       return t + x * (1 - t * t) * logistic(x);
                     });
}

std::shared_ptr<const Nonlinearity> gabor() {
  return function_of(
      [](double x) { return std::exp(-x * x) * std::sin(x); },
      [](double x) { return std::exp(-x * x) * (std::cos(x) - 2 * x * std::sin(x)); });
}

std::shared_ptr<const Nonlinearity> sigmoid_like() {
  constexpr double scale = 2.4020563531719796;
  return function_of([](double x) { return 0.5 + 0.5 * std::erf(x / scale); },
                     [](double x) {
                       return std::exp(-x * x / (scale * scale)) * std::numbers::inv_sqrtpi / scale;
                     });
}

}  // namespace

std::shared_ptr<const Nonlinearity> named_function(const PointwiseOptions& options) {
  const double b = options.function == Function::sin || options.function == Function::cos
                       ? options.frequency
                       : options.rate;
  const std::int64_t n = options.order;
  switch (options.function) {
    case Function::gelu:
      return function_of([](double x) { return x * cumulative(x); },
                         [](double x) { return cumulative(x) + x * density(x); });
    case Function::sin:
      return function_of([b](double x) { return std::sin(b * x); },
                         [b](double x) { return b * std::cos(b * x); });
    case Function::cos:
      return function_of([b](double x) { return std::cos(b * x); },
                         [b](double x) { return -b * std::sin(b * x); });
    case Function::leaky_relu:
      return function_of([a = options.slope](double x) { return x > 0 ? x : a * x; },
                         [a = options.slope](double x) { return on_sides(x, a, 1); },
                         {{0, 0, 1 - options.slope}});
    case Function::abs:
      return function_of([](double x) { return std::abs(x); },
                         [](double x) { return on_sides(x, -1, 1); }, {{0, 0, 2}});
    case Function::sign:
      return function_of([](double x) { return on_sides(x, -1, 1); }, [](double) { return 0.0; },
                         {{0, 2, 0}});
    case Function::elu:
      return function_of([](double x) { return x > 0 ? x : std::expm1(x); },
                         [](double x) { return x > 0 ? 1 : std::exp(x); }, {{0, 0, 0}});
    case Function::exp:
      return function_of([b](double x) { return std::exp(b * x); },
                         [b](double x) { return b * std::exp(b * x); });
    case Function::gauss:
      return function_of([b](double x) { return std::exp(-b * x * x); },
                         [b](double x) { return -2 * b * x * std::exp(-b * x * x); });
    case Function::rbf: {
      const double root = std::sqrt(2 * b);
      constexpr double quarter = std::numbers::pi / 4;
      return function_of(
          [root](double x) { return std::numbers::sqrt2 * std::sin(root * x + quarter); },
          [root](double x) { return std::numbers::sqrt2 * root * std::cos(root * x + quarter); });
    }
    case Function::gabor:
      return gabor();
    case Function::monomial:
      return function_of(
          [n](double x) { return power(x, n); },
          [n](double x) { return n == 0 ? 0 : static_cast<double>(n) * power(x, n - 1); });
    case Function::rectified_power:
      return rectified_power(n);
    case Function::hermite:
      return function_of([n](double x) { return hermite(x, n); },
                         [n](double x) {
                           return n == 0 ? 0
                                         : std::sqrt(static_cast<double>(n)) * hermite(x, n - 1);
                         });
    case Function::sigmoid_like:
      return sigmoid_like();
    case Function::softplus:
      return function_of(softplus, logistic);
    case Function::silu:
      return function_of([](double x) { return x * logistic(x); },
                         [](double x) {
                           const double s = logistic(x);
                           return s + x * s * (1 - s);
                         });
    case Function::mish:
      return mish();
    case Function::sigmoid:
      return function_of(logistic, [](double x) { return logistic(x) * logistic(-x); });
    case Function::hard_tanh:
      return hard_tanh();
    case Function::hard_sigmoid:
      return function_of(hard_sigmoid, hard_sigmoid_slope, {{-3, 0, 1. / 6}, {3, 0, -1. / 6}});
    case Function::hard_swish:
      return hard_swish();
    case Function::tanh:
      return function_of([](double x) { return std::tanh(x); },
                         [](double x) {
                           const double t = std::tanh(x);
                           return 1 - t * t;
                         });
    case Function::erf:
      return function_of([](double x) { return std::erf(x); },
                         [](double x) { return 2 * std::numbers::inv_sqrtpi * std::exp(-x * x); });
    case Function::linear:
      return function_of([](double x) { return x; }, [](double) { return 1.0; });
    case Function::expression:
    case Function::callable:
      break;
  }
  throw std::logic_error("named_function: has no name");
}

}  // namespace wideproof::model
