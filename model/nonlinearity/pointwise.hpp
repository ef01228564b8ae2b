// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>

namespace wideproof::model {

/// The functions that have a name.
///
///   gelu              x Φ(x)
///   sin, cos          sin(b x), cos(b x), b = `frequency`
///   leaky_relu        max(x, 0) + a min(x, 0), a = `slope`
///   abs, sign         |x|; 1, −1 and 0 at 0
///   elu               x for x > 0, else e^x − 1
///   exp               e^{b x}, b = `rate`
///   gauss             e^{−b x²}, b = `rate`
///   rbf               √2 sin(√(2b) x + π/4), b = `rate`: its kernel is e^{−b |h_a − h_b|²}
///   gabor             e^{−x²} sin x
///   monomial          x^n, n = `order`
///   rectified_power   max(x, 0)^n, n = `order`; the step for n = 0
///   hermite           He_n(x)/√n!, n = `order`
///   sigmoid_like      ½ + ½ erf(x/2.4020563531719796)
///   softplus          log(1 + e^x)
///   silu, mish        x/(1 + e^{−x}), x tanh(softplus(x))
///   sigmoid           1/(1 + e^{−x})
///   hard_tanh         x within [−1, 1], else ±1
///   hard_sigmoid      (x + 3)/6 within [0, 1]
///   hard_swish        x hard_sigmoid(x)
///   tanh, erf, linear for the prefix thresholded- alone: without it they are an Activation
///   expression        the user's own, of x
///   callable          likewise, from C++
enum class Function : std::uint8_t {
  gelu,
  sin,
  cos,
  leaky_relu,
  abs,
  sign,
  elu,
  exp,
  gauss,
  rbf,
  gabor,
  monomial,
  rectified_power,
  hermite,
  sigmoid_like,
  softplus,
  silu,
  mish,
  sigmoid,
  hard_tanh,
  hard_sigmoid,
  hard_swish,
  tanh,
  erf,
  linear,
  expression,
  callable
};

/// The name in an experiment file, such as "leaky-relu".
std::string_view name_of(Function function);

/// Inverse of name_of. Throws InputError naming `key` and every known name.
Function function_from_name(std::string_view key, std::string_view name);

/// A function and its parameters, those that it reads: see Function.
struct PointwiseOptions {
  Function function = Function::gelu;
  double frequency = 1.0;       ///< of sin and cos, finite and not 0
  double slope = 0.01;          ///< of leaky_relu, finite
  double rate = 1.0;            ///< of exp, finite and not 0; of gauss and rbf, positive
  std::int64_t order = 2;       ///< of monomial and hermite, 0 to 50; of rectified_power, 0 to 50
  std::string expression = {};  ///< in x, see ExpressionFunction
  /// Where the expression is not smooth; nullopt: to be found.
  std::optional<std::vector<double>> kinks = std::nullopt;
  /// Of Function::callable.
  std::shared_ptr<const Nonlinearity> callable = nullptr;

  bool operator==(const PointwiseOptions&) const = default;
};

/// Which of these keys the function reads: "frequency", "slope", "rate", "order", "expression",
/// "kinks".
bool reads(Function function, std::string_view key);

/// Throws InputError naming network.<key> for a parameter out of range or an expression that cannot
/// be used.
std::shared_ptr<const Nonlinearity> make_nonlinearity(const PointwiseOptions& options);

}  // namespace wideproof::model
